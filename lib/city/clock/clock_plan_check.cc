#include "city/clock/clock_plan_check.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "city/clock/ladder_rules.h"
#include "fmt/format.h"
#include "pavior/city/v1/facts.pb.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;

// Timers of one stream, of which an order has others too, and what one fact may do at most.
constexpr int clocks_max = 32;
constexpr int limits_max = 10'000;
constexpr std::size_t name_bytes_max = 64;

bool is_fact(const std::string& name) {
  return v1::Reported::descriptor()->file()->FindMessageTypeByName(name) != nullptr;
}

Mistake name_mistake(const v1::ClockSpec& spec) {
  const std::string& name = spec.name();
  if (name.empty() || name.size() > name_bytes_max)
    return DataMistake{"name", fmt::format("a clock has a name of 1 to {} bytes, like HND", name_bytes_max)};
  if (name.front() == '/' || name.back() == '/')
    return DataMistake{
        "name", fmt::format("'{}' has a slash at its end; write the clock and its subject, like MS/fenced", name)};
  if (spec.each() && name.find('/') != std::string::npos)
    return DataMistake{"name", "a clock for each subject is named without one"};
  if (spec.calendar().empty()) return DataMistake{"calendar", "name the calendar that counts"};
  return std::nullopt;
}

/// What waits is taken up again, and what is not there is started: which of the two, the clock tells.
bool go_together(std::string_view one, std::string_view other) {
  return one == "starts" && (other == "resumes" || other == "goes_on");
}

/// Each fact does one thing to a clock in a phase.
Mistake facts_mistake(const v1::ClockSpec& spec) {
  const std::pair<const char*, const Names*> lists[] = {{"starts", &spec.starts()},   {"goes_on", &spec.goes_on()},
                                                        {"stops", &spec.stops()},     {"pauses", &spec.pauses()},
                                                        {"resumes", &spec.resumes()}, {"cancels", &spec.cancels()},
                                                        {"extends", &spec.extends()}};
  std::map<std::string, const char*> seen;
  for (const auto& [field, names] : lists)
    for (int i = 0; i < names->size(); ++i) {
      const std::string& name = names->Get(i);
      const auto path = fmt::format("{}[{}]", field, i);
      if (!is_fact(name))
        return DataMistake{path, fmt::format("'{}' is no fact of an order; docs/lifecycle.md lists them", name)};
      if (const auto known = seen.find(name); known != seen.end() && !go_together(known->second, field))
        return DataMistake{
            path, fmt::format("{} stands in {} already; a fact does one thing to a clock", name, known->second)};
      seen.emplace(name, field);
    }
  if (spec.starts().empty()) return DataMistake{"starts", "name the fact that starts the clock"};
  return std::nullopt;
}

Mistake ladder_mistake_of(const v1::ClockSpec& spec, const Ladder& ladder, const Calendars* calendars) {
  if (auto mistake = ladder_mistake(ladder)) return DataMistake{"ladder" + mistake->path, mistake->what};
  for (int i = 0; i < ladder.size(); ++i) {
    if (ladder[i].step() == v1::SUPERVISE &&
        std::ranges::find(spec.starts(), v1::SupervisionOrdered::descriptor()->name()) != spec.starts().end())
      return DataMistake{fmt::format("ladder[{}].step", i), "the clock of a supervision orders none; let it ESCALATE"};
    if (calendars != nullptr && !ladder[i].notify_in().empty() && !calendars->newest(ladder[i].notify_in()))
      return DataMistake{fmt::format("ladder[{}].notify_in", i),
                         fmt::format("the calendar {} is not loaded", ladder[i].notify_in())};
  }
  return std::nullopt;
}

Mistake limit_mistake(const v1::ClockSpec& spec, const v1::ClockLimit& limit, const Calendars* calendars) {
  for (int i = 0; i < limit.grades_size(); ++i)
    if (limit.grades(i) == v1::GRADE_UNSPECIFIED || !v1::Grade_IsValid(limit.grades(i)))
      return DataMistake{fmt::format("grades[{}]", i), "use GRADE_GENERAL, GRADE_COMPLEX or GRADE_MAJOR_HAZARD"};
  if (auto mistake = ladder_mistake_of(spec, limit.ladder(), calendars)) return mistake;
  if (calendars == nullptr) return std::nullopt;
  // A limit on its own: the calendar of one day that always works knows what is wrong with it.
  const auto calendar = calendars->newest(spec.calendar());
  const auto due = calendar->due(Time(calendar->valid_from().time_since_epoch()), limit.limit());
  if (due || due.error().code() != ErrorCode::invalid) return std::nullopt;
  return DataMistake{"limit", due.error().message()};
}

Mistake spec_mistake(const v1::ClockSpec& spec, const Calendars* calendars) {
  if (auto mistake = name_mistake(spec)) return mistake;
  if (calendars != nullptr && !calendars->newest(spec.calendar()))
    return DataMistake{"calendar", fmt::format("the calendar {} is not loaded", spec.calendar())};
  const bool has_time_elsewhere = spec.by_condition() || !spec.shares().empty();
  if ((spec.limits_size() == 0 && !has_time_elsewhere) || spec.limits_size() > limits_max)
    return DataMistake{"limits", fmt::format("give 1 to {} limits", limits_max)};
  if (!spec.shares().empty() && spec.shares() == spec.name())
    return DataMistake{"shares", "a clock shares the time of another one"};
  for (int i = 0; i < spec.limits_size(); ++i)
    if (auto mistake = limit_mistake(spec, spec.limits(i), calendars))
      return DataMistake{fmt::format("limits[{}].{}", i, mistake->path), mistake->what};
  if (auto mistake = facts_mistake(spec)) return mistake;
  return ladder_mistake_of(spec, spec.ladder(), calendars);
}

}  // namespace

Mistake clock_plan_mistake(const v1::ClockPlan& plan, const Calendars* calendars) {
  if (plan.clocks_size() > clocks_max)
    return DataMistake{"clocks", fmt::format("an order has {} clocks at most, not {}", clocks_max, plan.clocks_size())};
  std::set<std::string> names;
  for (int i = 0; i < plan.clocks_size(); ++i) {
    const auto& spec = plan.clocks(i);
    if (auto mistake = spec_mistake(spec, calendars))
      return DataMistake{fmt::format("clocks[{}].{}", i, mistake->path), mistake->what};
    if (!names.insert(spec.name()).second)
      return DataMistake{fmt::format("clocks[{}].name", i), fmt::format("there is a clock {} already", spec.name())};
  }
  return std::nullopt;
}

}  // namespace pavior::city::inline v0
