#include "pavior/city/calendar_file.h"

#include "city/calendars.h"
#include "google/protobuf/util/json_util.h"

using namespace pavior::testing;
using pavior::city::import_holidays;
using pavior::city::read_calendar;
using pavior::city::write_calendar;
using Data = pavior::city::v1::Calendar;

namespace {

const std::string text = R"(id: "town"  # People may comment.
version: 3
zone: "Asia/Shanghai"
work_week: [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY]
office_hours { spans: ["09:00-12:00", "13:30-17:30"] }
office_hours { from: "2025-06-01" to: "2025-09-30" spans: ["08:30-12:00", "15:00-18:00"] }
days { date: "2025-01-26" kind: WORKING name: "春节" }
days { date: "2025-01-28" to: "2025-02-04" kind: OFF name: "春节" }
days { date: "2025-03-07" kind: WORKING name: "office moves" hours: "09:00-11:00" source: "town notice 7" }
valid_from: "2025-01-01"
valid_to: "2025-12-31"
)";

std::string with(const std::string& from, const std::string& to) {
  auto changed = text;
  const auto at = changed.find(from);
  REQUIRE(at != std::string::npos);
  return changed.replace(at, from.size(), to);
}

std::string mistake(const std::string& wrong) {
  const auto calendar = read_calendar(wrong);
  REQUIRE_FALSE(calendar.has_value());
  CHECK(calendar.error().code() == pavior::ErrorCode::invalid);
  return calendar.error().message();
}

std::string holidays(int year, const std::string& days) {
  return R"({"$schema": "x", "year": )" + std::to_string(year) + R"(, "papers": ["paper )" + std::to_string(year) +
         R"("], "days": [)" + days + "]}";
}

std::string holiday(const std::string& date, const std::string& off) {
  return R"({"name": "feast", "date": ")" + date + R"(", "isOffDay": )" + off + "}";
}

}  // namespace

TEST_CASE("a calendar is read from text as people write it, and from JSON") {
  const auto data = read_calendar(text).value();
  const auto town = pavior::city::Calendar::make(data).value();
  CHECK(town.id() == "town");
  CHECK(town.version() == 3);
  CHECK(due(town, "2025-01-24 17:00", limit(1, pavior::city::v1::UNIT_WORK_HOUR)) == "2025-01-26 09:30");
  CHECK(due(town, "2025-05-30 17:00", limit(1, pavior::city::v1::UNIT_WORK_HOUR)) == "2025-06-02 09:00");
  CHECK(due(town, "2025-03-07 10:30", limit(1, pavior::city::v1::UNIT_WORK_HOUR)) == "2025-03-10 09:30");
  CHECK(due(town, "2025-03-06 10:30", limit(1, pavior::city::v1::UNIT_WORK_DAY)) == "2025-03-07 11:00");

  std::string json;
  REQUIRE(google::protobuf::util::MessageToJsonString(data, &json).ok());
  CHECK(read_calendar(" \n" + json).value().SerializeAsString() == data.SerializeAsString());
  CHECK(read_calendar("\xEF\xBB\xBF" + text).has_value());
}

TEST_CASE("a calendar that was written reads back as it was") {
  for (const auto& data : {shipped_data("cn"), shipped_data("us"), read_calendar(text).value()})
    CHECK(read_calendar(write_calendar(data)).value().SerializeAsString() == data.SerializeAsString());
  CHECK(write_calendar(read_calendar(text).value())
            .find("days { date: \"2025-01-28\" to: \"2025-02-04\" kind: OFF name: \"春节\" }\n") != std::string::npos);
}

TEST_CASE("a mistake in a calendar is named with its line, its field and the mend") {
  CHECK(mistake("") == "the text is empty; a calendar is protobuf text or JSON");
  CHECK(mistake(with("version: 3", "versoin: 3")) ==
        "2:8: Message type \"pavior.city.v1.Calendar\" has no field named \"versoin\".");
  CHECK(mistake(with("version: 3", "")) == "version: is 0 or missing; versions are 1, 2, 3 ...");
  CHECK(mistake(with("id: \"town\"", "")) == "id: give the calendar a name of 1 to 64 bytes, e.g. \"cn\"");
  CHECK(mistake(with("Asia/Shanghai", "Asia/Peking")) ==
        "3:1: zone: there is no time zone \"Asia/Peking\"; name one as \"Asia/Shanghai\", and see that tzdata is "
        "installed");
  CHECK(mistake(with("2025-01-26", "2025-02-30")) ==
        "7:8: days[0].date: \"2025-02-30\" is no date from 1970 to 2037; write it as \"2025-01-26\"");
  CHECK(mistake(with("2025-01-26", "2025-1-26")).starts_with("7:8: days[0].date: "));
  CHECK(mistake(with("2025-01-26", "2025-02-01")) ==
        "8:8: days[1].date: 2025-02-01 is in days[0] already; keep one of "
        "the two");
  CHECK(mistake(with("2025-01-26", "2024-12-31")) ==
        "7:8: days[0].date: 2024-12-31 lies outside of valid_from 2025-01-01 to valid_to 2025-12-31");
  CHECK(mistake(with("to: \"2025-02-04\"", "to: \"2025-01-04\"")) == "8:27: days[1].to: lies before `date`");
  CHECK(mistake(with("kind: OFF", "")) == "8:1: days[1].kind: is missing; write OFF or WORKING");
  CHECK(mistake(with("kind: OFF", "kind: OFF hours: \"09:00-10:00\"")) ==
        "8:54: days[1].hours: only WORKING days have hours");
  for (const auto* span : {"9:00-12:00", "12:00-09:00", "09:00-09:00", "09:00-24:01", "09:60-12:00", "morning", ""})
    CHECK(mistake(with("09:00-12:00", span)) ==
          "5:16: office_hours[0].spans[0]: \"" + std::string(span) +
              "\" is no span within a day; write it as \"09:00-12:00\", until 24:00");
  CHECK(mistake(with("13:30-17:30", "11:30-17:30")) ==
        "5:16: office_hours[0].spans[1]: \"11:30-17:30\" begins before the one above it ends");
  CHECK(mistake(with("office_hours { spans", "office_hours { weekdays: MONDAY spans")) ==
        "5:1: office_hours: 2025-01-01 works and no office hours fit it; give it hours, or add office_hours without "
        "weekdays");
  CHECK(mistake(with("\nvalid_to: \"2025-12-31\"", "\nvalid_to: \"2024-12-31\"")).find("valid_to: lies before") !=
        std::string::npos);
  CHECK(mistake(with("\nvalid_to: \"2025-12-31\"", "\nvalid_to: \"9999-12-31\"")).find("valid_to: \"9999") !=
        std::string::npos);
  CHECK(mistake(with("[MONDAY", "[FUNDAY")).find("FUNDAY") != std::string::npos);
  CHECK(mistake(with("[MONDAY", "[9")).find("work_week[0]: is no weekday") != std::string::npos);
  CHECK(mistake("{\"id\": \"x\", \"colour\": 1}").starts_with("the JSON is not a calendar: "));
  CHECK(mistake("{\"id\": \"x\"").starts_with("the JSON is not a calendar: "));
  CHECK(mistake("{\"id\": \"x\", \"version\": 1}").starts_with("zone: "));
  for (const std::string garbage : {"\xFF\xFE", "id: \"\xC3(\"", "days {", "%", "PK\x03\x04"})
    CHECK_FALSE(mistake(garbage).empty());
}

