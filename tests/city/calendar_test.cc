#include "pavior/city/calendar.h"

#include "city/calendars.h"

using namespace pavior::testing;
using namespace pavior::city::v1;
using pavior::ErrorCode;
using pavior::Time;
using std::chrono::hours;
using std::chrono::minutes;
using Shipped = pavior::city::Calendar;

TEST_CASE("three working days end where the notices say, not where a calendar without make-up days or holidays does") {
  struct Row {
    std::string start, due, without_make_up_days, week_alone;
  };
  const Row rows[] = {{"2023-01-20", "2023-01-30", "2023-02-01", "2023-01-25"},
                      {"2023-09-28", "2023-10-09", "2023-10-11", "2023-10-03"},
                      {"2024-02-09", "2024-02-20", "2024-02-21", "2024-02-14"},
                      {"2024-09-13", "2024-09-19", "2024-09-20", "2024-09-18"},
                      {"2025-09-26", "2025-09-30", "2025-10-09", "2025-10-01"},
                      {"2025-09-30", "2025-10-11", "2025-10-13", "2025-10-03"},
                      {"2026-01-02", "2026-01-06", "2026-01-07", "2026-01-07"},
                      {"2026-02-13", "2026-02-25", "2026-02-26", "2026-02-18"},
                      {"2026-09-30", "2026-10-10", "2026-10-12", "2026-10-05"}};
  const auto data = shipped_data("cn");
  auto without_make_up = data;
  without_make_up.clear_days();
  for (const auto& day : data.days())
    if (day.kind() == pavior::city::v1::Calendar::Day::OFF) *without_make_up.add_days() = day;
  auto week = data;
  week.clear_days();

  const auto day_due = [](const Shipped& calendar, const std::string& start) {
    return pavior::city::date_text(calendar.due(at(calendar, start + " 10:00"), limit(3, UNIT_WORK_DAY))->day);
  };
  const auto cn = shipped("cn");
  const auto naive = Shipped::make(without_make_up).value();
  const auto weekly = Shipped::make(week).value();
  for (const auto& row : rows) {
    INFO(row.start);
    CHECK(day_due(cn, row.start) == row.due);
    CHECK(due(cn, row.start + " 23:59", limit(3, UNIT_WORK_DAY)) == row.due + " 17:30");
    CHECK(due(cn, row.start + " 00:00", limit(3, UNIT_WORK_DAY, SAME_TIME)) == row.due + " 00:00");
    CHECK(cn.difference(at(cn, row.start + " 10:00"), at(cn, row.due + " 00:00"), UNIT_WORK_DAY).value() == 3);
    // The wrong answers are those of wrong data: the two calendars that a city might have by mistake.
    CHECK(day_due(naive, row.start) == row.without_make_up_days);
    CHECK(day_due(weekly, row.start) == row.week_alone);
    CHECK(row.due != row.without_make_up_days);
    CHECK(row.due != row.week_alone);
  }
}

TEST_CASE("working hours count from the moment, over breaks, holidays and make-up days") {
  const auto cn = shipped("cn");
  CHECK(due(cn, "2024-02-09 16:00", limit(4, UNIT_WORK_HOUR)) == "2024-02-18 11:30");
  CHECK(due(cn, "2025-09-30 16:30", limit(4, UNIT_WORK_HOUR)) == "2025-10-09 12:00");
  CHECK(due(cn, "2026-02-14 16:00", limit(4, UNIT_WORK_HOUR)) == "2026-02-24 11:30");
  CHECK(due(cn, "2026-02-15 10:00", limit(4, UNIT_WORK_HOUR)) == "2026-02-24 14:30");
  CHECK(due(cn, "2024-02-09 16:00", limit(24, UNIT_HOUR)) == "2024-02-10 16:00");
  CHECK(due(cn, "2024-02-09 22:36", limit(2, UNIT_HOUR)) == "2024-02-10 00:36");
  CHECK(due(cn, "2024-02-09 23:50", limit(15, UNIT_MINUTE)) == "2024-02-10 00:05");
}

