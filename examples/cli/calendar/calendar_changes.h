/// \file
/// What differs between two calendars, day by day.
#pragma once

#include <string>
#include <vector>

#include "text/calendar_source.h"

namespace pavior::cli {

struct DayChange {
  city::Date day;
  std::string before;  ///< Office hours, or `off`.
  std::string after;
  std::string name;  ///< What either calendar calls the day, the later one first; may be empty.
};

struct CalendarChanges {
  city::Date from, to;  ///< The days that both calendars speak of, be it provisionally. None if `to` is earlier.
  std::vector<DayChange> days;
};

[[nodiscard]] CalendarChanges changes(const OpenCalendar& before, const OpenCalendar& after);

/// What a calendar calls a date; empty if it says nothing about it.
[[nodiscard]] std::string name_of(const city::v1::Calendar& data, city::Date day);

}  // namespace pavior::cli
