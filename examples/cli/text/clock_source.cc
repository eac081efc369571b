#include "text/clock_source.h"

#include <set>

#include "fmt/format.h"
#include "pavior/city/clock_plan.h"
#include "text/calendar_source.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

Result<std::string> plan_text(const std::string& name) {
  if (const auto shipped = shipped_clock_plan(name); !shipped.empty()) return std::string(shipped);
  auto text = read_text(name);
  if (!text && text.error().code() == ErrorCode::not_found)
    return Error(ErrorCode::not_found, fmt::format("there is no clock plan or file '{}'; district is shipped", name));
  return text;
}

std::set<std::string> calendars_named(const city::v1::ClockPlan& plan) {
  std::set<std::string> ids;
  const auto add_ladder = [&](const auto& ladder) {
    for (const auto& threshold : ladder)
      if (!threshold.notify_in().empty()) ids.insert(threshold.notify_in());
  };
  for (const auto& clock : plan.clocks()) {
    ids.insert(clock.calendar());
    add_ladder(clock.ladder());
    for (const auto& limit : clock.limits()) add_ladder(limit.ladder());
  }
  return ids;
}

}  // namespace

Result<PlanSource> open_clock_plan(const std::string& plan, const std::vector<std::string>& calendars) {
  auto text = plan_text(plan);
  if (!text) return std::move(text).error();
  const auto data = city::read_clock_plan(*text);
  if (!data) return Error(data.error().code(), fmt::format("{}:{}", plan, data.error().message()));
  PlanSource source{*std::move(text), {}};
  auto missing = calendars_named(*data);
  for (const auto& name : calendars) {
    const auto calendar = open_calendar(name);
    if (!calendar) return calendar.error();
    missing.erase(calendar->data.id());
    source.calendars.push_back(city::write_calendar(calendar->data));
  }
  for (const auto& id : missing)
    if (const auto shipped = shipped_calendar(id); !shipped.empty()) source.calendars.emplace_back(shipped);
  return source;
}

Result<city::ClockPlan> make_clock_plan(const std::string& text, const std::vector<city::v1::Calendar>& calendars) {
  if (text.empty()) return city::ClockPlan();
  city::Calendars all;
  for (const auto& data : calendars) {
    auto calendar = city::Calendar::make(data);
    if (!calendar) return std::move(calendar).error();
    if (auto added = all.add(*std::move(calendar)); !added) return std::move(added).error();
  }
  auto plan = city::read_clock_plan(text);
  if (!plan) return std::move(plan).error();
  return city::ClockPlan::make(*std::move(plan), std::move(all));
}

}  // namespace pavior::cli
