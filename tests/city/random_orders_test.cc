// Orders in a store to which anything happens at any time: what must hold of their clocks and timers, whatever it was.
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "city/clocked_city.h"
#include "city/random/trial.h"

namespace pavior::city::tests {
namespace {

constexpr std::size_t commands_of_a_walk = 100;

/// The same commands, given to a city with a store that is opened again and again.
struct Walk {
  std::uint64_t seed;
  ClockedCity city;
  std::mt19937_64 numbers{seed};
  std::size_t accepted = 0;

  Walk(const RandomCity& policies, std::uint64_t number)
      : seed(number), city("2024-09-12 08:00", shipped_plan(), seed) {
    city.policy.policies = policies.book();
    city.open();
  }

  void take(const Step& step) {
    city.runtime.advance_by(step.wait);
    learn_of_holiday(city.policy.policies, city.runtime.now());
    const auto receipt = city.engine->submit_and_wait(step.command);
    city.runtime.run_ready();
    if (receipt) ++accepted;
    if (numbers() % 40 == 0) city.open();
  }

  std::vector<std::string> orders() const {
    std::vector<std::string> keys;
    REQUIRE(city.engine->streams(work_order_workflow, [&](const StreamId& order, Version, Stage) {
      keys.push_back(order.key());
      return true;
    }));
    return keys;
  }

  /// The timers of clocks that wait in the store are those that the state asks for, and no others.
  void check_timers() const {
    std::map<std::string, Time> wanted, waiting;
    for (const auto& key : orders()) {
      const auto order = city.order(key);
      for (const auto& clock : order.clocks())
        if (const auto due = rings_at(clock)) wanted[key + " clock " + clock.name()] = *due;
    }
    const auto timers = city.engine->timers(1000).value();
    for (const auto& timer : timers)
      if (timer.name.starts_with("clock ")) waiting[timer.stream.key() + ' ' + timer.name] = timer.due;
    CHECK(waiting == wanted);
  }

  /// Every alarm found an order that would hear it.
  void check_no_lapse() const {
    std::size_t lapses = 0;
    REQUIRE(city.engine->read(Position::none, [&](const Event& event) {
      lapses += short_name(event.type) == "TimerLapsed";
      return true;
    }));
    CHECK(lapses == 0);
  }
};

TEST_CASE("whatever happens to orders in a store, their clocks and timers agree, and they are as without one") {
  std::size_t accepted = 0;
  std::set<std::string> clocks;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    const RandomCity& policies = random_cities()[1 + seed % 4];
    std::vector<Step> steps;
    const auto verdict = play_random(policies, seed, commands_of_a_walk, steps);
    Walk walk(policies, seed);
    for (const Step& step : steps) walk.take(step);
    CHECK(walk.accepted == verdict.accepted);
    walk.check_timers();
    walk.check_no_lapse();
    walk.city.check_sound();
    accepted += walk.accepted;
    for (const auto& key : walk.orders()) {
      const auto order = walk.city.order(key);
      for (const auto& clock : order.clocks()) clocks.insert(clock.name().substr(0, clock.name().find('/')));
    }
  }
  CHECK(accepted > 1000);
  for (const char* name :
       {"ACC", "DIS", "ACK", "RSP", "HND", "MS", "AST", "RTN", "EXT", "ARR", "REV", "VER", "WIN", "SUP", "TOT"}) {
    INFO(name);
    CHECK(clocks.contains(name));
  }
}

}  // namespace
}  // namespace pavior::city::tests
