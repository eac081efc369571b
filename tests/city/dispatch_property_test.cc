// The same question has the same answer, whatever the order of the units, and nobody is chosen who may not be.
#include <algorithm>
#include <numeric>
#include <random>

#include "city/dispatch.h"

namespace pavior::city::tests {
namespace {

using Random = std::mt19937;
constexpr unsigned choice_seeds = 150;

std::string pick(Random& random, const std::vector<std::string>& values) { return values[random() % values.size()]; }

v1::HandlingUnit random_unit(Random& random, unsigned number) {
  v1::HandlingUnit unit;
  unit.set_id(fmt::format("u{}", number));
  unit.set_kind(pick(random, {"crew", "street", "department"}));
  if (random() % 3 != 0) unit.add_grids(pick(random, {"1", "1/2", "1/2/3", "4"}));
  for (const auto* skill : {"digging", "rope", "pipes"})
    if (random() % 2 == 0) unit.add_skills(skill);
  if (random() % 2 == 0) unit.add_duties(pick(random, {"01", "01.01", "02"}));
  if (random() % 4 != 0) {
    unit.mutable_position()->set_latitude(31.8 + 0.001 * static_cast<double>(random() % 4));
    unit.mutable_position()->set_longitude(117.3);
  }
  unit.set_capacity(static_cast<std::uint32_t>(random() % 4));
  unit.set_closed(random() % 10 == 0);
  return unit;
}

std::string random_strategy(Random& random) {
  std::string text = "kind: " + pick(random, {"RESPONSIBILITY_GRID", "DUTY_LIST", "NEAREST", "LEAST_LOADED",
                                              "ROUND_ROBIN", "SKILLED skills: \"digging\"", "ON_DUTY",
                                              "WEIGHTED weights { near: 1 free: 2 on_duty: 1 duty: 0.5 waiting: 1 }"});
  for (const auto* more :
       {"kinds: [\"crew\", \"street\"]", "on_duty: true", "with_duty: true", "below_capacity: true", "metres_max: 200"})
    if (random() % 5 == 0) text += fmt::format(" {}", more);
  return text;
}

/// The units in another order, with all that is known of each.
Desk shuffled(const std::vector<v1::HandlingUnit>& units, const std::vector<std::size_t>& order,
              const std::vector<UnitLoad>& loads) {
  std::vector<v1::HandlingUnit> others;
  for (const auto i : order) others.push_back(units[i]);
  Desk desk(others);
  for (std::size_t k = 0; k < order.size(); ++k) {
    desk.workload->set(k, loads[order[k]]);
    if (order[k] % 3 != 0)
      desk.world->add_duty(others[k].id(), monday_morning - std::chrono::hours(1),
                           monday_morning + std::chrono::hours(1));
  }
  for (const auto& [grid, unit] : {std::pair("1", "u1"), std::pair("1/2", "u2"), std::pair("4", "u3")})
    desk.world->add_grid(grid, unit);
  return desk;
}

TEST_CASE("the order in which an organisation lists its units makes no difference to choice or explanation") {
  int chosen = 0;
  for (unsigned seed = 0; seed < choice_seeds; ++seed) {
    Random random(seed);
    std::vector<v1::HandlingUnit> units;
    std::vector<UnitLoad> loads;
    const auto count = 3 + random() % 20;
    for (unsigned i = 0; i < count; ++i) {
      units.push_back(random_unit(random, i));
      loads.push_back({static_cast<std::uint32_t>(random() % 3), static_cast<std::int64_t>(random() % 3)});
    }
    const auto strategy = random_strategy(random);
    const auto hit = pick(random, {"FIRST", "COLLECT"});
    const auto policy = town_policy(one_table(hit, row("a", "", "strategy { " + strategy + " }") +
                                                       row("b", "", "strategy { " + random_strategy(random) + " }")));
    const auto order = fmt::format("category: \"{}\" grid: \"{}\" location {{ latitude: 31.8 longitude: 117.3 }}",
                                   pick(random, {"01.01", "02.01"}), pick(random, {"1/2/3", "4", "5"}));
    INFO("seed " << seed << " " << strategy << " " << order);

    std::vector<std::size_t> places(units.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    const auto answer = shuffled(units, places, loads).ask(policy, order);
    CHECK(shuffled(units, places, loads).ask(policy, order).explanation.SerializeAsString() ==
          answer.explanation.SerializeAsString());
    for (int round = 0; round < 3; ++round) {
      std::shuffle(places.begin(), places.end(), random);
      CHECK(shuffled(units, places, loads).ask(policy, order).explanation.DebugString() ==
            answer.explanation.DebugString());
    }
    chosen += answer.in_manual_queue() ? 0 : 1;
    if (answer.in_manual_queue()) continue;
    const auto lead = std::ranges::find(units, answer.lead, &v1::HandlingUnit::id);
    REQUIRE(lead != units.end());
    CHECK(!lead->closed());
    CHECK(answer.explanation.candidates(0).unit() == answer.lead);
  }
  CHECK(chosen > 50);
}

/// Everything that has the strategy of the row, one by one, without any index.
std::vector<std::string> by_hand(const std::vector<v1::HandlingUnit>& units, const std::string& grid,
                                 const std::string& skill) {
  std::vector<std::string> all;
  for (const auto& unit : units) {
    const auto covers = [&](const std::string& path) { return grid == path || grid.starts_with(path + "/"); };
    const bool here = unit.grids().empty() || std::ranges::any_of(unit.grids(), covers);
    const bool skilled = std::ranges::find(unit.skills(), skill) != unit.skills().end();
    if (!unit.closed() && here && skilled && unit.kind() == "crew") all.push_back(unit.id());
  }
  return all;
}

TEST_CASE("the units that are found are those that looking at each of them finds") {
  for (unsigned seed = 0; seed < choice_seeds; ++seed) {
    Random random(seed);
    std::vector<v1::HandlingUnit> units;
    const auto count = random() % 40;
    for (unsigned i = 0; i < count; ++i) units.push_back(random_unit(random, i));
    const auto grid = pick(random, {"1", "1/2/3", "4", "5"});
    const auto skill = pick(random, {"digging", "rope"});
    INFO("seed " << seed << " " << grid << " " << skill);
    const auto policy = town_policy(one_table(
        "FIRST", row("a", "", fmt::format("strategy {{ kind: ROUND_ROBIN kinds: \"crew\" skills: \"{}\" }}", skill))));
    const auto why = Desk(units).ask(policy, "grid: \"" + grid + "\"").explanation;
    const auto expected = by_hand(units, grid, skill);
    CHECK(static_cast<std::size_t>(why.candidates_size()) + why.candidates_left_off() == expected.size());
    for (const auto& one : why.candidates()) CHECK(std::ranges::find(expected, one.unit()) != expected.end());
    if (expected.empty()) continue;
    // Every open unit is a candidate, or was passed for a reason.
    std::size_t passed = 0;
    for (const auto& one : why.passed()) passed += one.units();
    const auto open = std::ranges::count_if(units, [](const auto& unit) { return !unit.closed(); });
    CHECK(passed + expected.size() == static_cast<std::size_t>(open));
  }
}

}  // namespace
}  // namespace pavior::city::tests
