#include "calendar/calendar_changes.h"

#include <algorithm>

namespace pavior::cli {
namespace {

// The last day a calendar answers about.
city::Date last_day(const city::Calendar& calendar) {
  const auto most = calendar.valid_to() + std::chrono::days(city::provisional_years * 366);
  auto day = most;
  while (day > calendar.valid_to() && !calendar.is_working_day(day)) day -= std::chrono::days(1);
  return day;
}

}  // namespace

std::string name_of(const city::v1::Calendar& data, city::Date day) {
  const auto date = city::date_text(day);  // Dates as text sort as they are.
  for (const auto& entry : data.days())
    if (entry.date() == date || (entry.date() < date && date <= entry.to())) return entry.name();
  return {};
}

CalendarChanges changes(const OpenCalendar& before, const OpenCalendar& after) {
  CalendarChanges found;
  found.from = std::max(before.calendar.valid_from(), after.calendar.valid_from());
  found.to = std::min(last_day(before.calendar), last_day(after.calendar));
  for (auto day = found.from; day <= found.to; day += std::chrono::days(1)) {
    auto was = hours_text(before.calendar.hours_of(day).value());
    auto is = hours_text(after.calendar.hours_of(day).value());
    if (was == is) continue;
    auto name = name_of(after.data, day);
    if (name.empty()) name = name_of(before.data, day);
    found.days.push_back({day, std::move(was), std::move(is), std::move(name)});
  }
  return found;
}

}  // namespace pavior::cli
