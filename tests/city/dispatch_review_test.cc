// The review of decision tables: what it finds, and what it leaves alone.
#include "pavior/city/dispatch_review.h"

#include <fstream>
#include <iterator>
#include <string>

#include "city/dispatch.h"
#include "pavior/city/calendar_file.h"

namespace pavior::city::tests {
namespace {

constexpr Time reviewed_at = monday_morning;

std::vector<std::string> found(const std::string& rules, const DispatchWorld* world = nullptr) {
  std::vector<std::string> lines;
  for (const auto& finding : review_dispatch(town_policy(rules), world, reviewed_at))
    lines.push_back(finding_text(finding));
  return lines;
}

using Lines = std::vector<std::string>;

// Ends the search for gaps.
const std::string no_gaps = "fallback_unit: \"grid_centre\"";
const std::string works = R"(unit: "works" reason: "so it is")";

TEST_CASE("nothing is found in sound tables, nor where there are none") {
  CHECK(found("") == Lines{});
  CHECK(found(one_table("FIRST", row("a", R"(categories: "01.01" grades: GRADE_COMPLEX)", works) +
                                     row("b", R"(categories: "01")", works) + row("c", "", works))) == Lines{});
}

TEST_CASE("a gap: no row fits some grades of some categories") {
  CHECK(
      found(one_table("FIRST", row("a", R"(categories: "01" grades: [GRADE_GENERAL, GRADE_COMPLEX])", works) +
                                   row("b", R"(grades: GRADE_MAJOR_HAZARD)", works))) ==
      Lines{
          "error: dispatch.tables: no row fits for some orders of 01.01, 01.02 with the grade not given; add a row, or "
          "name a fallback_unit; for example category 01.01, filing condition a, grade not given, channel 12345, "
          "profile plain",
          "error: dispatch.tables: no row fits for some orders of 02.01 with the grade not given, general, complex; "
          "add "
          "a row, or name a fallback_unit; for example category 02.01, grade not given, channel 12345, profile plain"});
}

TEST_CASE("a gap in one corner, which no single condition shows") {
  const std::string all_but_one = row("a", R"(channels: "12345")", works) + row("b", R"(grids: "3411/05")", works) +
                                  row("c", R"(profiles: "plain")", works) +
                                  row("d", R"(reporter_kinds: "sensor")", works);
  const auto lines = found(one_table("FIRST", all_but_one));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].ends_with(
      "for example category 01.01, filing condition a, grade not given, any other grid, channel snap, "
      "profile emergency, any other kind of reporter"));
  CHECK(found(one_table("FIRST", all_but_one + row("e", R"(channels: "snap" profiles: "emergency")", works))) ==
        Lines{});
  CHECK(found(one_table("FIRST", all_but_one, no_gaps)) == Lines{});
}

TEST_CASE("a possible gap: only rows that ask for a time, a text, a workload or skills fit") {
  const auto lines = found(one_table("FIRST", row("a", R"(time { calendar: "works" part: WORKING })", works) +
                                                  row("b", R"(categories: "01")", works)));
  CHECK(lines ==
        Lines{"warning: dispatch.tables: only rows that ask for a time, a text, a workload or skills fit for some "
              "orders of 02.01 with the grade not given, general, complex, major hazard; add a row, or name a "
              "fallback_unit; for example category 02.01, grade not given, channel 12345, profile plain"});
}

