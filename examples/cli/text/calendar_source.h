/// \file
/// Calendars by name or from a file, and the words the command line has for their units.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pavior/city/calendar.h"
#include "pavior/city/calendar_file.h"
#include "text/city_clock.h"

namespace pavior::cli {

struct OpenCalendar {
  city::v1::Calendar data;
  city::Calendar calendar;
  CityClock clock;
};

/// The text of a calendar that ships with the program: `cn` or `us`; empty for another name.
[[nodiscard]] std::string_view shipped_calendar(std::string_view name) noexcept;

/// `name` is a shipped one, or a file. Errors: invalid, not_found; the message names the file.
[[nodiscard]] Result<OpenCalendar> open_calendar(const std::string& name);

/// `work_day` for UNIT_WORK_DAY; nothing for a word that is no unit.
[[nodiscard]] std::optional<city::v1::Unit> parse_unit(std::string_view word);

/// The inverse; `?` for what is no unit.
[[nodiscard]] std::string_view unit_text(city::v1::Unit unit) noexcept;

/// `09:00-12:00 13:30-17:30`, or `off`.
[[nodiscard]] std::string hours_text(const std::vector<city::LocalSpan>& hours);

}  // namespace pavior::cli