TEST_CASE("a calendar spoilt at any byte is refused or read, never worse") {
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto spoilt = text;
    spoilt[i] = static_cast<char>(spoilt[i] ^ 0x15);
    const auto read = read_calendar(spoilt);
    if (read) CHECK(pavior::city::Calendar::make(*read).has_value());
    if (i < text.size() / 2) CHECK_FALSE(read_calendar(text.substr(0, i)).has_value());
  }
}

TEST_CASE("holiday files make a calendar, or the next version of one") {
  auto base = read_calendar(text).value();
  const auto next =
      import_holidays(base, {holidays(2026, holiday("2026-01-01", "true") + "," + holiday("2026-01-02", "true") + "," +
                                                holiday("2026-01-04", "false") + "," + holiday("2025-12-31", "true"))})
          .value();
  CHECK(next.valid_from() == "2025-01-01");
  CHECK(next.valid_to() == "2026-12-31");
  CHECK(next.sources(0) == "paper 2026");
  REQUIRE(next.days_size() == 5);
  CHECK(next.days(3).date() == "2025-12-31");
  CHECK(next.days(3).to() == "2026-01-02");
  CHECK(next.days(4).kind() == Data::Day::WORKING);
  CHECK(read_calendar(write_calendar(next)).has_value());

  // A year that comes again is replaced; without a base's validity the files' years are all.
  const auto again = import_holidays(next, {holidays(2026, holiday("2026-05-01", "true"))}).value();
  CHECK(again.days_size() == 5);
  CHECK(again.days(3).date() == "2025-12-31");
  CHECK(again.days(4).date() == "2026-05-01");
  base.clear_days(), base.clear_valid_from(), base.clear_valid_to();
  const auto alone = import_holidays(base, {holidays(2027, holiday("2026-12-31", "true")),
                                            holidays(2026, holiday("2026-01-01", "true"))})
                         .value();
  CHECK(alone.valid_from() == "2026-01-01");
  CHECK(alone.valid_to() == "2027-12-31");
  CHECK(alone.days_size() == 2);
}

TEST_CASE("holiday files that leave doubt are refused") {
  const auto wrong = [](const std::vector<std::string>& files) {
    const auto made = import_holidays(read_calendar(text).value(), files);
    REQUIRE_FALSE(made.has_value());
    return made.error().message();
  };
  CHECK(wrong({}) == "there are no holiday files");
  CHECK(wrong({"<html>"}).starts_with("holiday file 1: is no holiday JSON"));
  CHECK(wrong({holidays(2026, "")}) ==
        "holiday file 1: days: there are none; expected days[] = {name, date, isOffDay}");
  CHECK(wrong({R"({"days": []})"}) == "holiday file 1: year: 0 is missing or not from 1970 to 2037");
  CHECK(wrong({holidays(2026, R"({"date": "2026-01-01"})")}) ==
        "holiday file 1: days[0].isOffDay: is missing; is 2026-01-01 off?");
  CHECK(wrong({holidays(2026, holiday("2026-02-30", "true"))}) ==
        "holiday file 1: days[0].date: \"2026-02-30\" is no date");
  CHECK(wrong({holidays(2026, holiday("2016-01-01", "true"))}) ==
        "holiday file 1: days[0].date: 2016-01-01 is far from the year 2026");
  CHECK(wrong({holidays(2026, holiday("2026-01-01", "true") + "," + holiday("2026-01-01", "false"))}) ==
        "holiday file 1: days[1].date: 2026-01-01 stands there twice");
  const auto good = holidays(2026, holiday("2026-01-01", "true"));
  CHECK(wrong({good, good}) == "two of the holiday files are of the year 2026");
  CHECK(wrong({holidays(2027, holiday("2027-01-01", "true"))}) ==
        "the holiday file of 2026 is missing between the others");
}
