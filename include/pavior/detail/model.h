// A lifecycle table taken apart: flat rows, their lists, and what must be true of them, checked while compiling.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "boost/mp11/algorithm.hpp"
#include "boost/mp11/bind.hpp"
#include "boost/mp11/list.hpp"
#include "pavior/detail/flat_rows.h"
#include "pavior/detail/rules.h"
#include "pavior/proto.h"
#include "pavior/table.h"
#include "pavior/workflow.h"

namespace pavior::inline v0::machine::detail {

template <class W>
struct PolicyOf {
  using type = NoPolicy;
};
template <class W>
requires requires { typename W::Policy; }
struct PolicyOf<W> {
  using type = typename W::Policy;
};

template <class W>
struct ChaptersOf {
  using type = mp::mp_list<>;
};
template <class W>
requires requires { typename W::Chapters; }
struct ChaptersOf<W> {
  using type = mp::mp_rename<typename W::Chapters, mp::mp_list>;
};

/// The rows of a chapter's table, as they are written.
template <class K>
struct BesideRowsOf {
  using type = mp::mp_list<>;
};
template <class K>
requires requires { typename K::Table; }
struct BesideRowsOf<K> {
  template <class Row>
  using Of = BesideRow<K, Row>;
  using type = mp::mp_transform<Of, mp::mp_rename<typename K::Table, mp::mp_list>>;
};

template <class W>
struct LegacyOf {
  using type = mp::mp_list<>;
};
template <class W>
requires requires { typename W::Legacy; }
struct LegacyOf<W> {
  using type = typename FlatLegacy<typename W::Legacy>::type;
};

template <class Row>
using FromOf = typename Row::From;
template <class Row>
using ToOf = typename Row::To;
template <class Row>
using CommandOf = typename Row::Command;
template <class Row>
using EventOf = typename Row::Event;
template <class Row>
using EdgeOf = Edge<typename Row::From, typename Row::Event, typename Row::To>;
template <class Row>
using Recalled = mp::mp_bool<Row::recalled>;
template <class K>
using BesideRowsIn = typename BesideRowsOf<K>::type;
template <class B>
using FlatBesideOf = typename FlatBeside<B>::type;

template <class W>
struct Model {
  using Data = typename W::Data;
  using Policy = typename PolicyOf<W>::type;
  using ViewOf = View<Data, Policy>;
  using Chapters = typename ChaptersOf<W>::type;
  /// Rows of the main table, of the chapters as they are written, and of all, each for one stage.
  using MainRows = typename FlatTable<typename W::Lifecycle>::type;
  using BesideRows = mp::mp_append<mp::mp_list<>, mp::mp_flatten<mp::mp_transform<BesideRowsIn, Chapters>>>;
  using Rows = mp::mp_append<MainRows, mp::mp_flatten<mp::mp_transform<FlatBesideOf, BesideRows>>>;
  using Edges = mp::mp_unique<mp::mp_append<mp::mp_transform<EdgeOf, Rows>, typename LegacyOf<W>::type>>;
  /// All but those that only a fact can tell.
  using CertainEdges = mp::mp_unique<
      mp::mp_append<mp::mp_transform<EdgeOf, mp::mp_remove_if<Rows, Recalled>>, typename LegacyOf<W>::type>>;
  using Commands = mp::mp_unique<mp::mp_transform<CommandOf, Rows>>;
  using Events = mp::mp_unique<mp::mp_transform<EventOf, Edges>>;
  /// In the order they are first named.
  using Stages = mp::mp_unique<mp::mp_append<mp::mp_transform<FromOf, Edges>, mp::mp_transform<ToOf, Edges>>>;
  /// Those that a main row starts from.
  using MainStages = mp::mp_unique<mp::mp_transform<FromOf, MainRows>>;
  template <std::size_t I>
  using RowAt = mp::mp_at_c<Rows, I>;
  static constexpr std::size_t rows = mp::mp_size<Rows>::value;
  static constexpr std::size_t main_rows = mp::mp_size<MainRows>::value;
};

/// The states that a chapter's table names.
template <class B>
using NamedStatesOf = mp::mp_if<std::is_same<typename B::StateTo, same>, typename B::StatesFrom,
                                mp::mp_push_back<typename B::StatesFrom, typename B::StateTo>>;
template <class K>
using NamedStates =
    mp::mp_remove<mp::mp_unique<mp::mp_flatten<mp::mp_transform<NamedStatesOf, BesideRowsIn<K>>>>, void>;

/// The chapter whose table has a command; void for the main table's.
template <class W, class C>
struct ChapterOf {
  template <class K>
  using Has = mp::mp_contains<mp::mp_transform<CommandOf, BesideRowsIn<K>>, C>;
  using type = mp::mp_front<mp::mp_push_back<mp::mp_copy_if<typename Model<W>::Chapters, Has>, void>>;
};

template <class T, class E>
concept MakesEvent = std::same_as<T, E> || std::same_as<T, Result<E>>;

template <class K, class W, class Row>
concept Makes = requires(const typename Row::Command& command, const typename Model<W>::ViewOf& view) {
  { K::make(command, view, tag<typename Row::Event>{}) } -> MakesEvent<typename Row::Event>;
};

template <class K, class W, class E>
concept Applies = requires(typename W::Data& data, E&& fact, const Event& meta) {
  K::apply(data, std::move(fact), meta);
};

template <class K, class W, class E>
concept Reacts = requires(const typename W::Data& after, const E& fact, const Event& meta, Reaction& reaction) {
  K::react(after, fact, meta, reaction);
};

template <class K, class W, class E>
concept FollowsUp = requires(const E& fact, const typename Model<W>::ViewOf& view) {
  { K::follow_up(fact, view) } -> std::same_as<std::vector<Command>>;
};

/// The first of the chapters, or else the class itself, of which `Has` is true; void if it is of none.
template <class W, template <class K> class Has>
using OwnerWith =
    mp::mp_front<mp::mp_push_back<mp::mp_copy_if<mp::mp_push_back<typename Model<W>::Chapters, W>, Has>, void>>;

template <class W, class Row>
struct MakerOf {
  template <class K>
  using Has = mp::mp_bool<Makes<K, W, Row>>;
  using type = OwnerWith<W, Has>;
};
template <class W, class E>
struct ApplierOf {
  template <class K>
  using Has = mp::mp_bool<Applies<K, W, E>>;
  using type = OwnerWith<W, Has>;
};
template <class W, class E>
struct ReactorOf {
  template <class K>
  using Has = mp::mp_bool<Reacts<K, W, E>>;
  using type = OwnerWith<W, Has>;
};
template <class W, class E>
struct FollowerOf {
  template <class K>
  using Has = mp::mp_bool<FollowsUp<K, W, E>>;
  using type = OwnerWith<W, Has>;
};

/// A command being decided: what a row's rules and maker are given, and what they leave.
template <class W>
struct Attempt {
  const typename Model<W>::ViewOf& view;
  NearestNo nearest_no;
  std::optional<Decision> decision;
  std::optional<Error> error;  ///< A row won, but its fact could not be made or completed.
};

template <class W, std::size_t I, class C>
bool ask_row(const C& command, Attempt<W>& attempt) {
  return all_hold(typename Model<W>::template RowAt<I>::Rules{}, command, attempt.view, attempt.nearest_no);
}

/// The row won: its fact is made.
template <class Row, class W>
void record(const typename Row::Command& command, Stage to, Attempt<W>& attempt) {
  using E = typename Row::Event;
  Result<E> made = MakerOf<W, Row>::type::make(command, attempt.view, tag<E>{});
  if (!made) {
    attempt.error = std::move(made).error();
    return;
  }
  E& fact = *made;
  if constexpr (requires { W::complete(fact, attempt.view); }) {
    if (Result<void> completed = W::complete(fact, attempt.view); !completed) {
      attempt.error = std::move(completed).error();
      return;
    }
  }
  attempt.decision.emplace();
  attempt.decision->facts.push_back(make_fact(fact, to));
  using Follower = typename FollowerOf<W, E>::type;
  if constexpr (!std::is_void_v<Follower>) attempt.decision->follow_ups = Follower::follow_up(fact, attempt.view);
}

template <class... Stages>
constexpr bool stands_in(mp::mp_list<Stages...>, Stage stage) {
  return ((Stages::number == stage) || ...);
}

/// Where the chapter stands that has the command. A chapter without states stands nowhere, which is `absent`.
template <class K, class C, class V>
Stage chapter_state(const C& command, const V& view) {
  if constexpr (requires { K::state(view.data, command); }) {
    return static_cast<Stage>(K::state(view.data, command));
  } else if constexpr (requires { K::state(view.data); }) {
    return static_cast<Stage>(K::state(view.data));
  } else {
    return Stage::absent;
  }
}

// The checks. Rows as numbers, so that loops do what recursive templates would.

struct RowNumbers {
  Stage from;
  std::size_t command;
  std::size_t event;
  Stage to;
  bool always;
};

template <class W, class... Rows>
constexpr auto row_numbers(mp::mp_list<Rows...>) {
  using M = Model<W>;
  return std::array<RowNumbers, sizeof...(Rows)>{
      RowNumbers{Rows::From::number, mp::mp_find<typename M::Commands, typename Rows::Command>::value,
                 mp::mp_find<typename M::Events, typename Rows::Event>::value, Rows::To::number,
                 mp::mp_empty<typename Rows::Rules>::value}...};
}

template <class W, class... Edges>
constexpr bool replay_is_unambiguous(mp::mp_list<Edges...>) {
  struct Numbers {
    Stage from;
    std::size_t event;
    Stage to;
  };
  const std::array<Numbers, sizeof...(Edges)> edges{Numbers{
      Edges::From::number, mp::mp_find<typename Model<W>::Events, typename Edges::Event>::value, Edges::To::number}...};
  for (const auto& a : edges)
    for (const auto& b : edges)
      if (a.from == b.from && a.event == b.event && a.to != b.to) return false;
  return true;
}

template <class W>
constexpr bool every_row_can_be_reached() {
  const auto rows = row_numbers<W>(typename Model<W>::MainRows{});
  for (std::size_t later = 0; later < rows.size(); ++later)
    for (std::size_t earlier = 0; earlier < later; ++earlier)
      if (rows[earlier].always && rows[earlier].from == rows[later].from &&
          rows[earlier].command == rows[later].command)
        return false;
  return true;
}

template <class W>
constexpr bool nothing_leads_back_to_absent() {
  for (const auto& row : row_numbers<W>(typename Model<W>::Rows{}))
    if (row.to == Stage::absent) return false;
  return true;
}

template <class... Stages>
constexpr bool stages_have_distinct_numbers_and_names(mp::mp_list<Stages...>) {
  const std::array<Stage, sizeof...(Stages)> numbers{Stages::number...};
  const std::array<std::string_view, sizeof...(Stages)> names{Stages::name...};
  for (std::size_t i = 0; i < numbers.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (numbers[i] == numbers[j] || names[i] == names[j]) return false;
  return true;
}

template <class W, class Row, class Rules = typename Row::Rules>
struct HasRules;
template <class W, class Row, class... Rs>
struct HasRules<W, Row, mp::mp_list<Rs...>>
    : std::bool_constant<(Rule<Rs>::template valid<typename Row::Command, typename Model<W>::ViewOf> && ...)> {};
template <class W>
struct HasRulesIn {
  template <class Row>
  using fn = HasRules<W, Row>;
};

template <class W, class Row>
struct HasMake : std::bool_constant<!std::is_void_v<typename MakerOf<W, Row>::type>> {};

template <class W, class E>
struct HasApply : std::bool_constant<!std::is_void_v<typename ApplierOf<W, E>::type>> {};

/// Every command stands in the main table or in one chapter's.
template <class W>
constexpr bool commands_have_one_table() {
  using Tables =
      mp::mp_push_front<mp::mp_transform<BesideRowsIn, typename Model<W>::Chapters>, typename Model<W>::MainRows>;
  const auto distinct = []<class... Rs>(mp::mp_list<Rs...>) {
    return mp::mp_size<mp::mp_unique<mp::mp_list<typename Rs::Command...>>>::value;
  };
  const auto sum = [&]<class... Ts>(mp::mp_list<Ts...>) { return (std::size_t{0} + ... + distinct(Ts{})); };
  return sum(Tables{}) == mp::mp_size<typename Model<W>::Commands>::value;
}

template <class M>
struct IsMessage : std::bool_constant<Message<M>> {};

template <class W>
constexpr bool checked() {
  using M = Model<W>;
  static_assert(Message<typename W::Data>, "the folded Data must be a protobuf message");
  static_assert(mp::mp_all_of<mp::mp_append<typename M::Commands, typename M::Events>, IsMessage>::value,
                "every command and event of the table must be a protobuf message");
  static_assert(stages_have_distinct_numbers_and_names(typename M::Stages{}),
                "two stages of the table share a number or a name");
  static_assert(nothing_leads_back_to_absent<W>(),
                "a row leads to absent, but a stream that has events cannot be absent");
  static_assert(replay_is_unambiguous<W>(typename M::CertainEdges{}),
                "two rows have the same from and event but different targets; replay would be ambiguous");
  static_assert(commands_have_one_table<W>(),
                "a command stands in the table and in a chapter, or in two; give it to one of them");
  static_assert(every_row_can_be_reached<W>(),
                "a row without rules hides a row below it that has the same from and command");
  static_assert(
      mp::mp_all_of_q<typename M::Rows, HasRulesIn<W>>::value,
      "a rule lacks a name, an explanation, or a bool test(view) or test(command, view) for its row's command");
  static_assert(mp::mp_all_of_q<typename M::Rows, mp::mp_bind_front<HasMake, W>>::value,
                "a row lacks its make(command, view, tag<Event>) that returns the event");
  static_assert(mp::mp_all_of_q<typename M::Events, mp::mp_bind_front<HasApply, W>>::value,
                "an event lacks its apply(data, event, meta)");
  return true;
}

}  // namespace pavior::inline v0::machine::detail
