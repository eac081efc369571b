#include "pavior/testing.h"
#include "support/catch.h"

using namespace std::chrono_literals;
using pavior::SimulatedRuntime;
using pavior::Time;

namespace {

const Time noon = Time{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}} + 12h;

// The order in which ten tasks ran, one of which posts another.
std::vector<int> order_with(std::uint64_t seed) {
  SimulatedRuntime runtime(noon, seed);
  std::vector<int> order;
  for (int i = 0; i < 10; ++i) runtime.post([&order, i] { order.push_back(i); });
  runtime.post([&] { runtime.post([&] { order.push_back(100); }); });
  runtime.run_ready();
  return order;
}

}  // namespace

TEST_CASE("nothing runs within post, and everything runs within run_ready") {
  SimulatedRuntime runtime(noon);
  int ran = 0;
  runtime.post([&] {
    ++ran;
    runtime.post([&] { ++ran; });
    CHECK(ran == 1);
  });
  CHECK(ran == 0);
  CHECK(runtime.run_ready() == 2);
  CHECK(ran == 2);
  CHECK(runtime.run_ready() == 0);
}

TEST_CASE("one seed gives one order, and seeds differ") {
  CHECK(order_with(1) == order_with(1));
  CHECK(order_with(1).size() == 11);
  CHECK(order_with(1) != order_with(2));
}

TEST_CASE("random numbers follow the seed and not the tasks") {
  SimulatedRuntime quiet(noon, 5);
  SimulatedRuntime busy(noon, 5);
  for (int i = 0; i < 3; ++i) busy.post([] {});
  busy.run_ready();
  CHECK(quiet.random() == busy.random());
  CHECK(quiet.random() != SimulatedRuntime(noon, 6).random());
}

TEST_CASE("waits end in order of their times, each at its own instant") {
  SimulatedRuntime runtime(noon);
  std::vector<Time> ended;
  for (const auto delay : {30min, 10min, 20min}) runtime.post_after(delay, [&] { ended.push_back(runtime.now()); });
  CHECK(runtime.next_wake() == noon + 10min);
  runtime.advance_to(noon + 10min);
  CHECK(ended == std::vector{noon + 10min});
  CHECK(runtime.advance_by(20min) == 2);
  CHECK(ended == std::vector{noon + 10min, noon + 20min, noon + 30min});
  CHECK(runtime.next_wake() == std::nullopt);
}

TEST_CASE("a task that waits again is woken as often as time allows") {
  SimulatedRuntime runtime(noon);
  int ticks = 0;
  std::function<void()> tick = [&] {
    ++ticks;
    runtime.post_after(1h, tick);
  };
  runtime.post_after(1h, tick);
  runtime.advance_by(std::chrono::days{7});
  CHECK(ticks == 7 * 24);
  CHECK(runtime.now() == noon + std::chrono::days{7});
}

TEST_CASE("a jump of the wall clock moves now but ends no wait") {
  SimulatedRuntime runtime(noon);
  bool woken = false;
  runtime.post_after(1h, [&] { woken = true; });
  runtime.jump_clock(24h);
  CHECK(runtime.now() == noon + 24h);
  CHECK(runtime.run_ready() == 0);
  CHECK_FALSE(woken);
  CHECK(runtime.next_wake() == noon + 25h);
  runtime.jump_clock(-48h);
  CHECK(runtime.now() == noon - 24h);
  runtime.advance_by(1h);
  CHECK(woken);
}

TEST_CASE("a task for an instant runs however the clock gets there") {
  SimulatedRuntime runtime(noon);
  int woken = 0;
  for (const auto hours : {1h, 2h, 3h}) runtime.post_at(noon + hours, [&] { ++woken; });
  runtime.post_at(noon - 1h, [&] { ++woken; });
  CHECK(runtime.run_ready() == 1);
  CHECK(runtime.next_wake() == noon + 1h);
  runtime.advance_by(1h);
  CHECK(woken == 2);
  runtime.jump_clock(1h);
  runtime.run_ready();
  CHECK(woken == 3);
  runtime.jump_clock(-24h);
  CHECK(runtime.run_ready() == 0);
  runtime.advance_to(noon + 3h);
  CHECK(woken == 4);
}

TEST_CASE("advancing into the past only runs what is ready") {
  SimulatedRuntime runtime(noon);
  bool ran = false;
  runtime.post([&] { ran = true; });
  runtime.advance_to(noon - 1h);
  CHECK(ran);
  CHECK(runtime.now() == noon);
}

TEST_CASE("a delay that is not positive, and one without end, are both taken") {
  SimulatedRuntime runtime(noon);
  bool woken = false;
  runtime.post_after(-1h, [&] { woken = true; });
  runtime.post_after(std::chrono::microseconds::max(), [] {});
  runtime.post_at(Time::min(), [] {});
  runtime.post_at(Time::max(), [] {});
  CHECK(runtime.run_ready() == 2);
  CHECK(woken);
  CHECK(runtime.next_wake() > noon);
}
