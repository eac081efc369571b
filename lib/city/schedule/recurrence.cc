#include "city/schedule/recurrence.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "city/calendar/zone.h"
#include "core/check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr Date first_day{std::chrono::year(calendar_year_min) / 1 / 1};
constexpr Date last_day{std::chrono::year(calendar_year_max) / 12 / 31};
constexpr int working_day_max = 31;

Zone zone_of(const Calendar& calendar) {
  auto zone = Zone::of(calendar.zone());
  PAVIOR_CHECK(zone.has_value(), "the zone {} was there when the calendar was made", calendar.zone());
  return *zone;
}

}  // namespace

/// Which days have occurrences, by a calendar; remembers how far it had to look.
class Recurrence::Days {
 public:
  Days(const Recurrence& recurrence, const Calendar& calendar) : recurrence_(recurrence), calendar_(calendar) {}

  Result<bool> has(Date day) {
    const year_month_day date(day);
    if (recurrence_.working_day_ != 0) return is_counted_working_day(date);
    switch (recurrence_.rest_day_) {
      case v1::Recurrence::SKIP: return fits(day) ? works(day) : false;
      case v1::Recurrence::NEXT: return takes_over(day, days(-1));
      case v1::Recurrence::PREVIOUS: return takes_over(day, days(1));
      default: return fits(day);
    }
  }

  /// A day at or after it, such that the days between have nothing.
  [[nodiscard]] Date skip_months(Date day) const {
    const bool moves =
        recurrence_.rest_day_ == v1::Recurrence::NEXT || recurrence_.rest_day_ == v1::Recurrence::PREVIOUS;
    const year_month_day date(day);
    if (moves || recurrence_.cron_.fits_month(date.month())) return day;
    return Date((date.year() / date.month() + std::chrono::months(1)) / 1);
  }

  [[nodiscard]] bool provisional() const { return calendar_.provisional(asked_); }

 private:
  [[nodiscard]] bool fits(Date day) const { return recurrence_.cron_.fits(day); }

  Result<bool> works(Date day) {
    asked_ = std::max(asked_, day);
    return calendar_.is_working_day(day);
  }

  /// Whether a working day fits itself, or has a rest day next to it in this direction that moves to it.
  Result<bool> takes_over(Date day, days step) {
    auto working = works(day);
    if (!working || !*working || fits(day)) return working;
    for (day += step;; day += step) {
      working = works(day);
      if (!working) return working;
      if (*working) return false;
      if (fits(day)) return true;
    }
  }

  Result<bool> is_counted_working_day(year_month_day date) {
    if (!recurrence_.cron_.fits_month(date.month())) return false;
    const Date day(date);
    const auto working = works(day);
    if (!working || !*working) return working;
    const bool from_the_end = recurrence_.working_day_ < 0;
    const Date first = from_the_end ? day : Date(date.year() / date.month() / 1);
    const Date last = from_the_end ? Date(date.year() / date.month() / std::chrono::last) : day;
    asked_ = std::max(asked_, last);
    const auto count = calendar_.working_days(first, last);
    if (!count) return count.error();
    return *count == std::abs(recurrence_.working_day_);
  }

  const Recurrence& recurrence_;
  const Calendar& calendar_;
  Date asked_ = Date::min();
};

Result<Recurrence> Recurrence::make(const v1::Recurrence& data) {
  const auto invalid = [](std::string message) { return Error(ErrorCode::invalid, std::move(message)); };
  auto cron = Cron::parse(data.cron());
  if (!cron) return std::move(cron).error();
  if (!v1::Recurrence::RestDay_IsValid(data.rest_day()))
    return invalid("rest_day: is none of ANYWAY, SKIP, NEXT and PREVIOUS");
  const int working_day = data.working_day();
  if (working_day == 0) return Recurrence(*std::move(cron), data);
  if (working_day < -working_day_max || working_day > working_day_max)
    return invalid(fmt::format("working_day: {} is none; write 1 to {}, or -1 for the last one, to -{}", working_day,
                               working_day_max, working_day_max));
  if (!cron->every_day())
    return invalid("cron: working_day says which day, so write * for both the day of month and the day of week");
  if (data.rest_day() > v1::Recurrence::ANYWAY)
    return invalid("rest_day: a working_day is no rest day; leave one of the two out");
  return Recurrence(*std::move(cron), data);
}

Result<Occurrence> Recurrence::next(Time after, const Calendar& calendar) const {
  const Zone zone = zone_of(calendar);
  const auto& times = cron_.times();
  Days days_with(*this, calendar);
  const Date start = std::max(first_day, calendar.day_of(after));
  for (Date day = days_with.skip_months(start); day <= last_day; day = days_with.skip_months(day + days(1))) {
    const auto has = days_with.has(day);
    if (!has) return has.error();
    if (!*has) continue;
    // Later on the wall is never earlier, also in nights with a gap or a repeated hour.
    const auto time = std::ranges::partition_point(times, [&](auto t) { return zone.instant(day + t) <= after; });
    if (time != times.end()) return Occurrence{zone.instant(day + *time), day, days_with.provisional()};
  }
  return Error::refused("calendar_horizon", fmt::format("there is no occurrence from {} to {}, the last day that dates "
                                                        "are known for; change the recurrence",
                                                        date_text(start), date_text(last_day)));
}

Recurrence::Counted Recurrence::between(Time after, Time until, const Calendar& calendar) const {
  const Zone zone = zone_of(calendar);
  Counted counted;
  const auto add = [&](std::uint64_t count, Time first, Time last) {
    if (counted.count == 0) counted.first = first;
    counted.count += count;
    counted.last = last;
  };
  const auto& times = cron_.times();
  Days days_with(*this, calendar);
  Date day = days_with.skip_months(std::max(first_day, calendar.day_of(after)));
  for (; day <= last_day && zone.instant(day) <= until; day = days_with.skip_months(day + days(1))) {
    const auto has = days_with.has(day);
    if (!has) return counted.unknown = has.error(), counted;
    if (!*has) continue;
    const Time begin = zone.instant(day);
    const Time end = zone.instant(day + days(1));
    if (begin > after && end <= until && end - begin == days(1)) {
      add(times.size(), begin + times.front(), begin + times.back());
      continue;
    }
    for (const auto time : times)
      if (const Time at = zone.instant(day + time); at > (counted.count == 0 ? after : counted.last) && at <= until)
        add(1, at, at);
  }
  return counted;
}

Result<Occurrence> next_occurrence(const v1::Recurrence& recurrence, const Calendar& calendar, Time after) {
  const auto made = Recurrence::make(recurrence);
  if (!made) return made.error();
  return made->next(after, calendar);
}

}  // namespace pavior::city::inline v0
