/// \file
/// What a host implements to give streams a meaning: decide, evolve, react.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::inline v0 {

/// The state folded from a stream's events. Immutable once published, so it may be shared between threads.
class PAVIOR_EXPORT State {
 public:
  virtual ~State() = default;
  /// The stage of the last fact.
  [[nodiscard]] Stage stage() const noexcept { return stage_; }

 protected:
  State() = default;
  State(const State&) = default;
  Stage stage_ = Stage::absent;
};

/// Null means the stream has no events.
using StatePtr = std::shared_ptr<const State>;

/// Where a stream stands while a command is decided.
struct Context {
  Time now{};         ///< The time the facts will carry.
  Version version{};  ///< Of the stream, before the command.
};

/// A fact about to be written to the command's stream.
struct Fact {
  std::string type;
  std::string payload;
  Stage stage{};  ///< The stage it leads to.
};

/// The outcome of an accepted command.
struct Decision {
  std::vector<Fact> facts;
  /// Commands to decide next within the same commit, e.g. for the other side of a merge.
  /// They inherit the trace and id, and the actor unless they name one. If one is refused, the whole command is, and
  /// nothing is written.
  std::vector<Command> follow_ups;
};

/// A named alarm of a stream: at `due`, `command` is submitted to it by the engine itself.
struct Timer {
  std::string name;  ///< Unique within the stream; arming a name again replaces it.
  Time due{};
  std::string command_type;
  std::string command_payload;
};

/// A message to the outside. It leaves through the Courier registered for `topic`, at least once.
struct Effect {
  std::string topic;
  std::string type;
  std::string payload;
  /// The command submitted to the stream when the courier gives up; none if the type is empty.
  std::string give_up_type;
  std::string give_up_payload;
};

/// What follows from a fact.
struct Reaction {
  bool disarm_all = false;          ///< Done first,
  std::vector<std::string> disarm;  ///< then these (an unknown name is ignored),
  std::vector<Timer> arm;           ///< then these.
  std::vector<Effect> effects;
};

/// One row of a lifecycle table, as plain data.
struct Transition {
  std::string id;                       ///< Empty if the row has none.
  std::string chapter;                  ///< Of a table beside the main one; empty for that.
  std::string from;                     ///< Stage name.
  std::string command;                  ///< Short message name.
  std::vector<std::string> when;        ///< Names of the rules that must all hold, in the order they are asked.
  std::string event;                    ///< Short message name.
  std::string to;                       ///< Stage name.
  std::vector<std::string> state_from;  ///< In a chapter with states: any of these ...
  std::string state_to;                 ///< ... leads to this one.
  Stage from_stage{};
  Stage to_stage{};
  std::string command_type;  ///< Full message names.
  std::string event_type;
};

/// What one command could do to a stream now, for one actor.
struct Possibility {
  enum class Answer : std::uint8_t {
    yes,      ///< Every rule that needs no payload holds, and there is no other.
    depends,  ///< As yes, but `rules` can only be asked with a payload.
    blocked,  ///< `rules` do not hold.
  };
  std::string command;
  std::string command_type;
  Answer answer{};
  std::vector<std::string> rules;
  std::vector<std::string> explanations;  ///< What each of `rules` requires: "<command> requires that ...".
};

/// The rules of one kind of stream. Implement this directly, or through the table kit in `machine.h`.
/// Every function is pure: no clock, no randomness, no input but its arguments.
/// Threads: called from any thread, several at once; must be immutable after registration.
/// Errors: exceptions that leave a function are caught once, nothing is written, and the command is answered `invalid`.
class PAVIOR_EXPORT Workflow {
 public:
  virtual ~Workflow() = default;

  /// The first part of its streams' ids; stable, since it is stored.
  [[nodiscard]] virtual std::string_view name() const noexcept = 0;

  /// Decides a command. `refused` errors carry the rule's name.
  [[nodiscard]] virtual Result<Decision> decide(const State* state, const Command& command,
                                                const Context& context) const = 0;

  /// Folds events into a state; `before` is null for a new stream. A state others may still see is never changed, but
  /// one whose only reference is handed over (`before.use_count() == 1`) may be changed in place and returned: replay
  /// then copies nothing.
  /// Errors: corrupt, when an event cannot belong here. Such an event is never written.
  [[nodiscard]] virtual Result<StatePtr> evolve(StatePtr before, std::span<const Event> events) const = 0;

  /// What follows from `event`, where `after` is the state after the whole commit.
  [[nodiscard]] virtual Reaction react(const State& after, const Event& event) const;

  /// What `actor` can do now, in table order. `state` is null for a new stream.
  [[nodiscard]] virtual std::vector<Possibility> possibilities(const State* state, const Actor& actor,
                                                               const Context& context) const;

  /// The lifecycle as a table; empty if the workflow has none.
  [[nodiscard]] virtual std::span<const Transition> transitions() const;

  /// A stage's name for people; empty if unknown.
  [[nodiscard]] virtual std::string_view stage_name(Stage stage) const;
};

}  // namespace pavior::inline v0