TEST_CASE("an overlap: two rows of a UNIQUE table fit together") {
  const auto unique = [](const std::string& one, const std::string& other) {
    return found(one_table("UNIQUE", row("a", one, works) + row("b", other, works), no_gaps));
  };
  CHECK(
      unique(R"(categories: "01" channels: "snap")", R"(grades: GRADE_COMPLEX grids: "3411")") ==
      Lines{
          "error: dispatch.tables[0].rows[1]: rows a and b can fit together, and then neither decides; tell them apart "
          "by a condition, or let the table be FIRST; for example category 01.01, filing condition a, grade complex, "
          "grid 3411, channel snap, profile plain"});
  CHECK(unique(R"(categories: "01")", R"(categories: "02")") == Lines{});
  CHECK(unique(R"(grids: "3411/05")", R"(grids: "3411/06")") == Lines{});
  CHECK(unique(R"(grids: "3411/05")", R"(grids: "3411")").size() == 1);
  CHECK(unique(R"(time { calendar: "works" part: WORKING })", R"(time { calendar: "works" part: NOT_WORKING })") ==
        Lines{});
  CHECK(unique(R"(time { calendar: "works" from: "22:00" to: "06:00" })",
               R"(time { calendar: "works" from: "06:00" to: "22:00" })") == Lines{});
  CHECK(unique(R"(time { calendar: "works" from: "22:00" to: "06:00" })",
               R"(time { calendar: "works" from: "05:00" to: "07:00" })")
            .size() == 1);
  CHECK(unique(R"(workloads { unit: "north" at_most: 3 })", R"(workloads { unit: "north" at_least: 4 })") == Lines{});
  CHECK(unique(R"(workloads { unit: "north" at_most: 3 })", R"(workloads { unit: "south" at_least: 4 })").size() == 1);
  CHECK(
      unique(R"(texts { field: "title" contains: "burst" })", R"(texts { field: "title" contains: "leak" })").size() ==
      1);
  // The calendar tells, so it is only a warning.
  const auto maybe =
      unique(R"(time { calendar: "works" part: WORKING })", R"(time { calendar: "works" from: "22:00" to: "06:00" })");
  REQUIRE(maybe.size() == 1);
  CHECK(maybe[0].starts_with("warning: dispatch.tables[0].rows[1]: rows a and b may fit together"));
}

TEST_CASE("rows of different days do not overlap") {
  const auto days = [](const std::string& from, const std::string& to) {
    return found(one_table("UNIQUE",
                           R"(rows { id: "a" effective_to: "2024-05-31" then { )" + works + "} }" +
                               R"(rows { id: "b" effective_from: ")" + from + "\" " + to + " then { " + works + "} }",
                           no_gaps));
  };
  CHECK(days("2024-06-01", "") == Lines{});
  CHECK(days("2024-05-31", "").size() == 1);
}

TEST_CASE("a shadowed row: those before it decide every case it could") {
  const auto first = [](const std::string& rows) { return found(one_table("FIRST", rows, no_gaps)); };
  CHECK(
      first(row("a", R"(categories: "01")", works) + row("b", R"(categories: "01.01" grades: GRADE_COMPLEX)", works)) ==
      Lines{
          "error: dispatch.tables[0].rows[1]: row b never decides: a is always asked before it and fits; put it first, "
          "or take it out"});
  CHECK(first(row("a", R"(channels: "12345")", works) + row("b", R"(channels: "snap")", works) + row("c", "", works)) ==
        Lines{"error: dispatch.tables[0].rows[2]: row c never decides: a, b are always asked before it and one of them "
              "fits; put it first, or take it out"});
  CHECK(first(row("a", R"(channels: "12345")", works) + row("c", "", works)) == Lines{});
  // What the row before asks for besides must follow from the row.
  CHECK(first(row("a", R"(texts { field: "title" contains: "leak" })", works) +
              row("b", R"(texts { field: "title" contains: "gas leak" })", works))
            .size() == 1);
  CHECK(first(row("a", R"(texts { field: "title" contains: "gas leak" })", works) +
              row("b", R"(texts { field: "title" contains: "leak" })", works)) == Lines{});
  CHECK(first(row("a", R"(time { calendar: "works" from: "20:00" to: "07:00" })", works) +
              row("b", R"(time { calendar: "works" from: "22:00" to: "06:00" })", works))
            .size() == 1);
  CHECK(first(row("a", R"(time { calendar: "works" from: "22:00" to: "06:00" })", works) +
              row("b", R"(time { calendar: "works" from: "20:00" to: "07:00" })", works)) == Lines{});
  CHECK(first(row("a", R"(workloads { unit: "north" at_least: 2 })", works) +
              row("b", R"(workloads { unit: "north" at_least: 3 at_most: 5 })", works))
            .size() == 1);
  CHECK(first(row("a", R"(skills: "rope")", works) + row("b", R"(skills: ["rope", "pipes"])", works)).size() == 1);
}

