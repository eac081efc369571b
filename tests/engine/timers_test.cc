#include "support/bank.h"

using namespace pavior;
using namespace pavior::test;
using namespace std::chrono_literals;

namespace {

/// Arms `name` on account "a", due after `delay`.
void wait(Bank& bank, const std::string& name, std::chrono::microseconds delay, const std::string& account = "a") {
  REQUIRE(bank.send(to(account, "Deposit", "1")));
  REQUIRE(bank.send(to(account, "Wait", name + " " + microseconds_text(bank.runtime.now() + delay))));
}

}  // namespace

TEST_CASE("a timer fires when it is due, not before, and once") {
  Bank bank;
  wait(bank, "t", 10s);
  bank.runtime.advance_by(10s - 1us);
  CHECK(bank.nudges_of("a") == 0);
  bank.runtime.advance_by(1us);
  CHECK(bank.nudges_of("a") == 1);
  bank.runtime.advance_by(24h);
  CHECK(bank.nudges_of("a") == 1);
  CHECK(bank.engine->timers(10)->empty());
  bank.check_sound();
}

TEST_CASE("a timer that was due while the engine was closed fires when it opens") {
  Bank bank;
  wait(bank, "t", 10s);
  bank.engine.reset();
  bank.runtime.advance_by(1h);
  bank.open();
  bank.runtime.run_ready();
  CHECK(bank.nudges_of("a") == 1);
  bank.check_sound();
}

TEST_CASE("a timer due in the past when armed fires at once") {
  Bank bank;
  wait(bank, "t", -1h);
  bank.runtime.run_ready();
  CHECK(bank.nudges_of("a") == 1);
  bank.check_sound();
}

TEST_CASE("arming a name again replaces the timer; closing disarms all") {
  Bank bank;
  wait(bank, "t", 10s);
  wait(bank, "t", 20s);
  wait(bank, "u", 30s);
  CHECK(bank.engine->timers(10)->size() == 2);
  bank.runtime.advance_by(15s);
  CHECK(bank.nudges_of("a") == 0);
  bank.runtime.advance_by(10s);
  CHECK(bank.nudges_of("a") == 1);
  REQUIRE(bank.send(to("a", "Close")));
  bank.runtime.advance_by(1h);
  CHECK(bank.nudges_of("a") == 1);
  CHECK(bank.engine->timers(10)->empty());
  bank.check_sound();
}

TEST_CASE("a timer whose command is refused leaves a lapse in the log, and is gone") {
  Bank bank;
  for (const char* name : {"t", "u", "v", "w"}) wait(bank, name, 10s);
  bank.runtime.advance_by(1h);
  CHECK(bank.nudges_of("a") == 3);
  CHECK(bank.facts_of({"pavior", "timers"}) == std::vector<std::string>{"pavior.v1.TimerLapsed"});
  CHECK(bank.engine->timers(10)->empty());
  bank.check_sound();
}

TEST_CASE("many timers due at once fire in slices, each once") {
  Bank bank;
  bank.options.durability = Durability::process_crash;
  bank.open();
  for (int i = 0; i < 700; ++i) wait(bank, "t", 10s, std::to_string(i));
  bank.runtime.advance_by(20s);
  for (int i = 0; i < 700; ++i) CHECK(bank.nudges_of(std::to_string(i)) == 1);
  bank.check_sound();
}

TEST_CASE("a clock that jumps forward fires what became due; one that jumps back fires nothing early") {
  Bank bank;
  wait(bank, "t", 10min);
  bank.runtime.jump_clock(-30min);
  bank.runtime.advance_by(20min);
  CHECK(bank.nudges_of("a") == 0);
  bank.runtime.jump_clock(1h);
  bank.runtime.advance_by(1s);
  CHECK(bank.nudges_of("a") == 1);
  bank.check_sound();
}

TEST_CASE("a tool that only looks fires nothing") {
  Bank bank;
  wait(bank, "t", 10s);
  bank.options.run_timers = false;
  bank.open();
  bank.runtime.advance_by(1h);
  CHECK(bank.nudges_of("a") == 0);
  CHECK(bank.engine->timers(10)->size() == 1);
  bank.check_sound();
}