TEST_CASE("the years have as many working days as the notices make") {
  const auto cn = shipped("cn");
  const auto of = [&](const std::string& year) {
    return cn.working_days(day(year + "-01-01"), day(year + "-12-31")).value();
  };
  CHECK(of("2023") == 249);
  CHECK(of("2024") == 251);
  CHECK(of("2025") == 248);
  CHECK(of("2026") == 248);
  CHECK(cn.is_working_day(day("2025-01-26")).value());
  CHECK_FALSE(cn.is_working_day(day("2022-12-31")).value());
  CHECK(cn.is_working_day(day("2020-02-03")).value());
}

TEST_CASE("Boston keeps a Sunday's holiday on Monday and loses a Saturday's") {
  const auto us = shipped("us");
  CHECK_FALSE(us.is_working_day(day("2011-04-18")).value());  // Patriots' Day
  CHECK_FALSE(us.is_working_day(day("2023-01-02")).value());
  CHECK(us.is_working_day(day("2021-12-24")).value());
  CHECK(us.is_working_day(day("2020-06-19")).value());
  CHECK_FALSE(us.is_working_day(day("2024-06-19")).value());
  CHECK(us.working_days(day("2024-01-01"), day("2024-12-31")).value() == 250);
}

TEST_CASE("a pause takes its working time from the limit, not its natural time") {
  const auto office = plain("Asia/Shanghai", {"09:00-17:00"});
  const auto start = at(office, "2024-03-08 10:00");
  const auto paused = office.working_time(at(office, "2024-03-08 12:00"), at(office, "2024-03-11 12:00")).value();
  CHECK(paused == hours(8));
  CHECK(wall(office, office.due_after(start, hours(4) + paused)->due) == "2024-03-11 14:00");
  // 72 natural hours taken for working ones are the known fault.
  CHECK(wall(office, office.due_after(start, hours(4 + 72))->due) == "2024-03-21 14:00");
}

TEST_CASE("osTicket PR 4807: four hours from Friday 17:00 end on Monday 11:00 where people work from 8 to 18") {
  CHECK(due(plain("Europe/Paris", {"08:00-18:00"}), "2024-03-08 17:00", limit(4, UNIT_WORK_HOUR)) ==
        "2024-03-11 11:00");
}

TEST_CASE("GLPI PR 22678: four hours from Monday 17:00 end on Tuesday 11:00, and an hour before is 10:00") {
  const auto office = plain("Europe/Paris", {"08:00-18:00"});
  const auto monday = at(office, "2024-03-04 17:00");
  CHECK(wall(office, office.due_after(monday, hours(4))->due) == "2024-03-05 11:00");
  // An hour of working time before it, never midnight.
  CHECK(wall(office, office.due_after(monday, hours(4 - 1))->due) == "2024-03-05 10:00");
}

TEST_CASE("osTicket 6847 and 6739: a lunch break, and weekdays that differ") {
  auto data = plain_data("Europe/Paris", {"08:00-12:00", "13:00-17:00"});
  auto& friday = *data.add_office_hours();
  friday.add_weekdays(pavior::city::v1::Calendar::FRIDAY);
  friday.add_spans("08:00-12:00");
  const auto odd = Shipped::make(data).value();
  CHECK(due(odd, "2024-03-07 11:00", limit(2, UNIT_WORK_HOUR)) == "2024-03-07 14:00");
  CHECK(due(odd, "2024-03-07 16:00", limit(6, UNIT_WORK_HOUR)) == "2024-03-11 09:00");
  CHECK(due(odd, "2024-03-07 16:00", limit(1, UNIT_WORK_DAY)) == "2024-03-08 12:00");
  CHECK(due(odd, "2024-03-07 12:30", limit(1, UNIT_WORK_HOUR)) == "2024-03-07 14:00");
}

