// Decision tables: which row fits, and which one decides.
#include "city/dispatch.h"

namespace pavior::city::tests {
namespace {

struct Fit {
  std::string when;
  std::string order;
  bool fits = false;
};

/// Whether a row with the condition fits the order.
bool fits(const std::string& when, const std::string& order, Time at = monday_morning) {
  const auto policy = town_policy(one_table("FIRST", row("it", when, "unit: \"works\"")));
  return Desk().said(policy, order, at) == "works by row it of main";
}

void check(const std::vector<Fit>& cases) {
  for (const auto& one : cases) {
    INFO(one.when << " and " << one.order);
    CHECK(fits(one.when, one.order) == one.fits);
  }
}

TEST_CASE("conditions over what an order is") {
  const std::string pothole = R"(category: "01.01" condition: "a" grade: GRADE_COMPLEX channel: "snap" profile: "plain"
                                 grid: "3411/05/002" reporter { kind: "observer" })";
  check({
      {"", pothole, true},
      {"", "", true},
      {R"(categories: "01.01")", pothole, true},
      {R"(categories: "01")", pothole, true},
      {R"(categories: "02")", pothole, false},
      {R"(categories: ["02", "01.01"])", pothole, true},
      {R"(categories: "01.01" conditions: "a")", pothole, true},
      {R"(categories: "01.01" conditions: "b")", pothole, false},
      {"grades: GRADE_COMPLEX", pothole, true},
      {"grades: [GRADE_GENERAL, GRADE_MAJOR_HAZARD]", pothole, false},
      {"grades: [GRADE_GENERAL, GRADE_COMPLEX, GRADE_MAJOR_HAZARD]", "", false},
      {R"(grids: "3411/05")", pothole, true},
      {R"(grids: "3411/05/002")", pothole, true},
      {R"(grids: "3411/0")", pothole, false},
      {R"(grids: "3411/05/002/1")", pothole, false},
      {R"(grids: ["3411/06", "3411"])", pothole, true},
      {R"(channels: "snap")", pothole, true},
      {R"(channels: "12345")", pothole, false},
      {R"(profiles: ["plain", "emergency"])", pothole, true},
      {R"(profiles: "emergency")", pothole, false},
      {R"(reporter_kinds: ["sensor", "observer"])", pothole, true},
      {R"(reporter_kinds: "sensor")", pothole, false},
      {R"(categories: "01" grids: "3411" channels: "12345")", pothole, false},
  });
}

TEST_CASE("conditions over what an order says, whatever the case of its letters") {
  const std::string burst =
      R"(title: "Water on Main Street" description: "A pipe has BURST" location { address: "锦绣路 7" }
                               external_reference: "H-17")";
  check({
      {R"(texts { field: "description" contains: ["leak", "burst"] })", burst, true},
      {R"(texts { field: "title" contains: "BURST" })", burst, false},
      {R"(texts { field: "title" contains: "main" } texts { field: "description" contains: "pipe" })", burst, true},
      {R"(texts { field: "title" contains: "main" } texts { field: "description" contains: "wire" })", burst, false},
      {R"(texts { field: "address" contains: "锦绣路" })", burst, true},
      {R"(texts { field: "external_reference" contains: "h-1" })", burst, true},
      {R"(texts { field: "attributes.surface" contains: "brick" })", burst, false},
  });
  const auto policy = town_policy(
      one_table("FIRST", row("it", R"(texts { field: "attributes.surface" contains: "brick" })", "unit: \"works\"")));
  const Desk desk;
  const v1::WorkOrder order;
  const auto dispatcher = RuleDispatcher::make(desk.world, desk.workload).value();
  CHECK(dispatcher.choose({order, policy, monday_morning, {}, {{"surface", "red Bricks"}}}).lead == "works");
}

