#include <atomic>
#include <future>
#include <latch>
#include <stdexcept>
#include <thread>

#include "pavior/thread_runtime.h"
#include "support/bank.h"
#include "support/forwarding_runtime.h"

using namespace pavior;
using namespace pavior::test;

namespace {

/// Accepts everything, once the test lets it.
class Slow final : public Workflow {
 public:
  mutable std::latch deciding{1};
  mutable std::latch go_on{1};
  struct Idle final : State {};

  std::string_view name() const noexcept override { return "slow"; }
  Result<Decision> decide(const State*, const Command&, const Context&) const override {
    if (!deciding.try_wait()) deciding.count_down();
    go_on.wait();
    Decision decision;
    decision.facts.push_back({"Done", "", open_stage});
    return decision;
  }
  Result<StatePtr> evolve(StatePtr, std::span<const Event>) const override {
    return StatePtr(std::make_shared<Idle>());
  }
};

/// Takes its time over what timers ask for.
class Thorough final : public Workflow {
 public:
  struct Waiting final : State {};

  std::string_view name() const noexcept override { return "thorough"; }
  Result<Decision> decide(const State*, const Command& command, const Context&) const override {
    if (command.type() == "Look") std::this_thread::sleep_for(std::chrono::microseconds(100));
    Decision decision;
    decision.facts.push_back({command.type() == "Look" ? "Looked" : "Waited", "", open_stage});
    return decision;
  }
  Result<StatePtr> evolve(StatePtr, std::span<const Event>) const override {
    return StatePtr(std::make_shared<Waiting>());
  }
  Reaction react(const State&, const Event& event) const override {
    Reaction reaction;
    if (event.type == "Waited") reaction.arm.push_back({"look", Time(std::chrono::minutes(90)), "Look", ""});
    return reaction;
  }
};

/// A clock that reaches all timers when told.
struct Late final : ForwardingRuntime {
  using ForwardingRuntime::ForwardingRuntime;
  std::atomic<bool> due = false;
  [[nodiscard]] Time now() const override { return due ? Time(std::chrono::hours(2)) : Time(std::chrono::hours(1)); }
  void post_at(Time, Task task) override { post_after(std::chrono::milliseconds(1), std::move(task)); }
};

}  // namespace

TEST_CASE("a thread that waits needs no other, also when the writer's task was posted before and nobody runs it") {
  Bank bank;
  int answered = 0;
  bank.engine->submit(to("a", "Deposit", "1"), [&](const Result<Receipt>& answer) { answered += answer ? 1 : 0; });
  REQUIRE(bank.send(to("a", "Deposit", "1")));
  CHECK(answered == 1);
  bank.runtime.run_ready();  // the task that came too late does nothing
  CHECK(bank.balance_of("a") == 2);
  bank.check_sound();
}

TEST_CASE("what an answer's callback throws keeps nobody else from an answer") {
  Bank bank;
  int answered = 0;
  for (int i = 0; i < 3; ++i)
    bank.engine->submit(to("a", "Deposit", "1"), [&](const Result<Receipt>&) {
      ++answered;
      throw std::runtime_error("a host's mistake");
    });
  bank.runtime.run_ready();
  CHECK(answered == 3);
  CHECK(bank.balance_of("a") == 3);
}

TEST_CASE("a batch is written once its bytes are enough, however many commands wait") {
  Bank bank;
  bank.options.limits.batch_bytes_max = 64 << 10;
  bank.open();
  int accepted = 0;
  for (int i = 0; i < 100; ++i)
    bank.engine->submit(to("a", "Huge", "8192"), [&](const Result<Receipt>& answer) { accepted += answer ? 1 : 0; });
  bank.runtime.run_ready();
  CHECK(accepted == 100);
  CHECK(bank.engine->metrics().batches >= 100 / 8);
  bank.check_sound();
}

TEST_CASE("no batch holds more commands than its limit") {
  Bank bank;
  bank.options.limits.batch_commands_max = 7;
  bank.open();
  int accepted = 0;
  for (int i = 0; i < 100; ++i)
    bank.engine->submit(to("a", "Deposit", "1"), [&](const Result<Receipt>& answer) { accepted += answer ? 1 : 0; });
  bank.runtime.run_ready();
  CHECK(accepted == 100);
  CHECK(bank.engine->metrics().batches == 15);
  bank.check_sound();
}