TEST_CASE("a limit in days leaves out the day of the start, or counts it unless it is over") {
  const auto cn = shipped("cn");
  const auto include = [&](const std::string& start, std::int64_t amount, EndRule end) {
    return due(cn, start, limit(amount, UNIT_WORK_DAY, end, INCLUDE_START_DAY));
  };
  CHECK(due(cn, "2024-03-05 10:00", limit(1, UNIT_WORK_DAY)) == "2024-03-06 17:30");
  CHECK(include("2024-03-05 10:00", 1, CLOSE_OF_BUSINESS) == "2024-03-05 17:30");
  CHECK(include("2024-03-05 18:00", 1, CLOSE_OF_BUSINESS) == "2024-03-06 17:30");
  CHECK(include("2024-03-05 18:00", 1, END_OF_DAY) == "2024-03-06 00:00");
  CHECK(include("2024-03-05 10:00", 2, SAME_TIME) == "2024-03-06 10:00");
  CHECK(include("2024-03-09 10:00", 1, CLOSE_OF_BUSINESS) == "2024-03-11 17:30");  // A Saturday is not counted.
}

TEST_CASE("a limit in days ends at the time of the start, at the close of business or at 24:00") {
  const auto cn = shipped("cn");
  CHECK(due(cn, "2024-03-05 20:15", limit(3, UNIT_WORK_DAY, SAME_TIME)) == "2024-03-08 20:15");
  CHECK(due(cn, "2024-03-05 20:15", limit(3, UNIT_WORK_DAY, CLOSE_OF_BUSINESS)) == "2024-03-08 17:30");
  const auto midnight = cn.due(at(cn, "2024-03-05 20:15"), limit(3, UNIT_WORK_DAY, END_OF_DAY)).value();
  CHECK(wall(cn, midnight.due) == "2024-03-09 00:00");
  CHECK(midnight.day == day("2024-03-08"));
}

TEST_CASE("calendar days that end on a rest day end after the rest, if the calendar says so") {
  const auto cn = shipped("cn");
  CHECK(due(cn, "2025-09-30 16:30", limit(3, UNIT_CALENDAR_DAY)) == "2025-10-09 17:30");
  CHECK(due(cn, "2025-09-30 16:30", limit(3, UNIT_CALENDAR_DAY, SAME_TIME)) == "2025-10-09 16:30");
  CHECK(due(cn, "2025-01-23 10:00", limit(3, UNIT_CALENDAR_DAY)) == "2025-01-26 17:30");  // A Sunday that works.
  auto data = shipped_data("cn");
  data.set_rest_day_moves(false);
  const auto still = Shipped::make(data).value();
  CHECK(due(still, "2025-09-30 16:30", limit(3, UNIT_CALENDAR_DAY, SAME_TIME)) == "2025-10-03 16:30");
  CHECK(due(still, "2025-09-30 16:30", limit(3, UNIT_CALENDAR_DAY)) == "2025-10-04 00:00");  // Nobody closes: 24:00.
  CHECK(due(still, "2025-09-22 16:30", limit(7, UNIT_CALENDAR_DAY)) == "2025-09-29 17:30");
}