TEST_CASE("conditions over the time in a calendar") {
  using std::chrono::hours;
  struct Case {
    std::string time;
    Time at;
    bool fits;
  };
  const Time night = monday_morning + hours(13), sunday = monday_morning - hours(24),
             after = monday_morning + hours(24 * 300);
  for (const auto& one : std::vector<Case>{
           {"part: WORKING", monday_morning, true},
           {"part: WORKING", night, false},
           {"part: WORKING", sunday, false},
           {"part: NOT_WORKING", sunday, true},
           {"part: NOT_WORKING", monday_morning, false},
           {R"(from: "22:00" to: "06:00")", night, true},
           {R"(from: "22:00" to: "06:00")", night + hours(6), true},
           {R"(from: "22:00" to: "06:00")", night + hours(7), false},
           {R"(from: "10:00" to: "10:01")", monday_morning, true},
           {R"(from: "09:00" to: "10:00")", monday_morning, false},
           {R"(part: WORKING from: "22:00" to: "06:00")", night, false},
           // The calendar does not speak of 2025: neither of the two can be told.
           {"part: WORKING", after, false},
           {"part: NOT_WORKING", after, false},
       }) {
    INFO(one.time);
    CHECK(fits("time { calendar: \"works\" " + one.time + " }", "", one.at) == one.fits);
  }
}

TEST_CASE("a row holds on its days, the first and the last one included") {
  using std::chrono::hours;
  const auto policy = town_policy(one_table(
      "FIRST", R"(rows { id: "may" effective_from: "2024-05-06" effective_to: "2024-05-07" then { unit: "works" } })"));
  const Time midnight = monday_morning - hours(10);
  const Desk desk;
  CHECK(desk.said(policy, "", midnight - std::chrono::microseconds(1)) == "manual queue");
  CHECK(desk.said(policy, "", midnight) == "works by row may of main");
  CHECK(desk.said(policy, "", midnight + hours(48) - std::chrono::microseconds(1)) == "works by row may of main");
  CHECK(desk.said(policy, "", midnight + hours(48)) == "manual queue");
}

TEST_CASE("conditions over workload and skills") {
  struct Case {
    std::string when;
    bool fits;
  };
  const auto fits_busy = [](const std::string& when) {
    const auto policy = town_policy(one_table("FIRST", row("it", when, "unit: \"works\"")));
    return !Desk().busy("north", 3).ask(policy, R"(grid: "3411/05/001")").in_manual_queue();
  };
  for (const auto& one : std::vector<Case>{
           {R"(workloads { unit: "north" at_least: 3 })", true},
           {R"(workloads { unit: "north" at_least: 4 })", false},
           {R"(workloads { unit: "north" at_most: 2 })", false},
           {R"(workloads { unit: "north" at_least: 1 at_most: 3 })", true},
           {R"(workloads { unit: "street" at_most: 0 })", true},
           {R"(workloads { unit: "nobody" at_most: 9 })", false},
           {R"(skills: ["pipes", "digging"])", true},
           {R"(skills: ["pipes", "rope"])", false},
           {R"(skills: "rope")", false},  // Somebody else's grid.
       }) {
    INFO(one.when);
    CHECK(fits_busy(one.when) == one.fits);
  }
}

TEST_CASE("a table decides by its hit policy") {
  const std::string rows = row("roads", R"(categories: "01")", R"(unit: "works" assists: "street")") +
                           row("deep", R"(conditions: "a")", R"(unit: "water" assists: "south")") +
                           row("water", R"(categories: "02")", R"(unit: "water")");
  const std::string deep = R"(category: "01.01" condition: "a")", bicycles = R"(category: "01.02")";
  const Desk desk;
  SECTION("the first row that fits") {
    const auto policy = town_policy(one_table("FIRST", rows));
    CHECK(desk.said(policy, deep) == "works + street by row roads of main");
    CHECK(desk.said(policy, R"(category: "02.01")") == "water by row water of main");
    CHECK(desk.said(policy, R"(category: "09")") == "manual queue");
  }
  SECTION("only one row may fit") {
    const auto policy = town_policy(one_table("UNIQUE", rows));
    CHECK(desk.said(policy, bicycles) == "works + street by row roads of main");
    CHECK(desk.said(policy, deep) == "manual queue");
    CHECK(desk.ask(policy, deep).explanation.tables(0).outcome() ==
          "rows roads, deep fit, and only one may, so none decides");
  }
  SECTION("the row of the greatest priority, and the first of equal ones") {
    auto data = town_policy(one_table("PRIORITY", rows)).data();
    data.mutable_dispatch()->mutable_tables(0)->mutable_rows(1)->set_priority(5);
    CHECK(desk.said(Policy::make(data).value(), deep) == "water + south by row deep of main");
    CHECK(desk.said(Policy::make(data).value(), bicycles) == "works + street by row roads of main");
    data.mutable_dispatch()->mutable_tables(0)->mutable_rows(0)->set_priority(5);
    CHECK(desk.said(Policy::make(data).value(), deep) == "works + street by row roads of main");
  }
  SECTION("the best candidate of all rows, and everybody's assists") {
    const auto policy = town_policy(one_table("COLLECT", rows));
    CHECK(Desk().busy("works", 1, 20).busy("water", 1, 10).said(policy, deep) ==
          "water + street, south by row deep of main");
    CHECK(Desk().busy("works", 1, 10).busy("water", 1, 20).said(policy, deep) ==
          "works + street, south by row roads of main");
  }
}