TEST_CASE("a command waits for few of the timers that were due before it came") {
  constexpr std::uint64_t timers = 200;
  StoreFolder folder;
  ThreadRuntime runtime(2);
  Late late(runtime);
  const auto slow = std::make_shared<Slow>();
  Options options = tiny_options();
  options.durability = Durability::process_crash;
  options.workflows.push_back(slow);
  options.run_timers = false;
  auto engine = Engine::open(folder.path(), options, late).value();
  const Time due(std::chrono::minutes(90));
  for (std::uint64_t i = 0; i < timers; ++i) {
    REQUIRE(engine->submit_and_wait(to(std::to_string(i), "Deposit", "1")));
    REQUIRE(engine->submit_and_wait(to(std::to_string(i), "Wait", "t " + microseconds_text(due))));
  }
  engine.reset();
  options.run_timers = true;
  engine = Engine::open(folder.path(), options, late).value();
  std::promise<Result<Receipt>> first, second;
  engine->submit(Command({"slow", "s"}, "Do", ""), [&](Result<Receipt> answer) { first.set_value(std::move(answer)); });
  slow->deciding.wait();
  late.due = true;
  while (engine->metrics().queued < timers) std::this_thread::yield();
  engine->submit(to("person", "Deposit", "1"), [&](Result<Receipt> answer) { second.set_value(std::move(answer)); });
  slow->go_on.count_down();
  const auto before = first.get_future().get();
  const auto after = second.get_future().get();
  REQUIRE(before);
  REQUIRE(after);
  CHECK(number(after->first) <= number(before->first) + 10);
  while (engine->metrics().timers_fired < timers) std::this_thread::yield();
  CHECK(engine->verify()->problems == std::vector<std::string>{});
}

TEST_CASE("timers that take long to decide are written few at a time") {
  constexpr std::uint64_t timers = 200;
  StoreFolder folder;
  ThreadRuntime runtime(2);
  Late late(runtime);
  Options options = tiny_options();
  options.durability = Durability::process_crash;
  options.workflows.push_back(std::make_shared<Thorough>());
  options.run_timers = false;
  auto engine = Engine::open(folder.path(), options, late).value();
  for (std::uint64_t i = 0; i < timers; ++i)
    REQUIRE(engine->submit_and_wait(Command({"thorough", std::to_string(i)}, "Wait", "")));
  engine.reset();
  options.run_timers = true;
  late.due = true;
  engine = Engine::open(folder.path(), options, late).value();
  while (engine->metrics().timers_fired < timers) std::this_thread::yield();
  CHECK(engine->metrics().batches >= 10);
  CHECK(engine->verify()->problems == std::vector<std::string>{});
}

TEST_CASE("threads that wait for an answer get one when the engine is destroyed under them") {
  constexpr int others = 4;
  StoreFolder folder;
  ThreadRuntime runtime(2);
  const auto slow = std::make_shared<Slow>();
  Options options = tiny_options();
  options.workflows = {slow};
  auto engine = Engine::open(folder.path(), options, runtime).value();
  std::atomic<int> accepted = 0;
  std::atomic<int> closed = 0;
  const auto ask = [&, raw = engine.get()] {
    auto answer = raw->submit_and_wait(Command({"slow", "s"}, "Do", ""));
    ++(answer ? accepted : closed);
  };
  std::vector<std::thread> threads;
  threads.emplace_back(ask);
  slow->deciding.wait();  // the first thread is deciding, and the others cannot get past it
  for (int i = 0; i < others; ++i) threads.emplace_back(ask);
  while (engine->metrics().queued < others) std::this_thread::yield();
  std::thread destroyer([&] { engine.reset(); });
  slow->go_on.count_down();
  destroyer.join();
  for (std::thread& thread : threads) thread.join();
  CHECK(accepted + closed == others + 1);
  CHECK(accepted >= 1);
  engine = Engine::open(folder.path(), options, runtime).value();
  CHECK(number(engine->last()) == static_cast<std::uint64_t>(accepted));
}
