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
/// A command stands in `Lifecycle` or in `Beside`: rows of the latter cost the compiler the same for any number of stages.
///
/// The class may also have:
///     using Policy = ...; const Policy& policy() const;                // handed to rules as `view.policy`
///     Result<void> may(const Actor&, std::string_view command) const;  // asked before the stage
///     static std::vector<Command> follow_up(const E& fact, const View<...>& view);  // the view is that before the fact
///     static void react(const Data& after, const E& fact, const pavior::Event& meta, Reaction& reaction);
///     static Result<void> complete(E& fact, const View<...>& view);    // after every `make`; an error is the answer
///     static void applying(Data& data, const E& fact, const pavior::Event& meta);  // before every `apply`
///     static void reacting(const Data& after, const E& fact, const pavior::Event& meta, Reaction&);  // before `react`
///     using Beside = table<row<any_of<...>, C, when, E, same>, ...>;   // what leaves the stage as it is, wherever it is
///     using Legacy = table<edge<from, E, to>, ...>;                    // no longer decided, still replayed
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

/// From `From`, `Command` leads to `To` by recording `Event`, if `When` holds.
template <class From, class Command, class When, class Event, class To>
struct row;

/// What a table no longer decides but old streams hold.
template <class From, class Event, class To>
struct edge;

template <class... Rows>
struct table;

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
//     };
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
