// Orders under a plan to which anything happens at any time: what must hold of their clocks and timers, whatever it was.
#include <map>
#include <random>
#include <string>

#include "city/clocked_city.h"
#include "city/samples.h"

namespace pavior::city::tests {
namespace {

using std::chrono::minutes;

struct Walk {
  std::uint64_t seed;
  ClockedCity city{"2024-09-12 08:00", shipped_plan(), seed};
  std::mt19937_64 numbers{seed};
  std::vector<Sample> samples = sample_commands();
  std::size_t accepted = 0;

  std::uint64_t below(std::uint64_t bound) { return numbers() % bound; }

  /// One command of the samples, at a time the city chose. Most are refused, as in life.
  void step() {
    city.runtime.advance_by(minutes(below(4) == 0 ? below(3000) : below(60)));
    const Command& sample = samples[below(samples.size())].command;
    // A sample's instants lie in 1970; suspensions need one ahead.
    std::string payload = sample.payload();
    if (short_name(sample.type()) == "RequestSuspension") {
      v1::RequestSuspension suspend;
      REQUIRE(parse(payload, suspend));
      suspend.set_until(to_micros(city.runtime.now() + minutes(1 + below(10'000))));
      payload = suspend.SerializeAsString();
    }
    const auto receipt =
        city.engine->submit_and_wait(Command(work_order_id("A1"), sample.type(), payload).by(machine_actor()));
    city.runtime.run_ready();
    if (receipt) ++accepted;
    if (below(40) == 0) city.open();
  }

  /// The timers of clocks that wait in the store are those that the state asks for, and no others.
  void check_timers() const {
    std::map<std::string, Time> wanted, waiting;
    const auto order = city.order();
    for (const auto& clock : order.clocks())
      if (const auto due = rings_at(clock)) wanted["clock " + clock.name()] = *due;
    const auto timers = city.engine->timers(1000).value();
    for (const auto& timer : timers)
      if (timer.name.starts_with("clock ")) waiting[timer.name] = timer.due;
    CHECK(waiting == wanted);
  }

  /// One open instance of a clock at most, none of an ended order, and a result that never changed.
  void check_clocks(std::map<std::string, std::string>& results) const {
    const auto order = city.order();
    std::map<std::string, int> open;
    for (const auto& clock : order.clocks()) {
      const auto instance = clock.name() + '#' + std::to_string(clock.instance());
      if (is_open(clock) && ++open[clock.name()] > 1) FAIL(instance << " is open beside another");
      if (clock.phase() != v1::Clock::STOPPED) continue;
      const auto result = std::to_string(clock.met()) + ' ' + std::to_string(clock.margin());
      CHECK(results.emplace(instance, result).first->second == result);
    }
    const bool ended =
        order.stage() == v1::STAGE_REJECTED || order.stage() == v1::STAGE_MERGED || order.stage() == v1::STAGE_VOIDED;
    if (ended) CHECK(open.empty());
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

TEST_CASE("whatever happens to an order, its clocks and timers agree, and results stay") {
  std::size_t accepted = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    Walk walk{seed};
    walk.city.start_work(seed % 2 == 0 ? v1::GRADE_COMPLEX : v1::GRADE_GENERAL, seed % 3 == 0 ? "burst_pipe" : "roads");
    std::map<std::string, std::string> results;
    for (int step = 0; step < 120; ++step) {
      walk.step();
      walk.check_clocks(results);
    }
    walk.check_timers();
    walk.check_no_lapse();
    walk.city.check_sound();
    accepted += walk.accepted;
  }
  CHECK(accepted > 200);
}

}  // namespace
}  // namespace pavior::city::tests
