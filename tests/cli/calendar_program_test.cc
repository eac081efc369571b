#include <algorithm>

#include "folder.h"
#include "program.h"
#include "support/catch.h"
#include "text/city_clock.h"

using pavior::test::Folder;
using pavior::test::Ran;
using pavior::test::run;

namespace {

Ran add(const std::string& start, const std::string& limit, const std::string& unit) {
  return run({"calendar", "add", "--calendar", "cn", "--start", start, "--limit", limit, "--unit", unit, "--json"});
}

const std::string notice_2027 = R"({"year": 2027, "papers": ["made up"], "days": [
  {"name": "元旦", "date": "2027-01-01", "isOffDay": true}, {"name": "元旦", "date": "2027-01-03", "isOffDay": false}]})";

}  // namespace

TEST_CASE("the program adds a limit to a start and measures between two times") {
  const auto due = add("2025-09-30T16:30", "4", "work_hour");
  CHECK(due.code == 0);
  CHECK(due.text("due") == "2025-10-09T12:00:00+08:00");
  CHECK(add("2024-02-09T10:00", "3", "work_day").text("due_day") == "2024-02-20");
  // An offset names the instant whatever the clock of the calendar shows.
  CHECK(add("2025-09-30T08:30:00Z", "4", "work_hour").text("due") == "2025-10-09T12:00:00+08:00");

  const auto difference = [](const std::string& from, const std::string& to, const std::string& unit) {
    return run({"calendar", "difference", "--calendar", "cn", "--from", from, "--to", to, "--unit", unit, "--json"})
        .number("value");
  };
  CHECK(difference("2025-09-30T16:30", "2025-10-09T12:00", "work_hour") == 4);
  CHECK(difference("2025-09-30", "2025-10-11", "work_day") == 3);
  CHECK(difference("2025-10-11", "2025-09-30", "work_day") == -3);
  CHECK(difference("2025-09-30T16:30", "2025-09-30T17:00", "hour") == 0.5);
}

TEST_CASE("rules for the first and the last day are options") {
  const auto with = [](const std::string& option, const std::string& rule) {
    return run({"calendar", "add", "--calendar", "us", "--start", "2024-07-03T10:00", "--limit", "1", "--unit",
                "work_day", option, rule, "--json"})
        .text("due");
  };
  CHECK(with("--start-rule", "include") == "2024-07-03T17:00:00-04:00");
  CHECK(with("--start-rule", "exclude") == "2024-07-05T17:00:00-04:00");
  CHECK(with("--end-rule", "same_time") == "2024-07-05T10:00:00-04:00");
  CHECK(with("--end-rule", "end_of_day") == "2024-07-06T00:00:00-04:00");
}

TEST_CASE("rows are answered in their order, one a line, a bad one by its error") {
  const std::vector<std::string> adding{"calendar", "add", "--calendar", "cn", "--batch"};
  const auto ran = run(adding,
                       "start,limit,unit\n2025-09-30T16:30,4,work_hour\nnever,1,hour\n2024-02-09 10:00,3,work_day\n"
                       "2024-02-09 10:00,3\n");
  CHECK(ran.code == 3);
  CHECK(ran.out ==
        "2025-10-09T12:00:00+08:00\nerror: start 'never' is no time; write it as 2025-09-30T16:30\n"
        "2024-02-20T17:30:00+08:00\nerror: expected 3 fields, got 2\n");
  CHECK(ran.err == "4 rows: 2 answered, 0 refused, 2 not understood\n");

  // The heading says the order; without one it is the documented one.
  CHECK(run(adding, "note,unit,start,limit\n\"a,\nb\",hour,2024-02-09 10:00,3\n").out == "2024-02-09T13:00:00+08:00\n");
  CHECK(run(adding, "2024-02-09 10:00,3,hour\n").out == "2024-02-09T13:00:00+08:00\n");
  CHECK(run(adding, "start,limit\n2024-02-09 10:00,3\n").code == 3);
  CHECK(run(adding, "").code == 0);
  const auto refused = run(adding, "2037-12-31 10:00,3,work_day\n");
  CHECK(refused.code == 1);
  CHECK(refused.out.starts_with("error: the answer depends on days from 2037-12-31"));
}

