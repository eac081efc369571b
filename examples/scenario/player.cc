#include "scenario/player.h"

#include <utility>

#include "fmt/format.h"
#include "pavior/proto.h"
#include "text/event_text.h"

namespace pavior::scenario {
namespace {

std::string answer_text(const Answer& answer) {
  const auto said = answer.text.empty() ? "" : fmt::format(" saying '{}'", answer.text);
  switch (answer.kind) {
    case Answer::Kind::accepted: return "accepted";
    case Answer::Kind::repeated: return "answered as a repetition";
    case Answer::Kind::refused: return fmt::format("refused by {}{}", answer.rule, said);
    case Answer::Kind::conflict: return "answered conflict" + said;
    case Answer::Kind::invalid: return "answered invalid" + said;
  }
  return {};
}

std::string answer_text(const Result<Receipt>& receipt) {
  if (receipt) return receipt->repeated ? "answered as a repetition" : "accepted";
  const Error& error = receipt.error();
  if (error.code() == ErrorCode::refused) return fmt::format("refused by {}: {}", error.rule(), error.message());
  return fmt::format("answered {}: {}", to_string(error.code()), error.message());
}

bool is_answer(const Result<Receipt>& receipt, const Answer& answer) {
  if (receipt) return answer.kind == (receipt->repeated ? Answer::Kind::repeated : Answer::Kind::accepted);
  const Error& error = receipt.error();
  if (error.message().find(answer.text) == std::string::npos) return false;
  switch (answer.kind) {
    case Answer::Kind::refused: return error.code() == ErrorCode::refused && error.rule() == answer.rule;
    case Answer::Kind::conflict: return error.code() == ErrorCode::conflict;
    case Answer::Kind::invalid: return error.code() == ErrorCode::invalid;
    default: return false;
  }
}

class Player {
 public:
  Player(const Script& script, const PlayOptions& options)
      : script_(script),
        options_(options),
        world_(script.start, options.seed, options.workflow),
        expectations_(world_, script.clock) {}

  Played play() {
    for (const Statement& statement : script_.statements) {
      line_ = statement.line;
      played_.failure = std::visit([this](const auto& step) { return step_of(step); }, statement.step);
      if (played_.failure) return tell(statement), std::move(played_);
      tell(statement);
    }
    played_.failure = ready();
    if (!played_.failure) played_.failure = end();
    return std::move(played_);
  }

 private:
  template <class Setting>
  requires requires(World& world, Setting setting) { world.use(setting); }
  Verdict step_of(const Setting& setting) { return world_.use(setting), std::nullopt; }

  Verdict step_of(const ActAs& step) { return actor_ = step.actor, std::nullopt; }

  template <class Step>
  Verdict step_of(const Step& step) {
    ++played_.steps;
    if (auto failure = ready()) return failure;
    if constexpr (requires { act(step); }) {
      return act(step);
    } else if constexpr (requires { expectations_.check(line_, step); }) {
      return expectations_.check(line_, step);
    } else {
      return expectations_.check(line_, step, actor_);
    }
  }

  Verdict ready() { return failed(world_.ready()); }
  Verdict failed(const Result<void>& result) const {
    return result ? std::nullopt : Verdict(Failure{line_, result.error().message()});
  }

  Verdict act(const MoveTo& step) { return world_.advance_to(step.time), std::nullopt; }
  template <class Data>
  Verdict act(const Publish<Data>& step) {
    return failed(world_.publish(*step.data));
  }
  Verdict act(const Restart&) { return failed(world_.restart()); }
  Verdict act(const Recount&) {
    const auto counted = world_.recount();
    return counted ? std::nullopt : Verdict(Failure{line_, counted.error().message()});
  }
  Verdict act(const Submit& step);

  /// How far the store has come, and the order.
  struct Reach {
    Position last{};
    Version version{};
    friend bool operator==(const Reach&, const Reach&) = default;
  };
  Reach reach(const std::string& order) const {
    const auto snapshot = world_.engine().load(city::work_order_id(order));
    return {world_.engine().last(), snapshot ? snapshot->version : Version::none};
  }

