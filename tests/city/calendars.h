/// \file
/// The shipped calendars, and times as their walls show them.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "city/calendar/calendar_rules.h"
#include "pavior/city/calendar_file.h"
#include "support/catch.h"

namespace pavior::testing {

using city::Calendar;
using city::Date;
using city::v1::Limit;

inline std::string shipped_text(const std::string& name) {
  std::ifstream file(PAVIOR_SOURCE_DIR "/examples/calendars/" + name + ".textproto", std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

inline city::v1::Calendar shipped_data(const std::string& name) {
  return city::read_calendar(shipped_text(name)).value();
}

inline Calendar shipped(const std::string& name) { return Calendar::make(shipped_data(name)).value(); }

/// The same, but it refuses what depends on days that it does not speak of.
inline Calendar refusing_beyond(const std::string& name) {
  auto data = shipped_data(name);
  data.set_beyond(city::v1::Calendar::REFUSE);
  return Calendar::make(std::move(data)).value();
}

/// A calendar of Mon-Fri by these office hours, without a holiday, for 2020 to 2030.
inline city::v1::Calendar plain_data(const std::string& zone, const std::vector<std::string>& hours) {
  city::v1::Calendar data;
  data.set_id("plain");
  data.set_version(1);
  data.set_zone(zone);
  for (const auto weekday : {city::v1::Calendar::MONDAY, city::v1::Calendar::TUESDAY, city::v1::Calendar::WEDNESDAY,
                             city::v1::Calendar::THURSDAY, city::v1::Calendar::FRIDAY})
    data.add_work_week(weekday);
  auto& table = *data.add_office_hours();
  for (const auto& span : hours) table.add_spans(span);
  data.set_valid_from("2020-01-01");
  data.set_valid_to("2030-12-31");
  return data;
}

inline Calendar plain(const std::string& zone, const std::vector<std::string>& hours) {
  return Calendar::make(plain_data(zone, hours)).value();
}

inline Date day(const std::string& text) {
  const auto date = city::parse_date(text);
  INFO(text);
  REQUIRE(date.has_value());
  return *date;
}

/// The instant of "2024-02-09 16:00" on the calendar's wall.
inline Time at(const Calendar& calendar, const std::string& text) {
  const std::chrono::minutes time(std::stoi(text.substr(11, 2)) * 60 + std::stoi(text.substr(14, 2)));
  return city::Zone::of(calendar.zone())->instant(day(text.substr(0, 10)) + time);
}

/// The inverse of `at`, to the minute.
inline std::string wall(const Calendar& calendar, Time instant) {
  const auto shown = city::Zone::of(calendar.zone())->wall(instant);
  const auto date = std::chrono::floor<std::chrono::days>(shown);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(shown - date).count();
  const auto two = [](auto n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return city::date_text(date) + ' ' + two(minutes / 60) + ':' + two(minutes % 60);
}

inline Limit limit(std::int64_t amount, city::v1::Unit unit, city::v1::EndRule end = city::v1::END_RULE_UNSPECIFIED,
                   city::v1::StartRule start = city::v1::START_RULE_UNSPECIFIED) {
  Limit limit;
  limit.set_amount(amount);
  limit.set_unit(unit);
  limit.set_end(end);
  limit.set_start(start);
  return limit;
}

/// When the limit is up by the calendar's wall; the error's rule, or else its code, if it has no end.
inline std::string due(const Calendar& calendar, const std::string& start, const Limit& limit) {
  const auto due = calendar.due(at(calendar, start), limit);
  if (due) return wall(calendar, due->due) + (due->provisional ? " provisional" : "");
  return due.error().rule().empty() ? std::string(to_string(due.error().code())) : due.error().rule();
}

}  // namespace pavior::testing
