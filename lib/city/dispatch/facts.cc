#include "city/dispatch/facts.h"

#include <algorithm>

#include "city/policy/effective.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace pavior::city::inline v0 {
namespace {

// Rows may ask about any number of units.
constexpr std::size_t loads_told_max = 16;

bool allows(const NameNumbers& wanted, NameNumber number) {
  return wanted.empty() || std::ranges::binary_search(wanted, number);
}

bool have_common(const NameNumbers& wanted, const NameNumbers& there) {
  return wanted.empty() || std::ranges::any_of(there, [&](auto number) { return allows(wanted, number); });
}

bool has_grade(std::uint8_t grades, int grade) {
  return v1::Grade_IsValid(grade) && ((grades >> unsigned(grade)) & 1U) != 0;
}

bool within_hours(std::chrono::minutes clock, const LocalSpan& hours) {
  if (hours.begin < hours.end) return hours.begin <= clock && clock < hours.end;
  return hours.begin <= clock || clock < hours.end;
}

std::string clock_text(std::chrono::minutes clock) {
  return fmt::format("{:02}:{:02}", clock.count() / 60, clock.count() % 60);
}

std::string grade_text(int grade) {
  switch (grade) {
    case v1::GRADE_GENERAL: return "general";
    case v1::GRADE_COMPLEX: return "complex";
    case v1::GRADE_MAJOR_HAZARD: return "major hazard";
    default: return "not given";
  }
}

/// "a", "a or b", "a, b or c"; a long list ends in how many more there are.
template <class List>
std::string one_of(const List& list) {
  constexpr int told_max = 5;
  const int size = static_cast<int>(list.size());
  const int told = size > told_max ? told_max - 1 : size;
  std::string text;
  int count = 0;
  for (const auto& one : list) {
    if (count == told) break;
    text += fmt::format("{}{}", count == 0 ? "" : count + 1 == size ? " or " : ", ", one);
    ++count;
  }
  return told == size ? text : fmt::format("{} or {} others", text, size - told);
}

std::string not_text(std::string_view what, const std::string& value, const std::string& wanted) {
  return value.empty() ? fmt::format("the {} is not given; wanted is {}", what, wanted)
                       : fmt::format("the {} is {}, not {}", what, value, wanted);
}

}  // namespace

DispatchFacts::DispatchFacts(const DispatchQuestion& question, const DispatchTables::Compiled& tables,
                             const UnitIndex& units, const Workload& workload)
    : question_(question),
      tables_(tables),
      units_(units),
      workload_(workload),
      category_(tables.number_of(question.order.category())),
      condition_(tables.number_of(question.order.condition())),
      channel_(tables.number_of(question.order.channel())),
      profile_(tables.number_of(question.order.profile())),
      reporter_kind_(tables.number_of(question.order.reporter().kind())),
      calendars_(tables.calendars.size()) {
  for_each_grid_up(question.order.grid(), [&](std::string_view path) {
    if (const auto number = tables.number_of(std::string(path)); number != unnamed) grids_.push_back(number);
  });
}

Miss DispatchFacts::miss(const CompiledRow& row) {
  if (question_.at < row.from) return Miss::not_yet;
  if (question_.at >= row.until) return Miss::no_longer;
  if (!allows(row.conditions, condition_)) return Miss::condition;
  if (row.grades != 0 && !has_grade(row.grades, question_.order.grade())) return Miss::grade;
  if (!have_common(row.grids, grids_)) return Miss::grid;
  if (!allows(row.channels, channel_)) return Miss::channel;
  if (!allows(row.profiles, profile_)) return Miss::profile;
  if (!allows(row.reporter_kinds, reporter_kind_)) return Miss::reporter_kind;
  if (row.calendar && !time_holds(row)) return Miss::time;
  if (!row.texts.empty() && !texts_hold(row)) return Miss::text;
  if (!row.data->when().workloads().empty() && !workloads_hold(row)) return Miss::workload;
  if (!row.data->when().skills().empty() && !skills_hold(row)) return Miss::skills;
  return Miss::none;
}

