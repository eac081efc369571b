#include "city/schedule/recurrence.h"

#include "city/calendars.h"

using namespace pavior::testing;
using pavior::Time;
using pavior::city::Recurrence;
using CalendarData = pavior::city::v1::Calendar;
using Data = pavior::city::v1::Recurrence;

namespace {

Data recurrence(const std::string& cron, Data::RestDay rest_day = Data::ANYWAY, int working_day = 0) {
  Data data;
  data.set_cron(cron);
  data.set_rest_day(rest_day);
  data.set_working_day(working_day);
  return data;
}

/// The next ones after `after`, by the calendar's wall; ends with the error's rule, or its message if it has none.
std::string next(const pavior::city::Calendar& calendar, const Data& data, const std::string& after, int count = 1) {
  std::string text;
  auto from = at(calendar, after);
  for (; count > 0; --count) {
    text += text.empty() ? "" : ", ";
    const auto next = pavior::city::next_occurrence(data, calendar, from);
    if (!next) return text + (next.error().rule().empty() ? next.error().message() : next.error().rule());
    text += wall(calendar, next->at) + (next->provisional ? " provisional" : "");
    from = next->at;
  }
  return text;
}

/// On an ordinary wall, where every day works the same.
std::string next(const std::string& cron, const std::string& after, int count = 1) {
  return next(plain("Asia/Shanghai", {"09:00-17:00"}), recurrence(cron), after, count);
}

std::string mistake(const std::string& cron) {
  const auto made = Recurrence::make(recurrence(cron));
  REQUIRE_FALSE(made);
  CHECK(made.error().code() == pavior::ErrorCode::invalid);
  return made.error().message();
}

}  // namespace

TEST_CASE("every field of an expression has its say") {
  CHECK(next("0 9 * * MON", "2024-02-09 16:00", 2) == "2024-02-12 09:00, 2024-02-19 09:00");
  CHECK(next("0 9 * * MON", "2024-02-12 09:00") == "2024-02-19 09:00");
  CHECK(next("0 9 * * MON", "2024-02-12 08:59") == "2024-02-12 09:00");
  CHECK(next("30 2 * * *", "2024-02-28 03:00", 3) == "2024-02-29 02:30, 2024-03-01 02:30, 2024-03-02 02:30");
  CHECK(next("*/20 8-9 * * *", "2024-02-09 08:10", 5) ==
        "2024-02-09 08:20, 2024-02-09 08:40, 2024-02-09 09:00, 2024-02-09 09:20, 2024-02-09 09:40");
  CHECK(next("0 0 1 jan,Jul *", "2024-02-09 08:10", 2) == "2024-07-01 00:00, 2025-01-01 00:00");
  CHECK(next("0 12 * * 1-5/2,SUN", "2024-02-09 12:00", 4) ==
        "2024-02-11 12:00, 2024-02-12 12:00, 2024-02-14 12:00, 2024-02-16 12:00");
  CHECK(next("0 12 * * FRI-SUN", "2024-02-09 12:00", 2) == "2024-02-10 12:00, 2024-02-11 12:00");
  CHECK(next("0 12 * * 7", "2024-02-09 12:00") == next("0 12 * * 0", "2024-02-09 12:00"));
  CHECK(next("0 9 31 * *", "2024-02-01 00:00", 2) == "2024-03-31 09:00, 2024-05-31 09:00");
  CHECK(next("0 9 29 2 *", "2024-03-01 00:00", 2) == "2028-02-29 09:00, 2032-02-29 09:00");
}

TEST_CASE("of a restricted day of month and a restricted day of week one is enough") {
  CHECK(next("0 9 13 * FRI", "2024-09-07 00:00", 3) == "2024-09-13 09:00, 2024-09-20 09:00, 2024-09-27 09:00");
  CHECK(next("0 9 1 * WED", "2024-08-29 00:00", 2) == "2024-09-01 09:00, 2024-09-04 09:00");
  // A step on * restricts nothing, as in cron: both must fit.
  CHECK(next("0 9 */2 * MON", "2024-08-29 00:00", 2) == "2024-09-09 09:00, 2024-09-23 09:00");
  CHECK(next("0 9 30 2 MON", "2024-08-29 00:00") == "2025-02-03 09:00");
}

