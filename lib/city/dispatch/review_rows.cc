#include "city/dispatch/review_rows.h"

#include <algorithm>
#include <limits>

namespace pavior::city::inline v0 {
namespace {

using std::chrono::minutes;
using Part = v1::CalendarTime::Part;

constexpr minutes day_length = std::chrono::hours(24);

/// As one or two spans within a day.
std::vector<LocalSpan> spans(const LocalSpan& hours) {
  if (hours.begin < hours.end) return {hours};
  return {{minutes(0), hours.end}, {hours.begin, day_length}};
}

bool overlap(const LocalSpan& one, const LocalSpan& other) {
  for (const auto& a : spans(one))
    for (const auto& b : spans(other))
      if (a.begin < b.end && b.begin < a.end) return true;
  return false;
}

/// Whether all of `inner` lies in `outer`: it does not meet the rest of the day.
bool contains(const LocalSpan& outer, const LocalSpan& inner) { return !overlap({outer.end, outer.begin}, inner); }

std::uint32_t most(const v1::WorkloadCondition& load) {
  return load.has_at_most() ? load.at_most() : std::numeric_limits<std::uint32_t>::max();
}

bool exclude(const v1::WorkloadCondition& one, const v1::WorkloadCondition& other) {
  return one.unit() == other.unit() && (most(one) < other.at_least() || most(other) < one.at_least());
}

bool same_calendar(const CompiledRow& one, const CompiledRow& other) { return one.calendar == other.calendar; }

bool time_follows(const CompiledRow& narrow, const CompiledRow& wide) {
  if (!wide.calendar) return true;
  if (!narrow.calendar || !same_calendar(narrow, wide)) return false;
  const Part wanted = wide.data->when().time().part();
  if (wanted != v1::CalendarTime::PART_UNSPECIFIED && narrow.data->when().time().part() != wanted) return false;
  return !wide.hours || (narrow.hours && contains(*wide.hours, *narrow.hours));
}

/// Whoever says one of the words of `narrow` says one of `wide`.
bool text_follows(const CompiledText& narrow, const CompiledText& wide) {
  return narrow.field == wide.field && narrow.attribute == wide.attribute &&
         std::ranges::all_of(narrow.needles, [&](const std::string& said) {
           return std::ranges::any_of(wide.needles,
                                      [&](const std::string& word) { return said.find(word) != std::string::npos; });
         });
}

bool load_follows(const v1::WorkloadCondition& narrow, const v1::WorkloadCondition& wide) {
  return narrow.unit() == wide.unit() && narrow.at_least() >= wide.at_least() && most(narrow) <= most(wide);
}

template <class List, class Follows>
bool all_follow(const List& narrow, const List& wide, Follows follows) {
  return std::ranges::all_of(wide, [&](const auto& wanted) {
    return std::ranges::any_of(narrow, [&](const auto& given) { return follows(given, wanted); });
  });
}

bool never_works(const Calendar& calendar, const LocalSpan& hours, Time at) {
  const auto first = calendar.day_of(at);
  for (auto day = first; day < first + std::chrono::days(366); day += std::chrono::days(1)) {
    const auto works = calendar.hours_of(day);
    if (!works) return day != first;  // So far the calendar reaches.
    if (std::ranges::any_of(*works, [&](const LocalSpan& span) { return overlap(span, hours); })) return false;
  }
  return true;
}

}  // namespace

bool asks_for_more(const CompiledRow& row) {
  const auto& when = row.data->when();
  return row.calendar || !row.texts.empty() || !when.workloads().empty() || !when.skills().empty();
}

bool surely_follows(const CompiledRow& narrow, const CompiledRow& wide) {
  const auto& given = narrow.data->when();
  const auto& wanted = wide.data->when();
  return time_follows(narrow, wide) && all_follow(narrow.texts, wide.texts, text_follows) &&
         all_follow(given.workloads(), wanted.workloads(), load_follows) &&
         all_follow(given.skills(), wanted.skills(), std::equal_to<std::string>());
}

bool surely_exclude(const CompiledRow& one, const CompiledRow& other) {
  for (const auto& load : one.data->when().workloads())
    for (const auto& another : other.data->when().workloads())
      if (exclude(load, another)) return true;
  if (!one.calendar || !same_calendar(one, other)) return false;
  const Part part = one.data->when().time().part(), another = other.data->when().time().part();
  if (part != another && part != v1::CalendarTime::PART_UNSPECIFIED && another != v1::CalendarTime::PART_UNSPECIFIED)
    return true;
  return one.hours && other.hours && !overlap(*one.hours, *other.hours);
}

bool times_may_exclude(const CompiledRow& one, const CompiledRow& other) {
  if (!one.calendar || !other.calendar) return false;
  const bool hours_alone = one.hours && other.hours &&
                           one.data->when().time().part() == v1::CalendarTime::PART_UNSPECIFIED &&
                           other.data->when().time().part() == v1::CalendarTime::PART_UNSPECIFIED;
  const bool parts_alone = !one.hours && !other.hours;
  return !same_calendar(one, other) || (!hours_alone && !parts_alone);
}

bool contradicts_itself(const CompiledRow& row, const DispatchTables::Compiled& tables, Time at) {
  const auto& loads = row.data->when().workloads();
  for (const auto& load : loads)
    for (const auto& other : loads)
      if (exclude(load, other)) return true;
  return row.calendar && row.hours && row.data->when().time().part() == v1::CalendarTime::WORKING &&
         never_works(tables.calendars[*row.calendar].calendar, *row.hours, at);
}

}  // namespace pavior::city::inline v0
