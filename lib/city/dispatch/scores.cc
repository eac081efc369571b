#include <algorithm>
#include <array>
#include <limits>

#include "city/dispatch/candidates.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

using v1::Strategy;

double near_share(double metres, double metres_max) {
  if (metres < 0) return 0;
  return metres_max > 0 ? std::max(0.0, 1 - metres / metres_max) : 1 / (1 + metres / 1000);
}

double free_share(const UnitLoad& load, std::uint32_t capacity) {
  if (capacity == 0) return 1 / (1 + static_cast<double>(load.at_work));
  return std::max(0.0, 1 - static_cast<double>(load.at_work) / capacity);
}

double one_of(std::uint32_t place) { return 1 / (1 + static_cast<double>(place)); }

const v1::HandlingUnit& unit_of(const FoundUnit& one, const Surroundings& around) {
  return *around.units[one.unit].unit;
}

std::uint32_t wanted_skills(const Strategy& strategy, const v1::HandlingUnit& unit) {
  return static_cast<std::uint32_t>(std::ranges::count_if(strategy.skills(), [&](const std::string& skill) {
    return std::ranges::find(unit.skills(), skill) != unit.skills().end();
  }));
}

/// How far above the order's grid the one lies that makes the unit responsible.
std::uint32_t steps_up(const FoundUnit& one, const Surroundings& around) {
  std::uint32_t steps = 0, found = 0;
  bool there = false;
  for_each_grid_up(around.question.order.grid(), [&](std::string_view path) {
    if (!there && around.world.unit_of_grid(path) == unit_of(one, around).id()) found = steps, there = true;
    ++steps;
  });
  return found;
}

/// Sets `waiting` of all: 1 for whose last dispatch is the oldest, 0 for the newest.
void compare_waiting(const Surroundings& around, std::span<FoundUnit> found) {
  auto oldest = std::numeric_limits<std::int64_t>::max(), newest = std::numeric_limits<std::int64_t>::min();
  for (auto& one : found) {
    one.look_at_load(around);
    oldest = std::min(oldest, one.load.last_dispatch);
    newest = std::max(newest, one.load.last_dispatch);
  }
  const double range = static_cast<double>(newest) - static_cast<double>(oldest);
  for (auto& one : found)
    one.waiting = range > 0 ? (static_cast<double>(newest) - static_cast<double>(one.load.last_dispatch)) / range : 1;
}

struct WeightedShare {
  std::string_view name;
  double weight = 0;
  double share = 0;
};

std::array<WeightedShare, 6> shares(const Strategy& strategy, const Surroundings& around, const FoundUnit& one) {
  const auto& weights = strategy.weights();
  const auto& unit = unit_of(one, around);
  const double skilled = strategy.skills().empty() ? 0 : static_cast<double>(one.skills) / strategy.skills_size();
  return {{{"near", weights.near(), near_share(one.metres, strategy.metres_max())},
           {"free", weights.free(), free_share(one.load, unit.capacity())},
           {"skilled", weights.skilled(), skilled},
           {"on duty", weights.on_duty(), one.on_duty ? 1.0 : 0.0},
           {"duty", weights.duty(), one.has_duty ? 1.0 : 0.0},
           {"waiting", weights.waiting(), one.waiting}}};
}

void score_weighted(const Strategy& strategy, const Surroundings& around, std::span<FoundUnit> found) {
  const auto& weights = strategy.weights();
  if (weights.waiting() > 0) compare_waiting(around, found);
  for (auto& one : found) {
    one.look_at_load(around);
    if (weights.skilled() > 0) one.skills = wanted_skills(strategy, unit_of(one, around));
    if (weights.on_duty() > 0) one.on_duty = around.world.on_duty(around.units[one.unit].number, around.question.at);
    double sum = 0, all = 0;
    for (const auto& [name, weight, share] : shares(strategy, around, one)) {
      sum += weight * share;
      all += weight;
    }
    one.score = sum / all;
  }
}

std::string load_text(const FoundUnit& one, std::uint32_t capacity) {
  if (capacity == 0) return fmt::format("{} at work", one.load.at_work);
  return fmt::format("{} of {} at work", one.load.at_work, capacity);
}

std::string metres_text(const FoundUnit& one) {
  return one.metres < 0 ? "at an unknown distance" : fmt::format("{:.0f} m away", one.metres);
}

