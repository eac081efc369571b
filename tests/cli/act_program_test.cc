// What a person at the command line may do with an order, and moving orders to another version of the policy.
#include <string>
#include <vector>

#include "folder.h"
#include "program.h"
#include "support/catch.h"

using pavior::test::Folder;
using pavior::test::has;
using pavior::test::Ran;
using pavior::test::run;

namespace {

std::string town(int version, const std::string& minors, const std::string& rest = "") {
  return "id: \"town\" version: " + std::to_string(version) + " zone: \"Asia/Shanghai\" fallback_unit: \"street\"\n" +
         "bounds { return_window { amount: 1 unit: UNIT_WORK_DAY } return_calendar: \"cn\" }\n" +
         "majors { code: \"01\" name: \"Roads\" " + minors + " }\n" + rest;
}

struct Desk {
  Folder folder;
  std::string store = (folder / "store").string();

  Desk() {
    REQUIRE(ask({"init", "--zone", "Asia/Shanghai"}).code == 0);
    publish("one", town(1, R"(minors { code: "01.01" name: "Pothole" duty_units: "works" }
                              minors { code: "01.02" name: "Bicycles" })"));
  }
  [[nodiscard]] Ran ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--store", store});
    return run(arguments);
  }
  void publish(const std::string& name, const std::string& content) const {
    const auto published = ask({"policy", "publish", folder.write(name, content).string()});
    INFO(published.err);
    REQUIRE(published.code == 0);
  }
  /// As somebody with a role.
  [[nodiscard]] Ran act(std::vector<std::string> what, const std::string& role) const {
    what.insert(what.begin(), "act");
    what.insert(what.end(), {"--actor", "li", "--role", role});
    return ask(what);
  }
};

}  // namespace

TEST_CASE("act lists what somebody may do, with the fields of each and what it requires") {
  const Desk desk;
  REQUIRE(desk.act({"A1", "Report", "title=a hole", "reporter.id=r-7"}, "reporter").code == 0);
  const auto acceptor = desk.act({"A1"}, "acceptor");
  CHECK(acceptor.code == 0);
  CHECK(has(acceptor.out, "A1 is reported. li (acceptor) can:\n"));
  CHECK(has(acceptor.out, "  Accept                 category=TEXT grade=general|complex|major_hazard grid=TEXT"));
  CHECK(has(acceptor.out, "requires that a category is given"));
  CHECK(!has(acceptor.out, "Dispatch"));
  const auto stranger = desk.act({"A1"}, "gardener");
  CHECK(stranger.code == 0);
  CHECK(has(stranger.out, "  nothing\n"));
}

TEST_CASE("act does what it is told and says what happened; a refusal names the rule and the fields") {
  const Desk desk;
  REQUIRE(desk.act({"A1", "Report", "title=a hole"}, "reporter").code == 0);
  const auto unknown = desk.act({"A1", "Accept", "category=99"}, "acceptor");
  CHECK(unknown.code == 1);
  CHECK(has(unknown.err, "refused [category_is_known]: Accept requires that"));
  CHECK(has(unknown.err, "fields of Accept: category=TEXT"));
  const auto done = desk.act({"A1", "Accept", "category=01.01", "grade=complex"}, "acceptor");
  CHECK(done.code == 0);
  CHECK(has(done.out, "work_order/A1 is accepted\n"));
  CHECK(has(done.out, "Accepted"));
  const auto wrong = desk.act({"A1", "Dispatch", "leed=works"}, "dispatcher");
  CHECK(wrong.code == 3);
  CHECK(has(wrong.err, "'leed=works': there is no such field; the fields of Dispatch are lead=TEXT, reason=TEXT"));
  const auto other = desk.act({"A1", "Dispatch", "lead=parks"}, "dispatcher");
  CHECK(other.code == 1);
  CHECK(has(other.err, "refused [lead_has_the_duty_or_a_reason]"));
  CHECK(
      desk.act({"A1", "Split", "parts.key=B1", "parts.title=fence", "parts.key=B2", "parts.title=repair", "reason=two"},
               "dispatcher")
          .code == 0);
  CHECK(desk.ask({"show", "B2"}).code == 0);
}

TEST_CASE("show says which orders may be about the same, which are too many, and what sensors read") {
  const Desk desk;
  const auto system = [&](std::vector<std::string> what) {
    const auto done = desk.act(std::move(what), "system");
    INFO(done.err);
    REQUIRE(done.code == 0);
  };
  system({"A1", "Report", "title=ice", "alert.sensor=s1", "alert.scenario=ice", "alert.at=2024-03-01T06:00",
          "alert.readings.name=temperature", "alert.readings.value=-3.5", "alert.readings.unit=C"});
  system({"A1", "AddAlertSample", "alert.sensor=s1", "alert.scenario=ice", "alert.at=2024-03-01T06:05",
          "alert.readings.name=temperature", "alert.readings.value=-1", "alert.readings.unit=C"});
  system({"A1", "SuggestDuplicates", "suggestion.candidates.order=B2", "suggestion.candidates.score=0.627",
          "suggestion.candidates.reasons.why=38 m away", "suggestion.candidates.reasons.why=same category 01.01"});
  system({"A1", "WarnOfRepeat", "warning.rule=often", "warning.colour=yellow", "warning.orders=A0", "warning.orders=A1",
          "warning.reason=2 reports of one person within 24 hours"});
  const auto shown = desk.ask({"show", "A1"}).out;
  INFO(shown);
  CHECK(has(shown, "  may be about the same as B2  0.627  38 m away, same category 01.01\n"));
  CHECK(has(shown, "  one of too many: 2 reports of one person within 24 hours (YELLOW), A0, A1\n"));
  CHECK(has(shown, "  2 alerts of ice from 2024-03-01 06:00:00 to 2024-03-01 06:05:00\n"));
  CHECK(has(shown, "    temperature -3.5 to -1 C, last -1\n"));
}

TEST_CASE("an order is moved to the next version of the policy after a look at what that does") {
  const Desk desk;
  REQUIRE(desk.act({"A1", "Report", "title=bicycles"}, "reporter").code == 0);
  REQUIRE(desk.act({"A1", "Accept", "category=01.02"}, "acceptor").code == 0);
  desk.publish("two", town(2, R"(minors { code: "01.01" name: "Pothole" duty_units: "works" }
                                 minors { code: "01.04" name: "Vehicles" })",
                           R"(mappings { old_code: "01.02" new_code: "01.04" })"));
  const auto look = desk.ask({"policy", "migrate", "--dry-run"});
  CHECK(look.code == 0);
  CHECK(has(look.out, "A1: from town version 1; category 01.02 -> 01.04"));
  CHECK(has(look.err, "1 of 1 orders would go to town version 2"));
  CHECK(has(desk.ask({"--json", "show", "A1"}).out, "\"category\":\"01.02\""));
  const auto without = desk.ask({"policy", "migrate"});
  CHECK(without.code == 1);
  CHECK(has(without.err, "refused [has_reason]"));
  const auto moved = desk.ask({"policy", "migrate", "--reason", "the catalogue of June"});
  CHECK(moved.code == 0);
  CHECK(has(moved.err, "1 of 1 orders went to town version 2"));
  CHECK(has(desk.ask({"--json", "show", "A1"}).out, "\"category\":\"01.04\""));
  CHECK(has(desk.ask({"policy", "migrate", "--reason", "again"}).err, "0 of 1 orders went"));
  CHECK(desk.ask({"verify"}).code == 0);
}