TEST_CASE("a mistake names the field, the text and the mend") {
  CHECK(mistake("0 9 * *") ==
        "cron: \"0 9 * *\" has 4 fields; write five, minute, hour, day of month, month and day of week, e.g. "
        "\"0 9 * * MON\"");
  CHECK(mistake("") ==
        "cron: \"\" has 0 fields; write five, minute, hour, day of month, month and day of week, e.g. "
        "\"0 9 * * MON\"");
  CHECK(mistake("60 9 * * *") == "cron: minute \"60\": write * or values from 0 to 59");
  CHECK(mistake("0 9 0 * *") == "cron: day of month \"0\": write * or values from 1 to 31");
  CHECK(mistake("0 9 * * FRY") == "cron: day of week \"FRY\": write * or values from 0 to 7 or SUN to SAT");
  CHECK(mistake("0 9 * 13 *") == "cron: month \"13\": write * or values from 1 to 12 or JAN to DEC");
  CHECK(mistake("0 17-9 * * *") == "cron: hour \"17-9\": the range begins after its end; write two, with a comma");
  CHECK(mistake("0 9 * * SAT-MON") ==
        "cron: day of week \"SAT-MON\": the range begins after its end; write two, with a comma");
  CHECK(mistake("0 9- * * *") == "cron: hour \"9-\": a range ends with a value from 0 to 23");
  CHECK(mistake("5/15 9 * * *") == "cron: minute \"5/15\": a step needs a range; write 5-59/15");
  CHECK(mistake("*/0 9 * * *") == "cron: minute \"*/0\": a step is 1 to 59");
  CHECK(mistake("*/ 9 * * *") == "cron: minute \"*/\": a step is 1 to 59");
  CHECK(mistake("1,,2 9 * * *") ==
        "cron: minute \"1,,2\": nothing stands beside a comma; write values with a comma between");
  CHECK(mistake("1, 9 * * *") ==
        "cron: minute \"1,\": nothing stands beside a comma; write values with a comma between");
  CHECK(mistake("-1 9 * * *") == "cron: minute \"-1\": write * or values from 0 to 59");
  CHECK(mistake("99999999999 9 * * *") == "cron: minute \"99999999999\": write * or values from 0 to 59");
  CHECK(mistake("0 9 \xff * *") == "cron: day of month \"?\": write * or values from 1 to 31");
  CHECK(mistake(std::string(300, '*')) == "cron: the expression has 300 bytes, 256 at most; shorten its lists");
}

TEST_CASE("an expression that never comes is refused") {
  CHECK(mistake("0 9 30 2 *") ==
        "cron: day of month \"30\": no year has such a day in month \"2\"; change one of the two");
  CHECK(mistake("0 9 31 FEB,APR,SEP *") ==
        "cron: day of month \"31\": no year has such a day in month \"FEB,APR,SEP\"; change one of the two");
  CHECK(Recurrence::make(recurrence("0 9 29 2 *")));
  // New Year is no working day of any year.
  CHECK(next(refusing_beyond("cn"), recurrence("0 9 1 1 *", Data::SKIP), "2024-01-05 09:00") == "calendar_horizon");
}

TEST_CASE("days of the calendar are no days of the expression") {
  const auto say = [](const Data& data) { return Recurrence::make(data).error().message(); };
  CHECK(say(recurrence("0 9 1 * *", Data::ANYWAY, 2)) ==
        "cron: working_day says which day, so write * for both the day of month and the day of week");
  CHECK(say(recurrence("0 9 * * *", Data::NEXT, 2)) ==
        "rest_day: a working_day is no rest day; leave one of the two out");
  CHECK(say(recurrence("0 9 * * *", Data::ANYWAY, 32)) ==
        "working_day: 32 is none; write 1 to 31, or -1 for the last one, to -31");
  CHECK(say(recurrence("0 9 * * *", static_cast<Data::RestDay>(9))) ==
        "rest_day: is none of ANYWAY, SKIP, NEXT and PREVIOUS");
}

TEST_CASE("rest days and make-up working days of China") {
  const auto cn = shipped("cn");
  // Spring Festival 2024: off from Saturday 10 to Saturday 17 February; Sundays 4 and 18 February work.
  CHECK(next(cn, recurrence("0 9 * * MON", Data::ANYWAY), "2024-02-06 00:00", 2) ==
        "2024-02-12 09:00, 2024-02-19 09:00");
  CHECK(next(cn, recurrence("0 9 * * MON", Data::SKIP), "2024-02-06 00:00") == "2024-02-19 09:00");
  CHECK(next(cn, recurrence("0 9 * * MON", Data::NEXT), "2024-02-06 00:00", 2) == "2024-02-18 09:00, 2024-02-19 09:00");
  CHECK(next(cn, recurrence("0 9 * * MON", Data::PREVIOUS), "2024-02-06 00:00", 2) ==
        "2024-02-09 09:00, 2024-02-19 09:00");
  CHECK(next(cn, recurrence("0 9 * * SUN", Data::SKIP), "2024-02-01 00:00", 2) == "2024-02-04 09:00, 2024-02-18 09:00");
  // Several that move to one day are one.
  CHECK(next(cn, recurrence("0 9 * * *", Data::NEXT), "2024-02-09 09:00", 2) == "2024-02-18 09:00, 2024-02-19 09:00");
  // Into another month: 1 May and the days after it are off, 28 April works.
  CHECK(next(cn, recurrence("0 9 1 5 *", Data::PREVIOUS), "2024-04-02 00:00") == "2024-04-30 09:00");
  CHECK(next(cn, recurrence("0 9 1 5 *", Data::NEXT), "2024-04-02 00:00") == "2024-05-06 09:00");
}