const DispatchFacts::CalendarFact& DispatchFacts::calendar(std::uint32_t number) {
  auto& fact = calendars_[number];
  if (fact) return *fact;
  const auto& [calendar, zone] = tables_.calendars[number];
  const auto wall = zone.wall(question_.at);
  fact.emplace();
  fact->clock = std::chrono::floor<std::chrono::minutes>(wall - std::chrono::floor<std::chrono::days>(wall));
  const auto counted = calendar.working_time(question_.at, question_.at + std::chrono::microseconds(1));
  if (counted) fact->working = *counted > std::chrono::microseconds(0);
  if (!counted) fact->refusal = counted.error().message();
  return *fact;
}

bool DispatchFacts::time_holds(const CompiledRow& row) {
  const auto& fact = calendar(*row.calendar);
  if (row.hours && !within_hours(fact.clock, *row.hours)) return false;
  const auto part = row.data->when().time().part();
  if (part == v1::CalendarTime::PART_UNSPECIFIED) return true;
  return fact.working == (part == v1::CalendarTime::WORKING);
}

const std::string& DispatchFacts::lower_text(const CompiledText& text) {
  const auto& order = question_.order;
  if (text.field == CompiledText::Field::attribute) {
    const auto [place, fresh] = attributes_.emplace(text.attribute, std::string());
    const auto given = question_.attributes.find(text.attribute);
    if (fresh && given != question_.attributes.end()) place->second = lower_case(given->second);
    return place->second;
  }
  auto& lower = texts_[static_cast<std::size_t>(text.field)];
  if (lower) return *lower;
  switch (text.field) {
    case CompiledText::Field::title: lower = lower_case(order.title()); break;
    case CompiledText::Field::description: lower = lower_case(order.description()); break;
    case CompiledText::Field::address: lower = lower_case(order.location().address()); break;
    default: lower = lower_case(order.external_reference());
  }
  return *lower;
}

bool DispatchFacts::texts_hold(const CompiledRow& row) {
  return std::ranges::all_of(row.texts, [&](const CompiledText& wanted) {
    const auto& text = lower_text(wanted);
    return std::ranges::any_of(wanted.needles,
                               [&](const std::string& needle) { return text.find(needle) != std::string::npos; });
  });
}

std::optional<UnitLoad> DispatchFacts::load_of(std::string_view unit) {
  const auto [place, fresh] = loads_.emplace(unit, std::nullopt);
  if (fresh)
    if (const auto rank = units_.find(unit)) place->second = workload_.of(units_[*rank].number);
  return place->second;
}

bool DispatchFacts::workloads_hold(const CompiledRow& row) {
  return std::ranges::all_of(row.data->when().workloads(), [&](const v1::WorkloadCondition& wanted) {
    const auto load = load_of(wanted.unit());
    return load && load->at_work >= wanted.at_least() && (!wanted.has_at_most() || load->at_work <= wanted.at_most());
  });
}

bool DispatchFacts::skills_hold(const CompiledRow& row) const {
  const auto& skills = row.data->when().skills();
  const auto has_all = [&](Rank rank) {
    return std::ranges::all_of(
        skills, [&](const std::string& skill) { return std::ranges::binary_search(units_.with_skill(skill), rank); });
  };
  const auto works_here = [&](Rank rank) {
    const auto& grids = units_[rank].unit->grids();
    bool here = grids.empty();
    for_each_grid_up(question_.order.grid(), [&](std::string_view path) {
      here = here || std::ranges::any_of(grids, [&](const std::string& grid) { return grid == path; });
    });
    return here;
  };
  return std::ranges::any_of(units_.with_skill(skills[0]),
                             [&](Rank rank) { return has_all(rank) && works_here(rank); });
}

std::string DispatchFacts::time_text(const CompiledRow& row) {
  const auto& wanted = row.data->when().time();
  const auto& fact = calendar(*row.calendar);
  if (row.hours && !within_hours(fact.clock, *row.hours))
    return fmt::format("it is {} by the calendar {}, not between {} and {}", clock_text(fact.clock), wanted.calendar(),
                       wanted.from(), wanted.to());
  if (!fact.working)
    return fmt::format("the calendar {} does not say whether it works then: {}", wanted.calendar(), fact.refusal);
  return fmt::format("the calendar {} {} then", wanted.calendar(), *fact.working ? "works" : "does not work");
}

