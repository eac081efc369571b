#include <future>
#include <thread>

#include "pavior/thread_runtime.h"
#include "support/bank.h"

using namespace pavior;
using namespace pavior::test;

TEST_CASE("an accepted command is answered with its place in the log and in its stream") {
  Bank bank;
  auto first = bank.send(to("a", "Deposit", "5").with_id("one"));
  auto second = bank.send(to("a", "Deposit", "7"));
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->command_id == "one");
  CHECK(number(first->version) == 1);
  CHECK(number(second->version) == 2);
  CHECK(number(first->first) == 1);
  CHECK(number(second->first) == 2);
  CHECK(second->command_id.size() == 36);
  CHECK(bank.balance_of("a") == 12);
  bank.check_sound();
}

TEST_CASE("what was accepted is there after the store is opened again") {
  Bank bank;
  REQUIRE(bank.send(to("a", "Deposit", "5")));
  bank.open();
  CHECK(bank.balance_of("a") == 5);
  REQUIRE(bank.send(to("a", "Deposit", "1")));
  CHECK(number(bank.engine->last()) == 2);
  bank.check_sound();
}

TEST_CASE("the same command sent again gets its first answer, also after a restart") {
  Bank bank;
  const auto first = bank.send(to("a", "Deposit", "5").with_id("one"));
  REQUIRE(bank.send(to("a", "Deposit", "7")));
  for (int round = 0; round < 2; ++round) {
    const auto again = bank.send(to("a", "Deposit", "5").with_id("one"));
    REQUIRE(again);
    CHECK(again->repeated);
    CHECK(again->first == first->first);
    CHECK(again->version == first->version);
    CHECK(again->time == first->time);
    CHECK(bank.balance_of("a") == 12);
    bank.open();
  }
}

TEST_CASE("two equal commands in one batch count once") {
  Bank bank;
  std::vector<Result<Receipt>> answers;
  for (int i = 0; i < 2; ++i)
    bank.engine->submit(to("a", "Deposit", "5").with_id("one"),
                        [&](auto answer) { answers.push_back(std::move(answer)); });
  bank.runtime.run_ready();
  REQUIRE(answers.size() == 2);
  CHECK_FALSE(answers[0]->repeated);
  CHECK(answers[1]->repeated);
  CHECK(bank.balance_of("a") == 5);
}

TEST_CASE("a command id used for other content is a conflict") {
  Bank bank;
  REQUIRE(bank.send(to("a", "Deposit", "5").with_id("one")));
  for (const Command& other : {to("a", "Deposit", "6"), to("b", "Deposit", "5"), to("a", "Withdraw", "5")}) {
    auto answer = bank.send(Command(other).with_id("one"));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code() == ErrorCode::conflict);
    CHECK(answer.error().message().find("position 1") != std::string::npos);
  }
  CHECK(number(bank.engine->last()) == 1);
}

TEST_CASE("the expected version decides whether a command may be decided") {
  Bank bank;
  CHECK(bank.send(to("a", "Deposit", "5").expecting(Expected::exists())).error().code() == ErrorCode::conflict);
  CHECK(bank.send(to("a", "Deposit", "5").expecting(Expected::exact(Version{1}))).error().code() ==
        ErrorCode::conflict);
  CHECK(bank.send(to("a", "Deposit", "5").expecting(Expected::none())));
  CHECK(bank.send(to("a", "Deposit", "5").expecting(Expected::none())).error().code() == ErrorCode::conflict);
  CHECK(bank.send(to("a", "Deposit", "5").expecting(Expected::exact(Version{1}))));
  CHECK(bank.send(to("a", "Deposit", "5").expecting(Expected::exists())));
  CHECK(bank.send(to("a", "Deposit", "5").expecting(Expected::any())));
  CHECK(bank.balance_of("a") == 20);
}

TEST_CASE("a refusal names its rule and changes nothing") {
  Bank bank;
  REQUIRE(bank.send(to("a", "Deposit", "5")));
  const auto answer = bank.send(to("a", "Withdraw", "6").with_id("w"));
  CHECK(answer.error().code() == ErrorCode::refused);
  CHECK(answer.error().rule() == "has_funds");
  CHECK(number(bank.engine->last()) == 1);
  REQUIRE(bank.send(to("a", "Deposit", "5")));
  CHECK(bank.send(to("a", "Withdraw", "6").with_id("w")));  // refused is not an answer for ever
}

TEST_CASE("a follow-up is decided in the same commit, or nothing is") {
  Bank bank;
  REQUIRE(bank.send(to("a", "Deposit", "5")));
  const auto moved = bank.send(to("a", "Transfer", "3 b").by(Actor("clerk")));
  REQUIRE(moved);
  CHECK(moved->events == 2);
  CHECK(bank.balance_of("a") == 2);
  CHECK(bank.balance_of("b") == 3);
  const auto history = bank.engine->history({"ledger", "b"});
  CHECK((*history)[0].actor == "clerk");
  CHECK((*history)[0].command_id == moved->command_id);

  REQUIRE(bank.send(to("b", "Close")));
  const auto refused = bank.send(to("a", "Transfer", "1 b"));
  CHECK(refused.error().rule() == "stage");
  CHECK(bank.balance_of("a") == 2);
  bank.check_sound();
}