TEST_CASE("working days of a month are counted from both ends") {
  const auto cn = shipped("cn");
  const auto day = [&](int n, const std::string& months) {
    return recurrence("0 9 * " + months + " *", Data::REST_DAY_UNSPECIFIED, n);
  };
  CHECK(next(cn, day(1, "*"), "2024-01-01 00:00", 3) == "2024-01-02 09:00, 2024-02-01 09:00, 2024-03-01 09:00");
  CHECK(next(cn, day(-1, "*"), "2024-01-01 00:00", 3) == "2024-01-31 09:00, 2024-02-29 09:00, 2024-03-29 09:00");
  CHECK(next(cn, day(3, "2,10"), "2024-01-01 00:00", 2) == "2024-02-04 09:00, 2024-10-10 09:00");
  CHECK(next(cn, day(-2, "2"), "2024-01-01 00:00") == "2024-02-28 09:00");
  CHECK(next(cn, day(23, "*"), "2024-01-01 00:00") == "2024-07-31 09:00");
}

TEST_CASE("in the nights of New York a skipped time runs at the end of the gap, and one shown twice at the first") {
  const auto new_york = plain("America/New_York", {"09:00-17:00"});
  const auto instants = [&](const std::string& cron, const std::string& after, int count) {
    std::string text;
    Time from = at(new_york, after);
    for (; count > 0; --count) {
      from = pavior::city::next_occurrence(recurrence(cron), new_york, from)->at;
      text += (text.empty() ? "" : ", ") + wall(plain("UTC", {"09:00-17:00"}), from);
    }
    return text;
  };
  // 10 March 2024: at 7:00 UTC the wall goes from 2:00 to 3:00.
  CHECK(instants("30 2 * * *", "2024-03-09 02:30", 2) == "2024-03-10 07:00, 2024-03-11 06:30");
  CHECK(instants("*/15 1-3 * * *", "2024-03-10 01:30", 4) ==
        "2024-03-10 06:45, 2024-03-10 07:00, 2024-03-10 07:15, 2024-03-10 07:30");
  // 3 November 2024: at 6:00 UTC the wall goes from 2:00 back to 1:00.
  CHECK(instants("30 1 * * *", "2024-11-02 01:30", 2) == "2024-11-03 05:30, 2024-11-04 06:30");
  CHECK(instants("0 * * * *", "2024-11-03 00:30", 3) == "2024-11-03 05:00, 2024-11-03 07:00, 2024-11-03 08:00");
}

TEST_CASE("beyond the horizon the calendar's rule holds") {
  auto data = plain_data("Asia/Shanghai", {"09:00-17:00"});
  data.set_valid_to("2024-12-31");
  const auto refusing = pavior::city::Calendar::make(data).value();
  data.set_beyond(CalendarData::PROVISIONAL);
  const auto provisional = pavior::city::Calendar::make(data).value();
  const auto mondays = recurrence("0 9 * * MON", Data::SKIP);
  CHECK(next(refusing, mondays, "2024-12-24 00:00", 2) == "2024-12-30 09:00, calendar_horizon");
  CHECK(next(provisional, mondays, "2024-12-24 00:00", 2) == "2024-12-30 09:00, 2025-01-06 09:00 provisional");
  // The day is known, but not whether the next one moves to it.
  CHECK(next(refusing, recurrence("0 9 1 1 *", Data::PREVIOUS), "2024-12-30 12:00") == "calendar_horizon");
  CHECK(next(provisional, recurrence("0 9 4 1 *", Data::PREVIOUS), "2024-12-30 12:00") ==
        "2025-01-03 09:00 provisional");
  // Days that need not work are in no calendar.
  CHECK(next(refusing, recurrence("0 9 * * MON"), "2036-12-31 00:00") == "2037-01-05 09:00");
  CHECK(next(refusing, recurrence("0 9 1 * *"), "2037-12-01 12:00") == "calendar_horizon");
}