std::string DispatchFacts::workload_text(const CompiledRow& row) {
  for (const auto& wanted : row.data->when().workloads()) {
    const auto load = load_of(wanted.unit());
    if (!load) return fmt::format("the organisation has no unit {}", wanted.unit());
    if (load->at_work < wanted.at_least())
      return fmt::format("{} has {} at work, fewer than {}", wanted.unit(), load->at_work, wanted.at_least());
    if (wanted.has_at_most() && load->at_work > wanted.at_most())
      return fmt::format("{} has {} at work, more than {}", wanted.unit(), load->at_work, wanted.at_most());
  }
  return {};
}

std::string DispatchFacts::text(Miss miss, const CompiledRow& row) {
  const auto& order = question_.order;
  const auto& when = row.data->when();
  switch (miss) {
    case Miss::none: return {};
    case Miss::not_yet: return fmt::format("it holds from {} on", row.data->effective_from());
    case Miss::no_longer: return fmt::format("it held until {}", row.data->effective_to());
    case Miss::condition: return not_text("filing condition", order.condition(), one_of(when.conditions()));
    case Miss::grade: {
      std::vector<std::string> grades;
      for (const int grade : when.grades()) grades.push_back(grade_text(grade));
      return fmt::format("the grade is {}, not {}", grade_text(order.grade()), one_of(grades));
    }
    case Miss::grid:
      return order.grid().empty() ? fmt::format("the grid is not given; wanted is one in {}", one_of(when.grids()))
                                  : fmt::format("the grid {} is not in {}", order.grid(), one_of(when.grids()));
    case Miss::channel: return not_text("channel", order.channel(), one_of(when.channels()));
    case Miss::profile: return not_text("profile", order.profile(), one_of(when.profiles()));
    case Miss::reporter_kind:
      return not_text("kind of reporter", order.reporter().kind(), one_of(when.reporter_kinds()));
    case Miss::time: return time_text(row);
    case Miss::text:
      for (std::size_t i = 0; i < row.texts.size(); ++i) {
        const auto& text = lower_text(row.texts[i]);
        const auto& wanted = when.texts(static_cast<int>(i));
        if (std::ranges::none_of(row.texts[i].needles,
                                 [&](const auto& needle) { return text.find(needle) != text.npos; }))
          return fmt::format("the {} does not say {}", wanted.field(), one_of(wanted.contains()));
      }
      return {};
    case Miss::workload: return workload_text(row);
    case Miss::skills: return fmt::format("nobody here is skilled in {}", fmt::join(when.skills(), " and "));
  }
  return {};
}

void DispatchFacts::describe(v1::DispatchExplanation& explanation) const {
  const auto& order = question_.order;
  const auto add = [&](std::string_view name, std::string value) {
    if (value.empty()) return;
    auto& fact = *explanation.add_facts();
    fact.set_name(std::string(name));
    fact.set_value(std::move(value));
  };
  add("category", order.category());
  add("filing condition", order.condition());
  if (order.grade() != v1::GRADE_UNSPECIFIED) add("grade", grade_text(order.grade()));
  add("grid", order.grid());
  if (order.has_location() && (order.location().latitude() != 0 || order.location().longitude() != 0))
    add("location", fmt::format("{:.6f}, {:.6f}", order.location().latitude(), order.location().longitude()));
  add("channel", order.channel());
  add("profile", order.profile());
  add("kind of reporter", order.reporter().kind());
  add("time", wall_text(question_.at, tables_.zone_name));
  for (std::size_t i = 0; i < calendars_.size(); ++i) {
    if (!calendars_[i]) continue;
    const auto& calendar = tables_.calendars[i].calendar;
    const auto& working = calendars_[i]->working;
    add(fmt::format("calendar {}", calendar.id()),
        fmt::format("version {}, {}{}", calendar.version(), clock_text(calendars_[i]->clock),
                    !working   ? ""
                    : *working ? ", working"
                               : ", not working"));
  }
  std::size_t loads_told = 0;
  for (const auto& [unit, load] : loads_)
    if (load && loads_told++ < loads_told_max)
      add(fmt::format("orders at work of {}", unit), fmt::format("{}", load->at_work));
  if (!question_.handed_back.empty()) add("handed back by", fmt::format("{}", fmt::join(question_.handed_back, ", ")));
}

}  // namespace pavior::city::inline v0