TEST_CASE("tables are asked in their order until one decides, then the fallback unit has it") {
  const std::string closed = R"(tables { id: "first" rows { id: "crew" then { unit: "gone" } } })";
  const std::string second =
      R"(tables { id: "second" rows { id: "roads" when { categories: "01" } then { unit: "works" } } })";
  const auto policy = town_policy(closed + second + R"(fallback_unit: "grid_centre")");
  const Desk desk;
  CHECK(desk.said(policy, R"(category: "01.01")") == "works by row roads of second");
  CHECK(desk.ask(policy, R"(category: "01.01")").explanation.tables(0).outcome() ==
        "row crew fits, but nobody can have it: 1 closed: gone");
  CHECK(desk.said(policy, R"(category: "02.01")") == "grid_centre by fallback");
  for (const auto& [fallback, why] :
       {std::pair("", "no table decided, and there is no fallback unit"),
        std::pair(R"(fallback_unit: "gone")", "no table decided, and the fallback unit gone is closed"),
        std::pair(R"(fallback_unit: "other")",
                  "no table decided, and the fallback unit other is not in the organisation")}) {
    const auto answer = desk.ask(town_policy(closed + fallback), "");
    CHECK(answer.in_manual_queue());
    CHECK(answer.explanation.reason() == why);
  }
  CHECK(desk.said(Policy(), "") == "manual queue");
}

TEST_CASE("who handed an order back gets it again only if there is nobody else") {
  const std::string rows = row("crews", "", R"(strategy { kind: ROUND_ROBIN units: ["north", "south"] })");
  const auto policy = town_policy(one_table("FIRST", rows));
  const Desk desk;
  CHECK(desk.said(policy, "") == "north by row crews of main");
  CHECK(desk.said(policy, "", monday_morning, {"north"}) == "south by row crews of main");
  CHECK(desk.said(policy, "", monday_morning, {"north", "south"}) == "north by row crews of main, again");
  const auto with_fallback = town_policy(one_table("FIRST", rows, R"(fallback_unit: "grid_centre")"));
  CHECK(desk.said(with_fallback, "", monday_morning, {"north", "south"}) == "grid_centre by fallback");
  CHECK(desk.said(with_fallback, "", monday_morning, {"north", "south", "grid_centre"}) ==
        "north by row crews of main, again");
}

TEST_CASE("assists come from the row, from a joint group, and from those who have the duty too") {
  const Desk desk;
  const std::string pothole = R"(category: "01.01")";
  const auto said = [&](const std::string& then) {
    return desk.said(town_policy(one_table("FIRST", row("it", "", then))), pothole);
  };
  CHECK(said(R"(joint_group: "bus_21")") == "street + works, water by row it of main");
  CHECK(said(R"(unit: "water" joint_group: "bus_21" assists: "north")") ==
        "water + north, street, works by row it of main");
  CHECK(said(R"(strategy { kind: DUTY_LIST } others_with_duty_assist: true)") == "works + street by row it of main");
  CHECK(said(R"(joint_group: "bus_22")") == "manual queue");
}

}  // namespace
}  // namespace pavior::city::tests