  Verdict end();
  Verdict compare(const StreamId& stream, Version version) const;
  void tell(const Statement& statement);

  const Script& script_;
  const PlayOptions& options_;
  World world_;
  Expectations expectations_;
  Actor actor_;
  std::size_t line_ = 0;
  Position told_{};
  std::size_t notices_told_ = 0;
  Played played_;
};

Verdict Player::act(const Submit& step) {
  const auto before = reach(step.order);
  const auto& message = *step.command.message;
  auto command = Command(city::work_order_id(step.order), message.GetTypeName(), message.SerializeAsString())
                     .by(actor_)
                     .expecting(step.expected);
  if (!step.id.empty()) command.with_id(step.id);
  const auto receipt = world_.submit(std::move(command));
  const auto after = reach(step.order);
  world_.settle();
  const auto& name = message.GetDescriptor()->name();
  if (!is_answer(receipt, step.answer))
    return Failure{step.answer.line == 0 ? line_ : step.answer.line,
                   fmt::format("expected {} of {} to be {}, was {}", name, step.order, answer_text(step.answer),
                               answer_text(receipt))};
  if (step.answer.kind != Answer::Kind::accepted && before != after)
    return Failure{step.answer.line,
                   fmt::format("{} of {} was {}, and yet the store went from position {} to {}", name, step.order,
                               answer_text(step.answer), number(before.last), number(after.last))};
  return std::nullopt;
}

Verdict Player::end() {
  const auto last = world_.engine().last();
  const auto notices = world_.notices().size();
  if (auto failure = failed(world_.restart())) return failure;
  if (world_.engine().last() != last || world_.notices().size() != notices)
    return Failure{line_,
                   fmt::format("after the end the store was opened again, and {} events and {} notices came of it",
                               number(world_.engine().last()) - number(last), world_.notices().size() - notices)};
  Verdict failure;
  const auto visited =
      world_.engine().streams(city::work_order_workflow, [&](const StreamId& stream, Version version, Stage) {
        failure = compare(stream, version);
        return !failure;
      });
  if (!visited) return failed(visited);
  if (failure) return failure;
  const auto verified = world_.engine().verify();
  if (!verified) return Failure{line_, verified.error().message()};
  if (!verified->problems.empty())
    return Failure{line_, "after the end the store does not verify: " + verified->problems.front()};
  played_.events = verified->events;
  return std::nullopt;
}

Verdict Player::compare(const StreamId& stream, Version version) const {
  const auto replayed = world_.engine().load(stream);
  if (!replayed) return Failure{line_, replayed.error().message()};
  const auto live = world_.live().at(stream, version);
  if (live && replayed->version == version && state_bytes(*replayed->state) == *live) return std::nullopt;
  return Failure{line_,
                 fmt::format("after the end {} was replayed from nothing, and its state at version {} is not the "
                             "one it had",
                             stream.text(), number(version))};
}

void Player::tell(const Statement& statement) {
  if (!options_.tell) return;
  options_.tell(statement.text);
  if (world_.closed()) return;
  const auto read = world_.engine().read(told_, [&](const Event& event) {
    told_ = event.position;
    if (event.workflow == city::work_order_workflow)
      options_.tell(fmt::format("    {}  {} {:<12} {}", script_.clock.text(event.time), event.key,
                                cli::stage_text(world_.engine(), event.workflow, event.stage),
                                cli::fact_text(event, script_.clock)));
    return true;
  });
  if (!read) options_.tell("    the events cannot be read: " + read.error().message());
  for (; notices_told_ < world_.notices().size(); ++notices_told_)
    options_.tell("      -> " + world_.notices()[notices_told_].text());
}

}  // namespace

Played play(const Script& script, const PlayOptions& options) { return Player(script, options).play(); }

}  // namespace pavior::scenario