TEST_CASE("what cannot be answered is told by the exit code") {
  CHECK(add("2037-12-31T10:00", "3", "work_day").code == 1);
  for (const auto& [start, limit, unit] : {std::array<const char*, 3>{"2025-02-30T10:00", "3", "hour"},
                                           {"2025-02-03T24:00", "3", "hour"},
                                           {"2025-02-03T10:00", "0", "hour"},
                                           {"2025-02-03T10:00", "-1", "hour"},
                                           {"2025-02-03T10:00", "1.5", "hour"},
                                           {"2025-02-03T10:00", "99999999999999999999", "hour"},
                                           {"2025-02-03T10:00", "3", "fortnight"}}) {
    INFO(start << ' ' << limit << ' ' << unit);
    CHECK(add(start, limit, unit).code == 2);
  }
  CHECK(add("2025-02-03T10:00", "9223372036854775807", "hour").code == 3);
  CHECK(run({"calendar", "add", "--calendar", "cn"}).code == 2);
  CHECK(run({"calendar", "show", "--calendar", "mars"}).code == 3);
  CHECK(run({"calendar", "show", "--calendar", "cn", "--year", "2031"}).code == 1);
  const Folder folder;
  const auto wrong = run({"calendar", "show", "--calendar", folder.write("c", "id: \"x\"\nversoin: 1\n").string()});
  CHECK(wrong.code == 3);
  CHECK(wrong.err.find("/c:2:8: ") != std::string::npos);
}

TEST_CASE("a new notice becomes the next version, and comparing tells what it changes") {
  const Folder folder;
  const auto made = (folder / "next").string();
  REQUIRE(
      run({"calendar", "import", folder.write("2027.json", notice_2027).string(), "--calendar", "cn", "--output", made})
          .code == 0);
  const auto shown = run({"calendar", "show", "--calendar", made, "--json"});
  CHECK(shown.number("version") == 3);
  CHECK(shown.text("valid_to") == "2027-12-31");
  CHECK(shown.json().fields().at("working_days").struct_value().fields().at("2024").number_value() == 251);

  // The week alone took New Year's Day for a working day, and the Sunday that makes up for it for none.
  CHECK(run({"calendar", "compare", "--calendar", "cn", "--with", made, "--json"}).number("changed") == 2);
  const auto again = (folder / "again").string();
  REQUIRE(
      run({"calendar", "import",
           folder
               .write("x.json", R"({"year": 2027, "days": [{"name": "new", "date": "2027-01-04", "isOffDay": true}]})")
               .string(),
           "--calendar", made, "--output", again})
          .code == 0);
  const auto compared = run({"calendar", "compare", "--calendar", made, "--with", again});
  CHECK(compared.out ==
        "2027-01-01  off -> 09:00-12:00 13:30-17:30  元旦\n2027-01-03  09:00-12:00 13:30-17:30 -> off  元旦\n"
        "2027-01-04  09:00-12:00 13:30-17:30 -> off  new\n"
        "3 days differ from 2010-01-01 to 2037-12-31; valid to 2027-12-31 -> 2027-12-31\n");
  CHECK(run({"calendar", "import", folder.write("y.json", "{}").string()}).code == 3);
}

TEST_CASE("times are read as people and systems write them") {
  const auto clock = pavior::cli::CityClock::of("Asia/Shanghai").value();
  const auto read = [&](const std::string& written) -> std::string {
    const auto instant = pavior::cli::parse_instant(written, clock);
    return instant ? clock.iso_text(*instant) : "";
  };
  for (const auto* written : {"2025-09-30T16:30", "2025-09-30 16:30", "2025-09-30T16:30:00", "2025-09-30T16:30:00.0",
                              "2025-09-30T08:30Z", "2025-09-30T10:30:00+02:00", "2025-09-30 04:30:00-0400"})
    CHECK(read(written) == "2025-09-30T16:30:00+08:00");
  CHECK(read("2025-09-30T16:30:00.25") == "2025-09-30T16:30:00.250000+08:00");
  CHECK(read("2025-09-30 04:30:00.123456789-0400") == "2025-09-30T16:30:00.123456+08:00");
  CHECK(read("2025-09-30") == "2025-09-30T00:00:00+08:00");
  for (const auto* written : {"", "2025", "2025-09-31", "2025-9-30", "2025-09-30T", "2025-09-30T16", "2025-09-30T16:60",
                              "2025-09-30T16:30:00.", "2025-09-30T16:30+", "2025-09-30T16:30+25:00",
                              "2025-09-30T16:30x", "2025-09-30T16:30:00.x"})
    CHECK(read(written).empty());
}
