// Strategies: whom each finds, in which order, and why others are none.
#include "city/dispatch.h"

namespace pavior::city::tests {
namespace {

const std::string pothole_here =
    R"(category: "01.01" grid: "3411/05/002" location { latitude: 31.80 longitude: 117.30 })";

v1::DispatchExplanation why(const Desk& desk, const std::string& strategy, const std::string& order = pothole_here,
                            std::vector<std::string> handed_back = {}) {
  const auto policy = town_policy(one_table("FIRST", row("it", "", "strategy { " + strategy + " }")));
  return desk.ask(policy, order, monday_morning, std::move(handed_back)).explanation;
}

/// "north 1.000 never had an order; south 0.500 ..."
std::string found(const Desk& desk, const std::string& strategy, const std::string& order = pothole_here) {
  std::string text;
  const auto explanation = why(desk, strategy, order);
  for (const auto& one : explanation.candidates())
    text += fmt::format("{}{} {:.3f} {}", text.empty() ? "" : "; ", one.unit(), one.score(), one.why());
  return text;
}

/// "2 not on duty; 1 closed", also where nobody is left.
std::string passed(const Desk& desk, const std::string& strategy, const std::string& order = pothole_here) {
  std::string text;
  const auto explanation = why(desk, strategy, order);
  if (explanation.lead().empty()) return explanation.tables(0).outcome();
  for (const auto& one : explanation.passed())
    text += fmt::format("{}{} {}", text.empty() ? "" : "; ", one.units(), one.why());
  return text;
}

TEST_CASE("the responsibility grid, and those above it") {
  const Desk desk;
  CHECK(found(desk, "kind: RESPONSIBILITY_GRID") ==
        "street 0.500 responsible for 3411/05; grid_centre 0.333 responsible for 3411");
  CHECK(found(desk, "kind: RESPONSIBILITY_GRID", R"(grid: "3411/06")") == "grid_centre 0.500 responsible for 3411");
  CHECK(passed(desk, "kind: RESPONSIBILITY_GRID", R"(grid: "3412")") ==
        "row it fits, but nobody can have it: 7 not responsible for 3412 or above");
  CHECK(passed(desk, "kind: RESPONSIBILITY_GRID", "") ==
        "row it fits, but nobody can have it: 7 of some grid, and the order has none");
}

TEST_CASE("the duty list of the category, in its order, and then whoever has the duty by its own account") {
  const Desk desk;
  CHECK(found(desk, "kind: DUTY_LIST") ==
        "works 1.000 number 1 of the duty list of 01.01; street 0.500 number 2 of the duty list of 01.01; "
        "north 0.333 has the duty of 01.01 by its own account");
  CHECK(found(desk, "kind: DUTY_LIST", R"(category: "01.02" grid: "3411/05")") ==
        "north 1.000 has the duty of 01.02 by its own account; street 1.000 has the duty of 01.02 by its own account");
  CHECK(passed(desk, "kind: DUTY_LIST", R"(category: "09" grid: "3411/05")") ==
        "row it fits, but nobody can have it: 7 without the duty of 09");
}

TEST_CASE("the nearest, by the great circle") {
  const Desk desk;
  CHECK(found(desk, R"(kind: NEAREST kinds: "crew")") == "south 0.900 111 m away; north 0.310 2224 m away");
  CHECK(passed(desk, R"(kind: NEAREST kinds: "crew" metres_max: 500)") ==
        "4 of another kind than crew; 1 farther than 500 m; 1 working elsewhere than in 3411/05/002");
  CHECK(passed(desk, "kind: NEAREST", R"(grid: "3411/05")") ==
        "row it fits, but nobody can have it: 2 working elsewhere than in 3411/05; 5 at an unknown distance: the order "
        "has no location");
  CHECK(passed(desk, R"(kind: NEAREST units: ["works", "water"])") ==
        "1 at a place that the organisation does not tell");
}

TEST_CASE("the least loaded") {
  auto desk = Desk();
  desk.busy("works", 4).busy("north", 1, 5).busy("south", 1, 4);
  CHECK(found(desk, R"(kind: LEAST_LOADED units: ["works", "north", "south"])") ==
        "south 0.500 1 of 2 at work; north 0.500 1 of 2 at work; works 0.200 4 of 10 at work");
  desk.busy("south", 2);
  CHECK(passed(desk, R"(kind: LEAST_LOADED units: ["works", "north", "south", "gone", "none"] below_capacity: true)") ==
        "1 closed; 1 not in the organisation; 1 without room for more");
}

TEST_CASE("round robin: whose last dispatch is the oldest, and by id where nobody had one") {
  auto desk = Desk();
  CHECK(found(desk, R"(kind: ROUND_ROBIN kinds: "crew")") ==
        "north 1.000 never had an order; south 1.000 never had an order");
  desk.busy("north", 1, 10).busy("south", 3, 9);
  CHECK(found(desk, R"(kind: ROUND_ROBIN kinds: "crew")") ==
        "south 1.000 last had one at 9; north 1.000 last had one at 10");
}

TEST_CASE("round robin gives each its turn") {
  const Desk desk;
  const auto policy = town_policy(
      one_table("FIRST", row("it", "", R"(strategy { kind: ROUND_ROBIN units: ["works", "north", "south"] })")));
  std::string turns;
  for (int i = 1; i <= 6; ++i) {
    const auto lead = desk.ask(policy, pothole_here).lead;
    desk.workload->dispatched(*desk.world->number_of(lead), i);
    turns += lead + " ";
  }
  CHECK(turns == "north south works north south works ");
  CHECK(desk.workload->of(*desk.world->number_of("north")) == UnitLoad{2, 4});
  for (int i = 0; i < 3; ++i) desk.workload->ended(*desk.world->number_of("north"));
  CHECK(desk.workload->of(*desk.world->number_of("north")) == UnitLoad{0, 4});
}

TEST_CASE("the skilled, and among them who can do the least besides") {
  const Desk desk;
  CHECK(found(desk, R"(kind: SKILLED skills: "digging")") ==
        "north 1.000 has these skills alone; works 1.000 has these skills alone; "
        "water 0.500 has 1 skill besides; south 0.333 has 2 skills besides");
  CHECK(passed(desk, R"(kind: SKILLED skills: ["digging", "pipes"])") == "6 not skilled in pipes");
  CHECK(passed(desk, R"(kind: SKILLED skills: ["pipes", "rope"])") ==
        "row it fits, but nobody can have it: 6 not skilled in pipes; 1 not skilled in rope");
}

TEST_CASE("on duty now, in turn") {
  auto desk = Desk();
  CHECK(found(desk, "kind: ON_DUTY") ==
        "north 1.000 on duty, never had an order; water 1.000 on duty, never had an order");
  desk.busy("north", 0, 1);
  CHECK(why(desk, "kind: ON_DUTY").lead() == "water");
  CHECK(passed(desk, R"(kind: ROUND_ROBIN kinds: "crew" on_duty: true)") ==
        "4 of another kind than crew; 1 not on duty; 1 working elsewhere than in 3411/05/002");
}

TEST_CASE("a weighted score is the sum of its shares, each told with its number") {
  auto desk = Desk();
  desk.busy("works", 4, 30).busy("north", 1, 10).busy("south", 0, 20);
  const auto explanation = why(desk, R"(kind: WEIGHTED units: ["works", "north", "south"] skills: ["digging", "rope"]
                   weights { near: 2 free: 1 skilled: 1 on_duty: 1 duty: 1 waiting: 2 })");
  std::string text;
  for (const auto& one : explanation.candidates()) {
    text += fmt::format("{} {:.3f}\n", one.unit(), one.score());
    for (const auto& score : one.scores())
      text += fmt::format("  {} {:.3f} x {} {}\n", score.name(), score.value(), score.weight(), score.why());
  }
  CHECK(text == R"(north 0.703
  near 0.310 x 2 2224 m away
  free 0.500 x 1 1 of 2 at work
  skilled 0.500 x 1 1 of 2 skills
  on duty 1.000 x 1 on duty
  duty 1.000 x 1 has the duty
  waiting 1.000 x 2 last had one at 10
south 0.600
  near 0.900 x 2 111 m away
  free 1.000 x 1 0 of 2 at work
  skilled 1.000 x 1 2 of 2 skills
  on duty 0.000 x 1 not on duty
  duty 0.000 x 1 has not the duty
  waiting 0.500 x 2 last had one at 20
works 0.512
  near 1.000 x 2 0 m away
  free 0.600 x 1 4 of 10 at work
  skilled 0.500 x 1 1 of 2 skills
  on duty 0.000 x 1 not on duty
  duty 1.000 x 1 has the duty
  waiting 0.000 x 2 last had one at 30
)");
}

TEST_CASE("an explanation tells the five best and counts the others") {
  std::vector<v1::HandlingUnit> units;
  for (int i = 0; i < 40; ++i) {
    units.emplace_back().set_id(fmt::format("u{:02}", i));
    units.back().set_closed(i % 4 == 3);
  }
  const auto explanation = why(Desk(units), "kind: ROUND_ROBIN");
  CHECK(explanation.candidates_size() == 5);
  CHECK(explanation.candidates(4).unit() == "u05");
  CHECK(explanation.candidates_left_off() == 25);
}

}  // namespace
}  // namespace pavior::city::tests
