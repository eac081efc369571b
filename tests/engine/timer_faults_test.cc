#include <map>
#include <thread>

#include "pavior/thread_runtime.h"
#include "support/bank.h"
#include "support/forwarding_runtime.h"

using namespace pavior;
using namespace pavior::test;
using namespace std::chrono_literals;

namespace {

/// `Set MICROSECONDS` arms a timer that rings. A state that is out of order does not fold.
struct Alarm final : Workflow {
  bool out_of_order = false;
  struct Idle final : State {};

  std::string_view name() const noexcept override { return "alarm"; }
  Result<Decision> decide(const State*, const Command& command, const Context&) const override {
    Decision decision;
    decision.facts.push_back({command.type() == "Set" ? "Armed" : "Rung", command.payload(), open_stage});
    return decision;
  }
  Result<StatePtr> evolve(StatePtr, std::span<const Event>) const override {
    if (out_of_order) throw std::runtime_error("out of order");
    return StatePtr(std::make_shared<Idle>());
  }
  Reaction react(const State&, const Event& event) const override {
    Reaction reaction;
    if (event.type == "Armed")
      reaction.arm.push_back(
          {"bell", Time(std::chrono::microseconds(std::stoll(std::string(event.payload)))), "Ring", ""});
    return reaction;
  }
};

struct Hotel : Bank {
  std::shared_ptr<Alarm> alarm = std::make_shared<Alarm>();
  Hotel() {
    options.workflows.push_back(alarm);
    open();
  }
  void set(const std::string& room, std::chrono::microseconds delay) {
    REQUIRE(send(Command({"alarm", room}, "Set", microseconds_text(runtime.now() + delay))));
  }
  std::size_t facts(const std::string& room) const { return facts_of({"alarm", room}).size(); }
  void nudge(const std::string& account, std::chrono::microseconds delay) {
    REQUIRE(send(to(account, "Deposit", "1")));
    REQUIRE(send(to(account, "Wait", "t " + microseconds_text(runtime.now() + delay))));
  }
};

/// Counts the waits of `post_at` that have not ended.
struct CountingRuntime final : ForwardingRuntime {
  using ForwardingRuntime::ForwardingRuntime;
  int waits = 0;
  void post_at(Time when, Task task) override {
    ++waits;
    ForwardingRuntime::post_at(when, [this, task = std::move(task)] {
      --waits;
      task();
    });
  }
};

/// Tells a time of the past once `looks` looks at the clock are over.
struct JumpyRuntime final : ForwardingRuntime {
  using ForwardingRuntime::ForwardingRuntime;
  mutable int looks = -1;
  [[nodiscard]] Time now() const override {
    if (looks == 0) return ForwardingRuntime::now() - 1h;
    if (looks > 0) --looks;
    return ForwardingRuntime::now();
  }
};

}  // namespace

TEST_CASE("timers of a workflow that is not registered wait, and hold up no others") {
  Hotel hotel;
  for (int i = 0; i < 300; ++i) hotel.set(std::to_string(i), 10s);
  hotel.nudge("a", 20s);
  const auto workflows = hotel.options.workflows;
  hotel.options.workflows = {workflows.front()};
  hotel.open();
  hotel.runtime.advance_by(1min);
  CHECK(hotel.nudges_of("a") == 1);
  CHECK(hotel.engine->timers(1000)->size() == 300);
  hotel.options.workflows = workflows;
  hotel.open();
  hotel.runtime.run_ready();
  CHECK(hotel.engine->timers(1000)->empty());
  CHECK(hotel.facts("7") == 2);
  hotel.check_sound();
}

TEST_CASE("a timer whose state does not fold is tried again later, and holds up no others") {
  Hotel hotel;
  for (int i = 0; i < 300; ++i) hotel.set(std::to_string(i), 10s);
  hotel.nudge("a", 20s);
  hotel.open();
  hotel.alarm->out_of_order = true;
  hotel.runtime.advance_by(1min);
  CHECK(hotel.nudges_of("a") == 1);
  CHECK(hotel.engine->timers(1000)->size() == 300);
  hotel.alarm->out_of_order = false;
  hotel.runtime.advance_by(1s);
  CHECK(hotel.engine->timers(1000)->empty());
  CHECK(hotel.facts("7") == 2);
  hotel.check_sound();
}

