// A lifecycle table taken apart: flat rows, their lists, and what must be true of them, checked while compiling.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "boost/mp11/algorithm.hpp"
#include "boost/mp11/bind.hpp"
#include "boost/mp11/list.hpp"
#include "pavior/detail/rules.h"
#include "pavior/proto.h"
#include "pavior/table.h"
#include "pavior/workflow.h"

namespace pavior::inline v0::machine::detail {

template <class F, class C, class R, class E, class T>
struct FlatRow {
  using From = F;
  using Command = C;
  using Rules = R;  ///< mp_list
  using Event = E;
  using To = T;
};

template <class From, class To>
using Target = mp::mp_if<std::is_same<To, same>, From, To>;

template <class Row>
struct Flatten;
template <class F, class C, class W, class E, class T>
struct Flatten<row<F, C, W, E, T>> {
  using type = mp::mp_list<FlatRow<F, C, typename Conjunction<W>::type, E, Target<F, T>>>;
};
template <class... Fs, class C, class W, class E, class T>
struct Flatten<row<any_of<Fs...>, C, W, E, T>> {
  using type = mp::mp_list<FlatRow<Fs, C, typename Conjunction<W>::type, E, Target<Fs, T>>...>;
};

template <class F, class E, class T>
struct Edge {
  using From = F;
  using Event = E;
  using To = T;
};

template <class Row>
struct LegacyEdges;
template <class F, class E, class T>
struct LegacyEdges<edge<F, E, T>> {
  using type = mp::mp_list<Edge<F, E, Target<F, T>>>;
};
template <class... Fs, class E, class T>
struct LegacyEdges<edge<any_of<Fs...>, E, T>> {
  using type = mp::mp_list<Edge<Fs, E, Target<Fs, T>>...>;
};

template <class Table>
struct FlatTable;
template <class... Rows>
struct FlatTable<table<Rows...>> {
  using type = mp::mp_append<mp::mp_list<>, typename Flatten<Rows>::type...>;
};

template <class Table>
struct FlatLegacy;
template <class... Edges>
struct FlatLegacy<table<Edges...>> {
  using type = mp::mp_append<mp::mp_list<>, typename LegacyEdges<Edges>::type...>;
};

template <class W>
struct PolicyOf {
  using type = NoPolicy;
};
template <class W>
requires requires { typename W::Policy; }
struct PolicyOf<W> {
  using type = typename W::Policy;
};

/// A row as written: one for all its sources.
template <class Row>
struct WideRow;
template <class F, class C, class W, class E>
struct WideRow<row<F, C, W, E, same>> : WideRow<row<any_of<F>, C, W, E, same>> {};
template <class... Fs, class C, class W, class E>
struct WideRow<row<any_of<Fs...>, C, W, E, same>> {
  using From = mp::mp_list<Fs...>;
  using Command = C;
  using Rules = typename Conjunction<W>::type;
  using Event = E;
};

template <class W>
struct BesideOf {
  using Table = table<>;
};
template <class W>
requires requires { typename W::Beside; }
struct BesideOf<W> {
  using Table = typename W::Beside;
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

template <class W>
struct Model {
  using Data = typename W::Data;
  using Policy = typename PolicyOf<W>::type;
  using ViewOf = View<Data, Policy>;
  /// Rows of the main table, of the table beside it as it is written, and of both, each for one stage.
  using MainRows = typename FlatTable<typename W::Lifecycle>::type;
  using WideRows = mp::mp_transform<WideRow, mp::mp_rename<typename BesideOf<W>::Table, mp::mp_list>>;
  using Rows = mp::mp_append<MainRows, typename FlatTable<typename BesideOf<W>::Table>::type>;
  using Edges = mp::mp_unique<mp::mp_append<mp::mp_transform<EdgeOf, Rows>, typename LegacyOf<W>::type>>;
  using Commands = mp::mp_unique<mp::mp_transform<CommandOf, Rows>>;
  using Events = mp::mp_unique<mp::mp_transform<EventOf, Edges>>;
  /// In the order they are first named.
  using Stages = mp::mp_unique<mp::mp_append<mp::mp_transform<FromOf, Edges>, mp::mp_transform<ToOf, Edges>>>;
  /// Those a machine of the main rows alone knows.
  using MainStages = mp::mp_unique<mp::mp_append<mp::mp_transform<FromOf, MainRows>, mp::mp_transform<ToOf, MainRows>>>;
  using MainCommands = mp::mp_unique<mp::mp_transform<CommandOf, MainRows>>;
  using WideCommands = mp::mp_unique<mp::mp_transform<CommandOf, WideRows>>;
  template <std::size_t I>
  using RowAt = mp::mp_at_c<Rows, I>;
  static constexpr std::size_t rows = mp::mp_size<Rows>::value;
  static constexpr std::size_t main_rows = mp::mp_size<MainRows>::value;
  static constexpr std::size_t wide_rows = mp::mp_size<WideRows>::value;
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

template <class E, class W, class C>
void record(const C& command, Stage to, Attempt<W>& attempt) {
  Result<E> made = W::make(command, attempt.view, tag<E>{});
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
  if constexpr (requires { W::follow_up(fact, attempt.view); })
    attempt.decision->follow_ups = W::follow_up(fact, attempt.view);
}

template <class W, std::size_t I, class C>
void record_row(const C& command, Attempt<W>& attempt) {
  using Row = typename Model<W>::template RowAt<I>;
  record<typename Row::Event>(command, Row::To::number, attempt);
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
  const auto rows = row_numbers<W>(typename Model<W>::Rows{});
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

template <class W, class Row>
struct HasRules;
template <class W, class F, class C, class... Rs, class E, class T>
struct HasRules<W, FlatRow<F, C, mp::mp_list<Rs...>, E, T>>
    : std::bool_constant<(Rule<Rs>::template valid<C, typename Model<W>::ViewOf> && ...)> {};

template <class T, class E>
concept MakesEvent = std::same_as<T, E> || std::same_as<T, Result<E>>;

template <class W, class Row>
    struct HasMake
    : std::bool_constant < requires(const typename Row::Command& command, const typename Model<W>::ViewOf& view) {
  { W::make(command, view, tag<typename Row::Event>{}) } -> MakesEvent<typename Row::Event>;
} > {};

template <class W, class E>
    struct HasApply : std::bool_constant < requires(typename W::Data& data, E&& fact, const Event& meta) {
  W::apply(data, std::move(fact), meta);
} > {};

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
  static_assert(replay_is_unambiguous<W>(typename M::Edges{}),
                "two rows have the same from and event but different targets; replay would be ambiguous");
  static_assert(mp::mp_empty<mp::mp_set_intersection<typename M::MainCommands, typename M::WideCommands>>::value,
                "a command stands in the table and in the one beside it; give it to one of them");
  static_assert(every_row_can_be_reached<W>(),
                "a row without rules hides a row below it that has the same from and command");
  static_assert(
      mp::mp_all_of_q<typename M::Rows, mp::mp_bind_front<HasRules, W>>::value,
      "a rule lacks a name, an explanation, or a bool test(view) or test(command, view) for its row's command");
  static_assert(mp::mp_all_of_q<typename M::Rows, mp::mp_bind_front<HasMake, W>>::value,
                "a row lacks its make(command, view, tag<Event>) that returns the event");
  static_assert(mp::mp_all_of_q<typename M::Events, mp::mp_bind_front<HasApply, W>>::value,
                "an event lacks its apply(data, event, meta)");
  return true;
}

}  // namespace pavior::inline v0::machine::detail