TEST_CASE("in a PRIORITY table it is the greater priority that shadows") {
  const std::string rows = R"(rows { id: "a" when { categories: "01.01" } then { )" + works + R"( } }
                              rows { id: "b" priority: 2 when { categories: "01" } then { )" +
                           works + " } }";
  CHECK(
      found(one_table("PRIORITY", rows, no_gaps)) ==
      Lines{
          "error: dispatch.tables[0].rows[0]: row a never decides: b is always asked before it and fits; put it first, "
          "or take it out"});
  CHECK(found(one_table("COLLECT", row("a", "", works) + row("b", "", works), no_gaps)) == Lines{});
}

TEST_CASE("an unreachable row: its days are over, or its conditions contradict each other") {
  CHECK(found(one_table("FIRST", R"(rows { id: "old" effective_to: "2024-05-05" then { )" + works + "} }", no_gaps)) ==
        Lines{"warning: dispatch.tables[0].rows[0]: row old held until 2024-05-05, which is over; take it out"});
  CHECK(
      found(one_table(
          "FIRST", row("a", R"(workloads { unit: "works" at_most: 3 } workloads { unit: "works" at_least: 5 })", works),
          no_gaps)) == Lines{"error: dispatch.tables[0].rows[0]: row a has conditions that no order fulfils together; "
                             "take one of them out"});
  CHECK(
      found(one_table("FIRST", row("a", R"(time { calendar: "works" part: WORKING from: "22:00" to: "06:00" })", works),
                      no_gaps))
          .size() == 1);
}

TEST_CASE("a unit without the duty needs a reason") {
  const auto then = [](const std::string& text, const DispatchWorld* world = nullptr) {
    return found(one_table("FIRST", row("a", R"(categories: ["01.01", "02"])", text), no_gaps), world);
  };
  CHECK(then(R"(unit: "works")") == Lines{"warning: dispatch.tables[0].rows[0].then: works gets orders of 02.01, which "
                                          "are not its duty; give the row a "
                                          "reason, or name a unit of the duty list"});
  CHECK(then(works) == Lines{});
  CHECK(then("strategy { kind: DUTY_LIST }") == Lines{});
  CHECK(then(R"(strategy { kind: ROUND_ROBIN units: ["works", "water"] })").size() == 2);
  CHECK(then(R"(unit: "north")").size() == 1);
  // By its own account it has that of the roads.
  const Desk desk;
  CHECK(then(R"(unit: "north")", desk.world.get())[0].find("north gets orders of 02.01, which") != std::string::npos);
}

TEST_CASE("what the organisation does not have is told by its place") {
  const Desk desk;
  CHECK(
      found(R"(tables { id: "a"
    rows { id: "1" when { grids: "3412" categories: "01.02" workloads { unit: "nobody" at_least: 1 } }
           then { unit: "gone" reason: "r" assists: ["works", "many"] joint_group: "bus_22" } }
    rows { id: "2" when { categories: "01.02" } then { strategy { kind: ROUND_ROBIN kinds: "squadron" } } }
    rows { id: "3" when { categories: "01.01" } then { strategy { kind: SKILLED skills: ["rope", "pipes"] } } }
    rows { id: "4" then { joint_group: "bus_21" } } }
    fallback_unit: "other")",
            desk.world.get()) ==
      Lines{
          "error: dispatch.tables[0].rows[0].when.grids[0]: the organisation has no grid 3412; name one that it has",
          "error: dispatch.tables[0].rows[0].when.workloads[0].unit: the organisation has no unit nobody; name one "
          "that it "
          "has",
          "error: dispatch.tables[0].rows[0].then.unit: the unit gone is closed; name one that is open",
          "error: dispatch.tables[0].rows[0].then.joint_group: the organisation has no joint group bus_22; name one "
          "that it "
          "has",
          "error: dispatch.tables[0].rows[0].then.assists[1]: the organisation has no unit many; name one that it has",
          "error: dispatch.tables[0].rows[1].then.strategy: the organisation has nobody of these units, kinds and "
          "skills; "
          "ask for less",
          "error: dispatch.tables[0].rows[2].then.strategy: the organisation has nobody of these units, kinds and "
          "skills; "
          "ask for less",
          "error: dispatch.fallback_unit: the organisation has no unit other; name one that it has",
      });
}

std::string file_text(const std::string& path) {
  std::ifstream file(PAVIOR_SOURCE_DIR "/examples/" + path, std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_CASE("nothing is found in the catalogues that ship") {
  Calendars calendars;
  for (const std::string name : {"cn", "us"})
    REQUIRE(
        calendars.add(Calendar::make(read_calendar(file_text("calendars/" + name + ".textproto")).value()).value()));
  for (const std::string name : {"district", "boston"}) {
    INFO(name);
    const auto read = read_catalogue(file_text("catalogues/" + name + ".textproto"), calendars);
    if (!read) FAIL(read.error());
    const auto policy = Policy::make(*read, calendars).value();
    CHECK(!policy.dispatch().empty());
    Lines lines;
    for (const auto& finding : review_dispatch(policy, nullptr, reviewed_at)) lines.push_back(finding_text(finding));
    CHECK(lines == Lines{});
  }
}

}  // namespace
}  // namespace pavior::city::tests
