// Explanations, as people read them.
#include "city/dispatch.h"

namespace pavior::city::tests {
namespace {

const std::string hazards_and_daily = R"(
tables {
  id: "hazards" hit: UNIQUE
  rows { id: "burst" when { categories: "02.01" grades: GRADE_MAJOR_HAZARD } then { unit: "water" joint_group: "bus_21" } }
}
tables {
  id: "daily"
  rows { id: "night" when { time { calendar: "works" part: NOT_WORKING } } then { strategy { kind: ON_DUTY } } }
  rows { id: "holes" when { categories: "01.01" conditions: "b" } then { unit: "works" } }
  rows { id: "roads" text: "Roads go to a crew nearby" when { categories: "01" grids: "3411" } then {
      strategy { kind: WEIGHTED kinds: "crew" weights { near: 2 free: 1 } } } }
  rows { id: "rest" when { categories: "02" } then { strategy { kind: DUTY_LIST } reason: "By the duty list" } }
}
)";

TEST_CASE("an explanation says who, why, on which facts, what was asked, and who else was looked at") {
  auto desk = Desk();
  desk.busy("south", 1, 9);
  const auto answer =
      desk.ask(town_policy(hazards_and_daily),
               R"(category: "01.01" condition: "a" grade: GRADE_COMPLEX grid: "3411/05/002" channel: "snap"
                                  location { latitude: 31.80 longitude: 117.30 } policy { id: "town" version: 2 })");
  CHECK(explain_text(answer.explanation) == R"(south leads
  because: Roads go to a crew nearby
  decided by: table daily, row roads
looked at
  category: 01.01
  filing condition: a
  grade: complex
  grid: 3411/05/002
  location: 31.800000, 117.300000
  channel: snap
  time: 2024-05-06T10:00:00 Asia/Shanghai
  calendar works: version 3, 10:00, working
  catalogue town version 2
  organisation town version 7
table hazards, the only row that fits: no row fits
  1 row is of other categories
table daily, the first row that fits: row roads decides
  + roads
  - night: the calendar works works then
  - holes: the filing condition is a, not b
  1 row is of other categories
candidates, the best first
  1. south 0.767
     near 0.900 x 2: 111 m away
     free 0.500 x 1: 1 of 2 at work
  2. north 0.540
     near 0.310 x 2: 2224 m away
     free 1.000 x 1: 0 of 2 at work
passed over
  4 of another kind than crew
  1 working elsewhere than in 3411/05/002
)");
}

TEST_CASE("an explanation tells who helps and why, and who cannot") {
  const auto answer = Desk().ask(town_policy(hazards_and_daily), R"(category: "02.01" grade: GRADE_MAJOR_HAZARD)");
  const auto name = [](std::string_view unit) { return "the " + std::string(unit); };
  CHECK(explain_text(answer.explanation, name) == R"(the water leads, with the help of the street, the works
  decided by: table hazards, row burst
  the street helps: of the joint group bus_21
  the works helps: of the joint group bus_21
looked at
  category: 02.01
  grade: major hazard
  time: 2024-05-06T10:00:00 Asia/Shanghai
  catalogue town version 2
  organisation town version 7
table hazards, the only row that fits: row burst decides
  + burst
candidates, the best first
  1. the water 1.000: named by the row
passed over
  1 cannot assist: gone is closed
)");
}

TEST_CASE("an explanation of nobody says so, and why") {
  const auto answer = Desk().ask(town_policy(hazards_and_daily), R"(category: "02.01" grade: GRADE_GENERAL)",
                                 monday_morning, {"water"});
  CHECK(explain_text(answer.explanation) == R"(water leads
  because: By the duty list
  decided by: table daily, row rest
  it had handed the order back, and nobody else was found
looked at
  category: 02.01
  grade: general
  time: 2024-05-06T10:00:00 Asia/Shanghai
  calendar works: version 3, 10:00, working
  handed back by: water
  catalogue town version 2
  organisation town version 7
table hazards, the only row that fits: no row fits
  - burst: the grade is general, not major hazard
table daily, the first row that fits: row rest decides
  + rest
  - night: the calendar works works then
  2 rows are of other categories
candidates, the best first
  1. water 1.000: number 1 of the duty list of 02.01
passed over
  6 without the duty of 02.01
)");
  const auto nobody = Desk().ask(town_policy(hazards_and_daily), R"(category: "09")");
  CHECK(explain_text(nobody.explanation) == R"(nobody was chosen: the order waits in the manual queue
  because: no table decided, and there is no fallback unit
looked at
  category: 09
  time: 2024-05-06T10:00:00 Asia/Shanghai
  calendar works: version 3, 10:00, working
  catalogue town version 2
  organisation town version 7
table hazards, the only row that fits: no row fits
  1 row is of other categories
table daily, the first row that fits: no row fits
  - night: the calendar works works then
  3 rows are of other categories
)");
}

TEST_CASE("each condition that does not hold says what is and what is wanted") {
  struct Case {
    std::string when;
    std::string order;
    std::string why;
  };
  for (const auto& one : std::vector<Case>{
           {R"(conditions: ["a", "b"])", "", "the filing condition is not given; wanted is a or b"},
           {"grades: [GRADE_GENERAL, GRADE_COMPLEX]", "", "the grade is not given, not general or complex"},
           {R"(grids: ["1", "2", "3"])", R"(grid: "4")", "the grid 4 is not in 1, 2 or 3"},
           {R"(grids: ["1", "2", "3", "5", "6", "7"])", "",
            "the grid is not given; wanted is one in 1, 2, 3, 5 or 2 others"},
           {R"(channels: "snap")", R"(channel: "12345")", "the channel is 12345, not snap"},
           {R"(profiles: "plain")", R"(profile: "emergency")", "the profile is emergency, not plain"},
           {R"(reporter_kinds: "sensor")", R"(reporter { kind: "citizen" })",
            "the kind of reporter is citizen, not sensor"},
           {R"(time { calendar: "works" from: "22:00" to: "06:00" })", "",
            "it is 10:00 by the calendar works, not between 22:00 and 06:00"},
           {R"(texts { field: "title" contains: ["burst", "leak"] })", "", "the title does not say burst or leak"},
           {R"(workloads { unit: "works" at_least: 3 })", "", "works has 0 at work, fewer than 3"},
           {R"(workloads { unit: "none" at_least: 3 })", "", "the organisation has no unit none"},
           {R"(skills: ["pipes", "rope"])", "", "nobody here is skilled in pipes and rope"},
       }) {
    const auto policy = town_policy(one_table("FIRST", row("it", one.when, "unit: \"works\"")));
    CHECK(Desk().ask(policy, one.order).explanation.tables(0).rows(0).why() == one.why);
  }
  const auto expired =
      town_policy(one_table("FIRST", R"(rows { id: "old" effective_to: "2024-05-05" then { unit: "works" } }
                  rows { id: "new" effective_from: "2024-05-07" then { unit: "works" } })"));
  const auto why = Desk().ask(expired, "").explanation;
  CHECK(why.tables(0).rows(0).why() == "it held until 2024-05-05");
  CHECK(why.tables(0).rows(1).why() == "it holds from 2024-05-07 on");
}

TEST_CASE("an explanation is bounded, however many rows and units there are") {
  std::string rows;
  for (int i = 0; i < 90; ++i)
    rows += row(fmt::format("r{}", i), i % 2 == 0 ? "grades: GRADE_COMPLEX" : "", R"(strategy { kind: ROUND_ROBIN })");
  std::vector<v1::HandlingUnit> units(3000);
  for (std::size_t i = 0; i < units.size(); ++i) units[i].set_id(fmt::format("u{}", i));
  const auto why = Desk(units).ask(town_policy(one_table("COLLECT", rows)), "").explanation;
  CHECK(why.tables(0).rows_size() == 10);
  CHECK(why.tables(0).rows_left_off() == 80);
  CHECK(why.candidates_left_off() == 2995);
  CHECK(why.ByteSizeLong() < 2000);
}

}  // namespace
}  // namespace pavior::city::tests
