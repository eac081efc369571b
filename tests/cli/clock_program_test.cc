#include <string>
#include <vector>

#include "folder.h"
#include "pavior/city/calendar_file.h"
#include "pavior/city/v1/calendar.pb.h"
#include "program.h"
#include "support/catch.h"

using pavior::test::Folder;
using pavior::test::Ran;
using pavior::test::run;

namespace {

/// A store whose orders have one clock, without end for a test.
struct ClockedStore {
  Folder folder;
  std::string store = (folder / "store").string();

  ClockedStore() {
    const auto plan = folder.write("plan.textproto", R"(clocks {
      name: "HND" calendar: "cn" limits { limit { amount: 4 unit: UNIT_WORK_HOUR } }
      starts: "Reported" stops: "Rejected"
      ladder { name: "overdue" after: 0 step: SUPERVISE roles: "supervisor" }
    })");
    REQUIRE(run({"--store", store, "init", "--zone", "Asia/Shanghai", "--clocks", plan.string()}).code == 0);
    REQUIRE(
        run({"--store", store, "submit", "--type", "Report", "--order", "A1", "--actor", "an", "--role", "reporter"},
            R"({"title": "leaking hydrant"})")
            .code == 0);
  }
  [[nodiscard]] Ran ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--store", store});
    return run(arguments);
  }
};

}  // namespace

TEST_CASE("an order's clocks are shown with what they have left, and explained to the minute") {
  const ClockedStore city;
  const auto clocks = city.ask({"clocks", "A1", "--json"});
  CHECK(clocks.code == 0);
  CHECK(clocks.text("clock") == "HND");
  CHECK(clocks.text("standing") == "running");
  CHECK(clocks.text("limit") == "4 work_hour");
  const auto due = clocks.text("due");

  // At its due time nothing is left, and the parts that were counted add up to the limit.
  CHECK(city.ask({"clocks", "A1", "--as-of", due, "--json"}).text("left") == "0:00:00");
  const auto explained = city.ask({"explain", "A1", "HND", "--as-of", due, "--json"});
  CHECK(explained.number("left_seconds") == 0);
  CHECK(explained.number("used_seconds") == 4 * 3600);
  CHECK(explained.json().fields().at("parts").list_value().values_size() > 0);
  CHECK(city.ask({"explain", "A1", "HND", "--as-of", due}).out.find("counted 4:00:00, left 0:00:00") !=
        std::string::npos);
}

TEST_CASE("waiting timers are counted by how far they lie ahead or behind") {
  const ClockedStore city;
  const auto timers = city.ask({"timers", "--json"});
  CHECK(timers.code == 0);
  CHECK(timers.number("pending") == 1);
  CHECK(timers.number("overdue") == 0);
  CHECK(city.ask({"timers"}).out.find("work_order/A1  clock HND") != std::string::npos);
  CHECK(city.ask({"timers", "--fire"}).err == "0 timers fired\n");

  // A deadline in 1970 waits, overdue, for whoever fires timers.
  const std::vector<std::string> accept{"--store", city.store, "submit",   "--type", "Accept", "--order",
                                        "A1",      "--actor",  "importer", "--role", "system"};
  REQUIRE(run(accept, R"({"category": "roads", "deadline": "1"})").code == 0);
  CHECK(city.ask({"timers", "--json"}).number("overdue") == 1);
  CHECK(city.ask({"timers", "--fire"}).err == "1 timers fired\n");
  CHECK(city.ask({"timers", "--json"}).number("overdue") == 0);
}

TEST_CASE("a newer calendar counts open clocks again, and a version with other content is refused") {
  const ClockedStore city;
  const auto notice = city.folder.write("2027.json", R"({"year": 2027, "papers": ["made up"], "days": [
    {"name": "元旦", "date": "2027-01-01", "isOffDay": true}]})");
  const auto imported = city.ask({"calendar", "import", "--calendar", "cn", notice.string()});
  auto calendar = pavior::city::read_calendar(imported.out).value();
  CHECK(calendar.version() == 3);
  const auto file = city.folder.write("cn3.textproto", pavior::city::write_calendar(calendar)).string();
  const auto plan = (city.folder / "plan.textproto").string();
  REQUIRE(city.ask({"init", "--zone", "Asia/Shanghai", "--clocks", plan, "--calendar", file}).code == 0);
  const auto recounted = city.ask({"recount", "--json"});
  CHECK(recounted.code == 0);
  CHECK(recounted.number("clocks") == 1);
  CHECK(city.ask({"recount", "--json"}).number("clocks") == 0);
  CHECK(city.ask({"clocks", "A1", "--json"}).number("version") == 3);

  calendar.mutable_days(0)->set_name("another name");
  city.folder.write("cn3.textproto", pavior::city::write_calendar(calendar));
  const auto refused = city.ask({"init", "--zone", "Asia/Shanghai", "--clocks", plan, "--calendar", file});
  CHECK(refused.code == 1);
  CHECK(refused.err.find("[calendar_versions_never_change]") != std::string::npos);
}

TEST_CASE("what cannot be shown or read is told with its place") {
  const ClockedStore city;
  CHECK(city.ask({"clocks", "B2"}).code == 1);
  CHECK(city.ask({"explain", "A1", "TOT"}).err == "pavior: A1 has no clock TOT; 'clocks A1' lists them\n");
  CHECK(city.ask({"clocks", "A1", "--as-of", "soon"}).code == 3);
  const auto broken =
      city.folder.write("broken.textproto", "clocks {\n  name: \"HND\"\n  calendar: \"cn\"\n}\n").string();
  const auto refused = city.ask({"init", "--zone", "Asia/Shanghai", "--clocks", broken});
  CHECK(refused.code == 3);
  CHECK(refused.err == "pavior: " + broken + ":1:1: clocks[0].limits: give 1 to 10000 limits\n");
  CHECK(city.ask({"init", "--zone", "Asia/Shanghai", "--clocks", "nowhere"}).code == 3);
}