TEST_CASE("hours follow the wall clock through a night that skips one and a night that has one twice") {
  auto data = plain_data("America/New_York", {"00:00-24:00"});
  data.add_work_week(pavior::city::v1::Calendar::SATURDAY);
  data.add_work_week(pavior::city::v1::Calendar::SUNDAY);
  const auto always = Shipped::make(data).value();
  const auto worked = [&](const std::string& from, const std::string& to) {
    return always.working_time(at(always, from), at(always, to)).value();
  };
  CHECK(worked("2024-03-10 00:00", "2024-03-11 00:00") == hours(23));
  CHECK(worked("2024-11-03 00:00", "2024-11-04 00:00") == hours(25));
  CHECK(due(always, "2024-03-09 12:00", limit(24, UNIT_HOUR)) == "2024-03-10 13:00");
  CHECK(due(always, "2024-11-02 12:00", limit(24, UNIT_HOUR)) == "2024-11-03 11:00");
  CHECK(due(always, "2024-03-09 02:30", limit(1, UNIT_CALENDAR_DAY, SAME_TIME)) == "2024-03-10 03:00");

  data.mutable_office_hours(0)->clear_spans();
  for (const auto* span : {"01:00-02:30", "02:30-04:00"}) data.mutable_office_hours(0)->add_spans(span);
  const auto night = Shipped::make(data).value();
  const auto spring = night.working_spans(at(night, "2024-03-10 00:00"), at(night, "2024-03-11 00:00")).value();
  REQUIRE(spring.size() == 2);
  CHECK(spring[0].end - spring[0].begin == hours(1));
  CHECK(spring[1].end - spring[1].begin == hours(1));
  const auto autumn = night.working_spans(at(night, "2024-11-03 00:00"), at(night, "2024-11-04 00:00")).value();
  REQUIRE(autumn.size() == 2);
  CHECK(autumn[0].end - autumn[0].begin == hours(2) + minutes(30));

  // Office hours in the day are untouched: 9:00 is 9:00.
  const auto us = shipped("us");
  CHECK(due(us, "2024-03-08 16:00", limit(2, UNIT_WORK_HOUR)) == "2024-03-11 10:00");
  CHECK(due(us, "2024-11-01 16:00", limit(2, UNIT_WORK_HOUR)) == "2024-11-04 10:00");
}

TEST_CASE("the pieces of working time add up to it and are cut to the interval") {
  const auto cn = shipped("cn");
  const auto from = at(cn, "2025-09-30 11:00"), to = at(cn, "2025-10-09 10:15");
  const auto spans = cn.working_spans(from, to).value();
  REQUIRE(spans.size() == 3);
  CHECK(wall(cn, spans[0].begin) == "2025-09-30 11:00");
  CHECK(wall(cn, spans[0].end) == "2025-09-30 12:00");
  CHECK(wall(cn, spans[2].end) == "2025-10-09 10:15");
  CHECK(spans[2].day == day("2025-10-09"));
  std::chrono::microseconds sum{};
  for (const auto& span : spans) sum += span.end - span.begin;
  CHECK(sum == cn.working_time(from, to).value());
  CHECK(cn.working_spans(to, from).value().empty());
  CHECK(cn.working_spans(at(cn, "2025-10-01 00:00"), at(cn, "2025-10-08 23:59")).value().empty());
  CHECK(cn.hours_of(day("2025-10-09")).value().size() == 2);
  CHECK(cn.hours_of(day("2025-10-08")).value().empty());
}

TEST_CASE("beyond its validity a calendar refuses, or answers provisionally for some years") {
  auto data = shipped_data("cn");
  const auto strict = refusing_beyond("cn");
  CHECK(due(strict, "2026-12-28 10:00", limit(3, UNIT_WORK_DAY)) == "2026-12-31 17:30");
  CHECK(due(strict, "2026-12-28 10:00", limit(4, UNIT_WORK_DAY)) == "calendar_horizon");
  CHECK(due(strict, "2026-12-31 17:00", limit(1, UNIT_WORK_HOUR)) == "calendar_horizon");
  CHECK(due(strict, "2026-12-30 10:00", limit(3, UNIT_CALENDAR_DAY)) == "calendar_horizon");
  CHECK(due(strict, "2027-01-01 10:00", limit(1, UNIT_WORK_DAY)) == "calendar_horizon");
  CHECK(due(strict, "2009-12-31 10:00", limit(1, UNIT_WORK_DAY)) == "calendar_horizon");
  CHECK(due(strict, "2026-12-31 10:00", limit(48, UNIT_HOUR)) == "2027-01-02 10:00");
  CHECK(strict.due(at(strict, "2026-12-28 10:00"), limit(4, UNIT_WORK_DAY)).error().message() ==
        "the answer depends on days from 2027-01-01, and calendar cn version 2 speaks of 2010-01-01 to 2026-12-31; use "
        "a version that knows them");

  data.set_beyond(pavior::city::v1::Calendar::PROVISIONAL);
  const auto bold = Shipped::make(data).value();
  CHECK(due(bold, "2026-12-28 10:00", limit(3, UNIT_WORK_DAY)) == "2026-12-31 17:30");
  CHECK(due(bold, "2026-12-28 10:00", limit(4, UNIT_WORK_DAY)) == "2027-01-01 17:30 provisional");
  CHECK(due(bold, "2026-12-31 17:00", limit(1, UNIT_WORK_HOUR)) == "2027-01-01 09:30 provisional");
  CHECK(due(bold, "2026-12-28 10:00", limit(9999, UNIT_WORK_DAY)) == "calendar_horizon");
  CHECK(bold.provisional(day("2027-01-01")));
  CHECK_FALSE(bold.provisional(day("2026-12-31")));
}