std::string skilled_text(const FoundUnit& one) {
  if (one.place == 0) return "has these skills alone";
  return fmt::format("has {} {} besides", one.place, one.place == 1 ? "skill" : "skills");
}

std::string turn_text(const FoundUnit& one) {
  return one.load.last_dispatch == 0 ? "never had an order" : fmt::format("last had one at {}", one.load.last_dispatch);
}

std::string share_text(std::string_view name, const Strategy& strategy, const Surroundings& around,
                       const FoundUnit& one) {
  if (name == "near") return metres_text(one);
  if (name == "free") return load_text(one, unit_of(one, around).capacity());
  if (name == "skilled") return fmt::format("{} of {} skills", one.skills, strategy.skills_size());
  if (name == "on duty") return one.on_duty ? "on duty" : "not on duty";
  if (name == "duty") return one.has_duty ? "has the duty" : "has not the duty";
  return turn_text(one);
}

std::string duty_text(const FoundUnit& one, const Surroundings& around) {
  const auto& order = around.question.order;
  const auto* minor = around.question.policy.category(order.category());
  if (minor == nullptr || static_cast<int>(one.place) >= minor->duty_units_size())
    return fmt::format("has the duty of {} by its own account", order.category());
  return fmt::format("number {} of the duty list of {}", one.place + 1, order.category());
}

std::string grid_text(const FoundUnit& one, const Surroundings& around) {
  std::uint32_t steps = 0;
  std::string grid;
  for_each_grid_up(around.question.order.grid(), [&](std::string_view path) {
    if (steps++ == one.place) grid = path;
  });
  return fmt::format("responsible for {}", grid);
}

}  // namespace

void score(const Strategy& strategy, const Surroundings& around, std::span<FoundUnit> found) {
  switch (strategy.kind()) {
    case Strategy::RESPONSIBILITY_GRID:
      for (auto& one : found) one.place = steps_up(one, around), one.score = one_of(one.place);
      break;
    case Strategy::DUTY_LIST:
      for (auto& one : found) one.score = one_of(one.place);
      break;
    case Strategy::NEAREST:
      for (auto& one : found) one.score = near_share(one.metres, 0);
      break;
    case Strategy::LEAST_LOADED:
      for (auto& one : found) one.look_at_load(around), one.score = one_of(one.load.at_work);
      break;
    case Strategy::SKILLED:
      for (auto& one : found) {
        one.place = static_cast<std::uint32_t>(unit_of(one, around).skills_size() - strategy.skills_size());
        one.score = one_of(one.place);
      }
      break;
    case Strategy::WEIGHTED: score_weighted(strategy, around, found); break;
    // All are equal, so it is whose turn it is.
    default: break;
  }
}

void tell(const v1::DispatchChoice& choice, const Surroundings& around, const FoundUnit& found,
          v1::Candidate& candidate) {
  const auto& strategy = choice.strategy();
  candidate.set_last_dispatch(found.load.last_dispatch);
  switch (strategy.kind()) {
    case Strategy::RESPONSIBILITY_GRID: candidate.set_why(grid_text(found, around)); break;
    case Strategy::DUTY_LIST: candidate.set_why(duty_text(found, around)); break;
    case Strategy::NEAREST: candidate.set_why(metres_text(found)); break;
    case Strategy::LEAST_LOADED: candidate.set_why(load_text(found, unit_of(found, around).capacity())); break;
    case Strategy::SKILLED: candidate.set_why(skilled_text(found)); break;
    case Strategy::ROUND_ROBIN: candidate.set_why(turn_text(found)); break;
    case Strategy::ON_DUTY: candidate.set_why("on duty, " + turn_text(found)); break;
    case Strategy::WEIGHTED:
      for (const auto& [name, weight, share] : shares(strategy, around, found)) {
        if (weight <= 0) continue;
        auto& score = *candidate.add_scores();
        score.set_name(std::string(name));
        score.set_value(share);
        score.set_weight(weight);
        score.set_why(share_text(name, strategy, around, found));
      }
      break;
    default:
      candidate.set_why(choice.unit().empty() ? fmt::format("leads the joint group {}", choice.joint_group())
                                              : "named by the row");
  }
}

}  // namespace pavior::city::inline v0
