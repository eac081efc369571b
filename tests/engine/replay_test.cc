#include "support/bank.h"

using namespace pavior;
using namespace pavior::test;

namespace {

/// What the last event said of the command that caused it.
struct Seen final : State {
  std::string cause;
  void set_stage(Stage stage) { stage_ = stage; }
};

std::string cause_of(const Event& event) {
  return std::string(event.command_id) + '|' + std::string(event.actor) + '|' + std::string(event.trace);
}

/// Folds and sends on whatever an event says besides its payload. `Note` records what the state remembers, and has
/// every stream its payload names do the same.
class Witness final : public Workflow {
 public:
  std::string_view name() const noexcept override { return "witness"; }

  Result<Decision> decide(const State* state, const Command& command, const Context&) const override {
    Decision decision;
    decision.facts.push_back({"Noted", state == nullptr ? "" : static_cast<const Seen*>(state)->cause, open_stage});
    if (!command.payload().empty())
      for (const std::string& other : words(command.payload()))
        decision.follow_ups.emplace_back(StreamId("witness", other), "Note", "");
    return decision;
  }

  Result<StatePtr> evolve(StatePtr, std::span<const Event> events) const override {
    auto next = std::make_shared<Seen>();
    next->cause = cause_of(events.back());
    next->set_stage(events.back().stage);
    return StatePtr(std::move(next));
  }

  Reaction react(const State& after, const Event& event) const override {
    Reaction reaction;
    reaction.effects.push_back({"nobody", "Cause", cause_of(event) + static_cast<const Seen&>(after).cause, "", ""});
    return reaction;
  }
};

struct Court : Bank {
  Court() {
    options.workflows = {std::make_shared<Witness>()};
    open();
  }
  Result<Receipt> note(const std::string& stream, const std::string& others = "") {
    return send(Command({"witness", stream}, "Note", others).by(Actor("clerk")).with_trace("t-1"));
  }
  std::string last_note(const std::string& stream) const {
    const auto history = engine->history({"witness", stream});
    return history ? std::string(history->events().back().payload) : "no such stream";
  }
};

}  // namespace

TEST_CASE("an event says the same of its command live and in replay, also when the engine made the id") {
  Court court;
  const auto first = court.note("a");
  REQUIRE(first);
  REQUIRE(court.note("a"));
  CHECK(court.last_note("a") == first->command_id + "|clerk|t-1");

  const auto third = court.note("a");
  REQUIRE(third);
  court.open();  // the state is folded from the log now
  REQUIRE(court.note("a"));
  CHECK(court.last_note("a") == third->command_id + "|clerk|t-1");
  court.check_sound();
}

TEST_CASE("the facts of follow-ups carry the command that caused them, live and in replay") {
  Court court;
  const auto first = court.note("a", "b c d");
  REQUIRE(first);
  for (const char* other : {"b", "c", "d"}) {
    REQUIRE(court.note(other));
    CHECK(court.last_note(other) == first->command_id + "|clerk|t-1");
  }
  court.check_sound();  // the effects, whose payload is the cause, are derived again
}
