#include <map>

#include "support/bank.h"

using namespace pavior;
using namespace pavior::test;

namespace {

/// Does whatever it is told, however unfit: `decision` and `reaction` are the test's.
struct Puppet final : Workflow {
  mutable std::map<std::string, Decision> decisions;  // by command type
  Reaction reaction;
  struct Idle final : State {};

  std::string_view name() const noexcept override { return "puppet"; }
  Result<Decision> decide(const State*, const Command& command, const Context&) const override {
    return decisions[command.type()];
  }
  Result<StatePtr> evolve(StatePtr, std::span<const Event>) const override {
    return StatePtr(std::make_shared<Idle>());
  }
  Reaction react(const State&, const Event&) const override { return reaction; }
};

struct Theatre : Bank {
  std::shared_ptr<Puppet> puppet = std::make_shared<Puppet>();
  Theatre() {
    options.workflows = {std::make_shared<Ledger>(), puppet};
    puppet->decisions["Do"].facts = {{"Done", "", open_stage}};
    open();
  }
  Error answer() {
    auto answer = send(Command({"puppet", "p"}, "Do", ""));
    return answer ? Error(ErrorCode::invalid, "accepted") : answer.error();
  }
  void check_nothing_written() {
    CHECK(number(engine->last()) == 0);
    check_sound();
  }
};

const std::string bad_utf8 = "\xff";
const std::string with_zero("a\0b", 3);

}  // namespace

TEST_CASE("names that could not be read again are turned away at the door") {
  Bank bank;
  for (const std::string& bad :
       {bad_utf8, with_zero, std::string("a\nb"), std::string("\xc0\x80"), std::string("\xed\xa0\x80"),
        std::string("\xf4\x90\x80\x80"), std::string("\xe4\xb8")}) {
    CHECK(bank.send(to(bad, "Deposit", "1")).error().code() == ErrorCode::invalid);
    CHECK(bank.send(to("a", "Deposit", "1").with_id(bad)).error().code() == ErrorCode::invalid);
    CHECK(bank.send(to("a", "Deposit", "1").by(Actor(bad))).error().code() == ErrorCode::invalid);
    CHECK(bank.send(to("a", "Deposit", "1").with_trace(bad)).error().code() == ErrorCode::invalid);
    CHECK(bank.send(to("a", "Deposit" + bad, "1")).error().code() == ErrorCode::invalid);
  }
  CHECK(bank.send(to("a", "Deposit", "1").with_trace(std::string(1025, 't'))).error().code() == ErrorCode::limit);
  CHECK(number(bank.engine->last()) == 0);
  CHECK(bank.send(to("工单-7 é \xf0\x9f\x9a\xa7", "Deposit", "1").by(Actor("王"))));
  bank.check_sound();
}

TEST_CASE("a host cannot take the ids the engine gives its own commands") {
  Bank bank;
  const auto answer = bank.send(to("a", "Deposit", "1").with_id("pavior:timer:ledger/a:t:2"));
  CHECK(answer.error().code() == ErrorCode::invalid);
  CHECK(answer.error().message().find("'pavior:'") != std::string::npos);
}

TEST_CASE("a follow-up must pass the door as well") {
  Theatre theatre;
  const std::vector<std::pair<Command, ErrorCode>> unfit = {
      {Command({"ledger", with_zero}, "Deposit", "1"), ErrorCode::invalid},
      {Command({"ledger", ""}, "Deposit", "1"), ErrorCode::invalid},
      {Command({"nobody", "a"}, "Deposit", "1"), ErrorCode::invalid},
      {Command({"pavior", "outbox"}, "pavior.v1.EffectDelivered", ""), ErrorCode::invalid},
      {Command({"ledger", std::string(300, 'a')}, "Deposit", "1"), ErrorCode::limit},
      {Command({"ledger", "a"}, "Deposit", std::string(2 << 20, '1')), ErrorCode::limit},
  };
  for (const auto& [command, code] : unfit) {
    theatre.puppet->decisions["Do"].follow_ups = {command};
    CHECK(theatre.answer().code() == code);
  }
  theatre.check_nothing_written();
}

TEST_CASE("a follow-up that follows itself for ever ends at a limit") {
  Theatre theatre;
  theatre.puppet->decisions["Do"].follow_ups = {Command({"puppet", "p"}, "Do", "")};
  CHECK(theatre.answer().message().find("follow_ups_max") != std::string::npos);
  theatre.check_nothing_written();
}

TEST_CASE("timers and effects that could not be stored and read again are refused with their limit") {
  Theatre theatre;
  const std::string huge(2 << 20, 'x');
  const std::vector<std::pair<Timer, ErrorCode>> timers = {
      {{bad_utf8, Time{}, "Nudge", ""}, ErrorCode::invalid},
      {{"t", Time{}, bad_utf8, ""}, ErrorCode::invalid},
      {{std::string(2000, 't'), Time{}, "Nudge", ""}, ErrorCode::limit},
      {{"t", Time{}, "Nudge", huge}, ErrorCode::limit},
  };
  for (const auto& [timer, code] : timers) {
    theatre.puppet->reaction = {};
    theatre.puppet->reaction.arm = {timer};
    CHECK(theatre.answer().code() == code);
  }
  const std::vector<std::pair<Effect, ErrorCode>> effects = {
      {{bad_utf8, "Letter", "", "", ""}, ErrorCode::invalid},
      {{"post", bad_utf8, "", "", ""}, ErrorCode::invalid},
      {{"post", "Letter", "", bad_utf8, ""}, ErrorCode::invalid},
      {{"post", "Letter", huge, "", ""}, ErrorCode::limit},
      {{"post", "Letter", "", "Returned", huge}, ErrorCode::limit},
  };
  for (const auto& [effect, code] : effects) {
    theatre.puppet->reaction = {};
    theatre.puppet->reaction.effects = {effect};
    CHECK(theatre.answer().code() == code);
  }
  theatre.check_nothing_written();
}

TEST_CASE("a commit that alone would fill a batch is refused with the limit") {
  Theatre theatre;
  theatre.options.limits.batch_bytes_max = 1000;
  theatre.open();
  theatre.puppet->decisions["Do"].facts = {{"Done", std::string(600, 'x'), open_stage},
                                           {"Done", std::string(600, 'x'), open_stage}};
  CHECK(theatre.answer().message().find("batch_bytes_max") != std::string::npos);
  theatre.check_nothing_written();
}

TEST_CASE("options that cannot work are told when opening") {
  Bank bank;
  bank.engine.reset();
  const auto code = [&](const Options& options) {
    auto opened = Engine::open(bank.folder.path(), options, bank.runtime);
    return opened ? std::string("opened") : std::string(to_string(opened.error().code()));
  };
  Options options = tiny_options();
  options.limits.batch_commands_max = 0;
  CHECK(code(options) == "invalid");
  options = tiny_options();
  options.couriers = {nullptr};
  CHECK(code(options) == "invalid");
  options = tiny_options();
  options.projections = {nullptr};
  CHECK(code(options) == "invalid");
  options = tiny_options();
  options.workflows.push_back(std::make_shared<Ledger>());
  CHECK(code(options) == "invalid");
  struct Post final : Courier {
    std::string_view topic() const noexcept override { return "post"; }
    void deliver(const Delivery&, Done done) override { done({}); }
  };
  options = tiny_options();
  options.couriers = {std::make_shared<Post>(), std::make_shared<Post>()};
  CHECK(code(options) == "invalid");
  options.couriers.pop_back();
  CHECK(code(options) == "opened");
}