TEST_CASE("a calendar without a working day says so instead of searching for one") {
  auto data = plain_data("Asia/Shanghai", {"09:00-17:00"});
  data.clear_work_week();
  data.set_rest_day_moves(true);
  const auto never = Shipped::make(data).value();
  CHECK(due(never, "2024-03-05 10:00", limit(1, UNIT_WORK_DAY)) == "no_working_time");
  CHECK(due(never, "2024-03-05 10:00", limit(1, UNIT_WORK_HOUR)) == "no_working_time");
  CHECK(due(never, "2024-03-05 10:00", limit(1, UNIT_CALENDAR_DAY)) == "no_working_time");
  CHECK(due(never, "2024-03-05 10:00", limit(1, UNIT_HOUR)) == "2024-03-05 11:00");
  CHECK(never.working_time(at(never, "2020-03-05 10:00"), at(never, "2029-03-05 10:00")).value() == hours(0));
  CHECK(never.difference(at(never, "2020-03-05 10:00"), at(never, "2029-03-05 10:00"), UNIT_WORK_DAY).value() == 0);
}

TEST_CASE("limits that mean nothing, and instants without a date, are told apart from answers") {
  const auto cn = shipped("cn");
  const auto now = at(cn, "2024-03-05 10:00");
  const auto code = [&](Time start, const Limit& wish) { return cn.due(start, wish).error().code(); };
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  for (const auto unit : {UNIT_MINUTE, UNIT_HOUR, UNIT_WORK_HOUR, UNIT_WORK_DAY, UNIT_CALENDAR_DAY}) {
    INFO(unit);
    CHECK(code(now, limit(0, unit)) == ErrorCode::invalid);
    CHECK(code(now, limit(std::numeric_limits<std::int64_t>::min(), unit)) == ErrorCode::invalid);
    const bool continuous = unit == UNIT_MINUTE || unit == UNIT_HOUR;
    CHECK(code(now, limit(most, unit)) == (continuous ? ErrorCode::limit : ErrorCode::refused));
    CHECK(code(Time::max(), limit(1, unit)) == (continuous ? ErrorCode::limit : ErrorCode::refused));
    CHECK(code(Time::min(), limit(1, unit)) == (continuous ? ErrorCode::limit : ErrorCode::refused));
    CHECK_FALSE(cn.difference(Time::min(), Time::max(), unit).has_value());
  }
  CHECK(code(now, limit(1, UNIT_UNSPECIFIED)) == ErrorCode::invalid);
  CHECK(code(now, limit(1, static_cast<Unit>(99))) == ErrorCode::invalid);
  CHECK(code(now, limit(1, UNIT_HOUR, END_OF_DAY)) == ErrorCode::invalid);
  CHECK(code(now, limit(1, UNIT_WORK_HOUR, SAME_TIME, EXCLUDE_START_DAY)) == ErrorCode::invalid);
  CHECK(code(now, limit(1, UNIT_WORK_DAY, static_cast<EndRule>(9))) == ErrorCode::invalid);
  CHECK_FALSE(cn.working_time(Time::min(), Time::max()).has_value());
  CHECK_FALSE(cn.working_spans(now, Time::max()).has_value());
  CHECK_FALSE(cn.due_after(now, std::chrono::microseconds::max()).has_value());
  CHECK(cn.due_after(now, std::chrono::microseconds(-1)).error().code() == ErrorCode::invalid);
  CHECK(cn.due_after(now, std::chrono::microseconds(0))->due == now);
}