TEST_CASE("a transfer to oneself touches one stream twice") {
  Bank bank;
  REQUIRE(bank.send(to("a", "Deposit", "5")));
  const auto moved = bank.send(to("a", "Transfer", "3 a"));
  REQUIRE(moved);
  CHECK(number(moved->version) == 3);
  CHECK(bank.balance_of("a") == 5);
  CHECK(bank.send(to("a", "Deposit", "5").expecting(Expected::exact(Version{3}))));
  bank.check_sound();
}

TEST_CASE("bad input is told apart at the door") {
  Bank bank;
  bank.options.limits.command_bytes_max = 8;
  bank.options.limits.event_bytes_max = 4;
  bank.options.limits.stream_id_bytes_max = 16;
  bank.options.limits.command_id_bytes_max = 4;
  bank.open();
  CHECK(bank.send(to("a", "Deposit", "123456789")).error().code() == ErrorCode::limit);
  CHECK(bank.send(to("a", "Huge", "5")).error().message().find("event_bytes_max") != std::string::npos);
  CHECK(bank.send(to("an-account-too-long", "Deposit", "1")).error().code() == ErrorCode::limit);
  CHECK(bank.send(to("a", "Deposit", "1").with_id("12345")).error().code() == ErrorCode::limit);
  CHECK(bank.send(to("", "Deposit", "1")).error().code() == ErrorCode::invalid);
  CHECK(bank.send(to(std::string("a\0b", 3), "Deposit", "1")).error().code() == ErrorCode::invalid);
  CHECK(bank.send(Command({"ledge", "a"}, "Deposit", "1")).error().message().find("knows: ledger") !=
        std::string::npos);
  CHECK(bank.send(Command({"pavior", "timers"}, "Deposit", "1")).error().code() == ErrorCode::invalid);
  CHECK(bank.send(to("a", "Dance")).error().code() == ErrorCode::refused);
  CHECK(number(bank.engine->last()) == 0);
}

TEST_CASE("host code that throws is answered, and nothing is written") {
  Bank bank;
  const auto answer = bank.send(to("a", "Throw"));
  CHECK(answer.error().code() == ErrorCode::invalid);
  CHECK(answer.error().message().find("the host's own trouble") != std::string::npos);
  CHECK(number(bank.engine->last()) == 0);
}

TEST_CASE("a fact that cannot be applied is never written") {
  Bank bank;
  REQUIRE(bank.send(to("a", "Deposit", "5")));
  CHECK(bank.send(to("a", "Unfit")).error().code() == ErrorCode::corrupt);
  CHECK(bank.balance_of("a") == 5);
  CHECK(bank.send(to("a", "Withdraw", "5")));
  bank.check_sound();
}

TEST_CASE("a full queue is an answer, not a stall") {
  Bank bank;
  bank.options.limits.queue_commands_max = 3;
  bank.open();
  int accepted = 0;
  int limited = 0;
  for (int i = 0; i < 5; ++i)
    bank.engine->submit(to("a", "Deposit", "1"), [&](const Result<Receipt>& answer) {
      answer ? ++accepted : answer.error().code() == ErrorCode::limit ? ++limited : 0;
    });
  CHECK(limited == 2);
  bank.runtime.run_ready();
  CHECK(accepted == 3);
  CHECK(bank.balance_of("a") == 3);
}

TEST_CASE("closing answers what waits") {
  Bank bank;
  std::optional<ErrorCode> code;
  bank.engine->submit(to("a", "Deposit", "1"), [&](const Result<Receipt>& answer) { code = answer.error().code(); });
  bank.engine.reset();
  CHECK(code == ErrorCode::closed);
}

TEST_CASE("more streams than the cache holds are folded again from the log") {
  Bank bank;
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i < 50; ++i) REQUIRE(bank.send(to(std::to_string(i), "Deposit", "1")));
  for (int i = 0; i < 50; ++i) CHECK(bank.balance_of(std::to_string(i)) == 3);
  CHECK(bank.engine->metrics().cached_streams <= 6);
  bank.check_sound();
}

TEST_CASE("threads that wait and threads that do not share one writer") {
  StoreFolder folder;
  ThreadRuntime runtime(2);
  auto opened = Engine::open(folder.path(), tiny_options(), runtime);
  REQUIRE(opened);
  Engine& engine = **opened;
  constexpr int each = 300;
  std::atomic<int> answered = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        if (t < 2) {
          if (engine.submit_and_wait(to("shared", "Deposit", "1"))) ++answered;
        } else {
          engine.submit(to("shared", "Deposit", "1"),
                        [&](const Result<Receipt>& answer) { answered += answer ? 1 : 0; });
        }
      }
    });
  for (std::thread& thread : threads) thread.join();
  while (answered < 4 * each) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  CHECK(balance(*engine.load({"ledger", "shared"})) == 4 * each);
  auto verified = engine.verify();
  CHECK(verified->problems == std::vector<std::string>{});
  CHECK(verified->events == 4 * each);
}
