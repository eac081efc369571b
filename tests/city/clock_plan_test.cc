// Plans that make no sense: each is refused with its place and the mend.
#include <string>

#include "city/clocked_city.h"

namespace pavior::city::tests {
namespace {

/// What is said of a plan of one clock, given whatever differs from a sound one.
std::string said(const std::string& fields) {
  const auto plan = read_clock_plan("clocks {\n  " + fields + "\n}\n");
  if (!plan) return plan.error().message();
  const auto made = ClockPlan::make(*plan, testing::calendars_of(testing::shipped("cn")));
  return made ? "sound" : made.error().message();
}

const std::string limit = R"(limits { limit { amount: 4 unit: UNIT_WORK_HOUR } } )";
const std::string hnd = R"(name: "HND" calendar: "cn" )";

TEST_CASE("the shipped plan is sound, and a plan in JSON is one too") {
  CHECK(read_clock_plan(shipped_plan()).value().clocks_size() == 12);
  CHECK(read_clock_plan(R"({"clocks": [{"name": "HND", "calendar": "cn", "starts": ["Dispatched"],
    "limits": [{"limit": {"amount": 4, "unit": "UNIT_HOUR"}}]}]})")
            .has_value());
}

TEST_CASE("a plan that makes no sense names the place and the mend") {
  CHECK(said(hnd + limit + R"(starts: "Dispatched")") == "sound");
  CHECK(said(R"(calendar: "cn")") == "1:1: clocks[0].name: a clock has a name of 1 to 64 bytes, like HND");
  CHECK(said(R"(name: "MS/" calendar: "cn")") ==
        "2:3: clocks[0].name: 'MS/' has a slash at its end; write the clock and its subject, like MS/fenced");
  CHECK(said(R"(name: "SUP/a" each: true calendar: "cn")") ==
        "2:3: clocks[0].name: a clock for each subject is named without one");
  CHECK(said(R"(name: "HND")") == "1:1: clocks[0].calendar: name the calendar that counts");
  CHECK(said(hnd) == "1:1: clocks[0].limits: give 1 to 10000 limits");
  CHECK(said(hnd + limit) == "1:1: clocks[0].starts: name the fact that starts the clock");
  CHECK(said(hnd + limit + R"(starts: "Sent")") ==
        "2:82: clocks[0].starts[0]: 'Sent' is no fact of an order; docs/lifecycle.md lists them");
  CHECK(said(hnd + limit + R"(starts: "Dispatched" stops: "Dispatched")") ==
        "2:103: clocks[0].stops[0]: Dispatched stands in starts already; a fact does one thing to a clock");
  CHECK(said(hnd + limit + R"(starts: "Dispatched" ladder { name: "half" percent: 50 step: REMIND })") ==
        "2:103: clocks[0].ladder[0].roles: name at least one role that is told");
  CHECK(said(R"(name: "SUP" calendar: "cn" each: true )" + limit +
             R"(starts: "SupervisionOrdered" ladder { name: "over" after: 0 step: SUPERVISE roles: "mayor" })")
            .ends_with("ladder[0].step: the clock of a supervision orders none; let it ESCALATE"));
  CHECK(said("colour: 1").find("has no field named \"colour\"") != std::string::npos);
}

TEST_CASE("a fact may start a clock that is not there, and take up again one that waits or has ended") {
  CHECK(said(hnd + limit + R"(starts: "Dispatched" pauses: "Returned" resumes: "Dispatched")") == "sound");
  CHECK(said(hnd + limit + R"(starts: "Dispatched" stops: "Returned" goes_on: "Dispatched")") == "sound");
  CHECK(said(hnd + limit + R"(starts: "Dispatched" pauses: "Returned" cancels: "Returned")")
            .ends_with("cancels[0]: Returned stands in pauses already; a fact does one thing to a clock"));
}

TEST_CASE("a plan whose calendars are not there, or cannot count its limits, is refused when it is made") {
  CHECK(said(R"(name: "HND" calendar: "mars" starts: "Dispatched" )" + limit) ==
        "clocks[0].calendar: the calendar mars is not loaded");
  CHECK(said(hnd + limit +
             R"(starts: "Dispatched" ladder { name: "a" after: 1 step: REMIND roles: "x" notify_in: "mars" })") ==
        "clocks[0].ladder[0].notify_in: the calendar mars is not loaded");
  CHECK(said(hnd + R"(starts: "Dispatched" limits { limit { amount: 0 unit: UNIT_HOUR } })")
            .starts_with("clocks[0].limits[0].limit: amount:"));
  CHECK(said(hnd + R"(starts: "Dispatched" limits { limit { amount: 2 unit: UNIT_HOUR end: END_OF_DAY } })")
            .starts_with("clocks[0].limits[0].limit: "));
}

TEST_CASE("two clocks of one name are one too many") {
  const std::string clock = "clocks { " + hnd + limit + R"(starts: "Dispatched" })";
  CHECK(read_clock_plan(clock + '\n' + clock).error().message() ==
        "2:10: clocks[1].name: there is a clock HND already");
}

}  // namespace
}  // namespace pavior::city::tests
