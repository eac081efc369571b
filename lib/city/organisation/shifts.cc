#include "city/organisation/shifts.h"

#include <algorithm>

#include "city/calendar/calendar_rules.h"

namespace pavior::city::inline v0 {
namespace {

std::array<bool, 7> weekdays_of(const v1::Shift& shift) {
  std::array<bool, 7> which{};
  if (shift.weekdays().empty()) which.fill(true);
  for (const int weekday : shift.weekdays()) which[static_cast<std::size_t>(weekday - v1::Calendar::MONDAY)] = true;
  return which;
}

std::vector<Date> dates_of(const v1::Shift& shift) {
  std::vector<Date> dates;
  for (const auto& text : shift.dates()) dates.push_back(*parse_date(text));
  std::ranges::sort(dates);
  return dates;
}

}  // namespace

Shifts::Shifts(const v1::Roster& roster, const Zone& zone, const Calendars& known) : roster_(&roster), zone_(zone) {
  if (!roster.calendar().empty()) calendar_ = known.newest(roster.calendar()).value();
  for (const auto& shift : roster.shifts())
    shifts_.push_back(
        {&shift, weekdays_of(shift), dates_of(shift), *parse_time(shift.from()), *parse_time(shift.to())});
}

Result<Shifts::Running> Shifts::running(Time at) const {
  Running running;
  std::optional<Error> unknown;  // Matters only if nobody else is on duty.
  const auto says = [&](Result<bool> answer) {
    if (!answer && !unknown) unknown = std::move(answer).error();
    return answer && *answer;
  };
  running.office_hours = says(is_open(at));
  const WallTime wall = zone_->wall(at);
  for (const auto& shift : shifts_)
    if (says(runs(shift, wall))) running.shifts.push_back(shift.data);
  if (unknown && !running.office_hours && running.shifts.empty()) return *std::move(unknown);
  return running;
}

Result<bool> Shifts::is_open(Time at) const {
  if (!calendar_) return false;
  const auto worked = calendar_->working_time(at, at + std::chrono::microseconds(1));
  if (!worked) return worked.error();
  return worked->count() > 0;
}

Result<bool> Shifts::runs(const Shift& shift, WallTime wall) const {
  const Date today = std::chrono::floor<std::chrono::days>(wall);
  const auto time = wall - today;
  const bool overnight = shift.to <= shift.from;
  if (time >= shift.from && (overnight || time < shift.to)) return begins_on(shift, today);
  if (overnight && time < shift.to) return begins_on(shift, today - std::chrono::days(1));
  return false;
}

Result<bool> Shifts::begins_on(const Shift& shift, Date day) const {
  if (!shift.weekdays[weekday_index(day)]) return false;
  if (!shift.dates.empty() && !std::ranges::binary_search(shift.dates, day)) return false;
  if (shift.data->days() == v1::Shift::DAYS_UNSPECIFIED) return true;
  const auto works = calendar_->is_working_day(day);
  if (!works) return works.error();
  return *works == (shift.data->days() == v1::Shift::WORKING);
}

}  // namespace pavior::city::inline v0
