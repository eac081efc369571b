/// \file
/// The words a lifecycle table is written in. `machine.h` makes a workflow of the class that holds one:
///
///     struct Door {
///       static constexpr std::string_view name = "door";
///       using Data = my::Door;                     // a protobuf message, folded from the facts
///       using Lifecycle = table<
///       //  from      command  when       event    to
///       row<absent,   Build,   always,    Built,   shut  >,
///       row<shut,     Open,    has_key,   Opened,  open  >,
///       row<open,     Shut,    always,    Shut,    shut  >>;
///       static Opened make(const Open& command, const View<Data>& view, tag<Opened>);  // per command and event; or a
///                                                                                      // Result<Opened>
///       static void apply(Data& data, const Opened& fact, const pavior::Event& meta);  // per event
///     };
///
/// Commands and events are protobuf messages. Every (from, event) has one target, so replay never asks a rule;
/// different outcomes of one command are different events. Rows of one (from, command) are tried from the top.
///
/// A long lifecycle is told in chapters. A chapter is a class with makers and appliers of its own (they are looked for in
/// the chapters first), of events of the main table or of a small table that it has itself, of what leaves the stage as
/// it is and may have states of its own:
///
///     struct Bell {
///       static constexpr std::string_view name = "bell";                   // the rule that refuses in a wrong state
///       static BellState state(const my::Door& data);                      // or (data, command): of what it names
///       using Table = table<
///       //     id    while              from    command  when       event    to
///       beside<"B1", any_of<shut, open>, silent, Ring,    has_power, Rang,    loud  >>;
///       ...
///     };
///
/// The class may also have:
///     using Chapters = chapters<...>;                                  // a command, and an event, is in one table only
///     using Policy = ...; const Policy& policy() const;                // handed to rules as `view.policy`; or
///     Result<Policy> policy(const Data&, Time now) const;              // that of this stream: an error is the answer
///     Result<void> may(std::string_view command, const View<...>&) const;  // asked before the stage
///     static Result<void> complete(E& fact, const View<...>& view);    // after every `make`; an error is the answer
///     static void applying(Data& data, const E& fact, const pavior::Event& meta);  // before every `apply`
///     static void reacting(const Data& after, const E& fact, const pavior::Event& meta, Reaction&);  // before `react`
///     using Legacy = table<edge<from, E, to>, ...>;                    // no longer decided, still replayed
/// It and its chapters may have:
///     static std::vector<Command> follow_up(const E& fact, const View<...>& view);  // the view is that before the fact
///     static void react(const Data& after, const E& fact, const pavior::Event& meta, Reaction& reaction);
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "pavior/event.h"

namespace pavior::inline v0::machine {

/// A text as a template argument.
template <std::size_t N>
struct Text {
  constexpr Text(const char (&text)[N]) { std::copy_n(text, N, chars); }
  char chars[N];
};

/// A stage: its stored number (an integer or enumerator; never renumber) and its name for people.
template <auto Number, Text Name>
struct stage {
  static constexpr Stage number = static_cast<Stage>(Number);
  static constexpr std::string_view name{Name.chars, sizeof(Name.chars) - 1};
};

/// The stage of a stream without events.
using absent = stage<0, "absent">;

/// Several sources of a row: the row once for each.
template <class... Stages>
struct any_of;

/// As a target: the stage the row started from.
struct same;

/// As a target: the one of `Stages` (an `any_of`) for which the rule `CameFrom<Stage>` holds.
template <template <class Stage> class CameFrom, class Stages>
struct back_to;

/// From `From`, `Command` leads to `To` by recording `Event`, if `When` holds.
template <class From, class Command, class When, class Event, class To>
struct row;

/// A row known by an id, e.g. that of the document it comes from.
template <Text Id, class From, class Command, class When, class Event, class To>
struct entry;

/// A row of a chapter: while the stage is one of `While`. `Columns` are `Command, When, Event`, or, in a chapter with
/// states, `From, Command, When, Event, To`, where `From` and `To` are states, written as stages are.
template <Text Id, class While, class... Columns>
struct beside;

/// What a table no longer decides but old streams hold.
template <class From, class Event, class To>
struct edge;

template <class... Rows>
struct table;

template <class... Chapters>
struct chapters;

/// Which event to make.
template <class Event>
struct tag {};

struct NoPolicy {};

/// What a rule sees besides the command.
template <class Data, class Policy = NoPolicy>
struct View {
  const Data& data;  ///< Empty for a stream without events.
  const Policy& policy;
  Stage stage;
  const StreamId& stream;  ///< Empty when only asking what is possible.
  const Actor& actor;
  Time now;  ///< The time the facts will carry.
  Version version;
};

// Rules. One is a type that says what must hold:
//
//     struct has_key {
//       static constexpr std::string_view name = "has_key";                           // stable: hosts switch on it
//       static constexpr std::string_view explanation = "the actor carries the key";  // "Open requires that ..."
//       static bool test(const View<my::Door>& view);                                 // or (command, view)
//       static std::string explain(const Open&, const View<my::Door>&);               // may be: of this case, in place
//     };                                                                              // of `explanation`
//
// A rule that does not look at the command can be asked without one, to tell what is possible now.

/// Every rule holds; they are asked from the left.
template <class... Rules>
struct all;

/// At least one rule holds.
template <class... Rules>
struct any;

/// The rule does not hold.
template <class Rule>
struct no;

using always = all<>;

}  // namespace pavior::inline v0::machine