TEST_CASE("a timer armed again by the command it fires goes on for ever, one firing at a time") {
  struct Metronome final : Workflow {
    struct Idle final : State {};
    std::string_view name() const noexcept override { return "metronome"; }
    Result<Decision> decide(const State*, const Command&, const Context& context) const override {
      Decision decision;
      decision.facts.push_back({"Ticked", microseconds_text(context.now + 1s), open_stage});
      return decision;
    }
    Result<StatePtr> evolve(StatePtr, std::span<const Event>) const override {
      return StatePtr(std::make_shared<Idle>());
    }
    Reaction react(const State&, const Event& event) const override {
      Reaction reaction;
      reaction.arm.push_back(
          {"beat", Time(std::chrono::microseconds(std::stoll(std::string(event.payload)))), "Tick", ""});
      return reaction;
    }
  };
  Bank bank;
  bank.options.workflows = {std::make_shared<Metronome>()};
  bank.open();
  REQUIRE(bank.send(Command({"metronome", "m"}, "Tick", "")));
  bank.runtime.advance_by(100s);
  CHECK(bank.facts_of({"metronome", "m"}).size() == 101);
  CHECK(bank.engine->timers(10)->size() == 1);
  bank.check_sound();
}

TEST_CASE("waits do not pile up while near timers come and go before a far one") {
  SimulatedRuntime simulated{Time(1h)};
  CountingRuntime runtime(simulated);
  StoreFolder folder;
  auto engine = Engine::open(folder.path(), tiny_options(), runtime).value();
  const auto wait = [&](const std::string& account, std::chrono::microseconds delay) {
    REQUIRE(engine->submit_and_wait(to(account, "Deposit", "1")));
    REQUIRE(engine->submit_and_wait(to(account, "Wait", "t " + microseconds_text(runtime.now() + delay))));
    simulated.run_ready();
  };
  wait("far", 24h * 365);
  for (int i = 0; i < 100; ++i) {
    wait("near", 1s);
    simulated.advance_by(2s);
  }
  CHECK(runtime.waits == 1);
}

TEST_CASE("timers armed from late to early leave few waits, and all fire when due") {
  SimulatedRuntime simulated{Time(1h)};
  CountingRuntime runtime(simulated);
  StoreFolder folder;
  auto engine = Engine::open(folder.path(), tiny_options(), runtime).value();
  const Time start = simulated.now();
  constexpr int days = 200;
  for (int day = days; day > 0; --day) {
    const std::string account = std::to_string(day);
    REQUIRE(engine->submit_and_wait(to(account, "Deposit", "1")));
    REQUIRE(engine->submit_and_wait(to(account, "Wait", "t " + microseconds_text(start + day * 24h))));
    simulated.run_ready();
  }
  CHECK(runtime.waits < days / 2);
  for (const int day : {1, 2, 17, days}) {
    const StreamId account("ledger", std::to_string(day));
    simulated.advance_to(start + day * 24h - 1us);
    CHECK(nudges(*engine->load(account)) == 0);
    simulated.advance_by(1us);
    CHECK(nudges(*engine->load(account)) == 1);
  }
  CHECK(engine->timers(10)->empty());
  CHECK(runtime.waits < days / 2);
}

TEST_CASE("a clock that goes back between looking and deciding fires nothing early") {
  SimulatedRuntime simulated{Time(1h)};
  JumpyRuntime runtime(simulated);
  StoreFolder folder;
  auto engine = Engine::open(folder.path(), tiny_options(), runtime).value();
  simulated.run_ready();
  REQUIRE(engine->submit_and_wait(to("a", "Deposit", "1")));
  const Time due = simulated.now() + 10s;
  REQUIRE(engine->submit_and_wait(to("a", "Wait", "t " + microseconds_text(due))));
  simulated.advance_by(9900ms);  // nothing wakes between here and there
  runtime.looks = 1;             // the sweep sees it due, and then the clock is put back
  simulated.advance_by(100ms);
  CHECK(nudges(*engine->load({"ledger", "a"})) == 0);
  runtime.looks = -1;
  simulated.advance_by(1s);
  CHECK(nudges(*engine->load({"ledger", "a"})) == 1);
  const auto history = engine->history({"ledger", "a"});
  REQUIRE(history);
  CHECK(history->events().back().time >= due);
  CHECK(engine->verify()->problems == std::vector<std::string>{});
}

TEST_CASE("a timer armed while the service looks at others is not forgotten") {
  StoreFolder folder;
  ThreadRuntime runtime(2);
  Options options = tiny_options();
  options.durability = Durability::process_crash;
  auto engine = Engine::open(folder.path(), options, runtime).value();
  constexpr std::uint64_t rounds = 500;
  for (std::uint64_t round = 1; round <= rounds; ++round) {
    const std::string account = std::to_string(round);
    REQUIRE(engine->submit_and_wait(to(account, "Deposit", "1")));
    REQUIRE(engine->submit_and_wait(to(account, "Wait", "t " + microseconds_text(runtime.now() + 20us))));
    const auto late = std::chrono::steady_clock::now() + 5s;
    while (engine->metrics().timers_fired < round && std::chrono::steady_clock::now() < late) std::this_thread::yield();
    REQUIRE(engine->metrics().timers_fired == round);
  }
}
