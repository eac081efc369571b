/// \file
/// A calendar's data, checked and in types that can be counted with.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "city/calendar/zone.h"
#include "city/data_file.h"
#include "pavior/city/calendar.h"
#include "pavior/city/v1/calendar.pb.h"

namespace pavior::city::inline v0 {

using Spans = std::vector<LocalSpan>;

struct CalendarRules {
  struct Timetable {
    std::array<bool, 7> weekdays{};  ///< Monday first.
    Date from;
    Date to;
    Spans spans;
  };
  struct ExceptionalDay {
    bool works = false;
    Spans hours;  ///< Empty: those of the timetables.
    int index = 0;
  };

  std::string id;
  std::uint32_t version = 0;
  std::string zone_name;
  std::optional<Zone> zone;
  std::array<bool, 7> work_week{};
  std::vector<Timetable> timetables;
  std::map<Date, ExceptionalDay> days;
  Date valid_from;
  Date valid_to;
  Date last;  ///< The last date there are answers for: `valid_to`, or some years later.
  bool rest_day_moves = false;

  /// Empty if the day does not work.
  [[nodiscard]] Spans hours_of(Date day) const;
};

/// The first mistake in the order of the fields, or the rules.
[[nodiscard]] std::variant<CalendarRules, DataMistake> check_calendar(const v1::Calendar& data);

/// The first mistake of a limit, whatever the calendar.
[[nodiscard]] Mistake limit_mistake(const v1::Limit& limit);

/// `2025-01-26`; years of calendars only.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// `09:30`; until `24:00`.
[[nodiscard]] std::optional<std::chrono::minutes> parse_time(std::string_view text);

/// Whether a limit of the unit has a last day, and not only a last instant.
[[nodiscard]] inline bool counts_days(v1::Unit unit) {
  return unit == v1::UNIT_WORK_DAY || unit == v1::UNIT_CALENDAR_DAY;
}

/// Monday is 0.
[[nodiscard]] inline std::size_t weekday_index(Date day) { return std::chrono::weekday(day).iso_encoding() - 1; }

}  // namespace pavior::city::inline v0
