// What must be true of a lifecycle's tables, checked while compiling.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "boost/mp11/bind.hpp"
#include "pavior/detail/owners.h"

namespace pavior::inline v0::machine::detail {

// Rows as numbers, one for each stage they start from, so that loops do what recursive templates would.

struct RowNumbers {
  Stage from;
  std::size_t command;
  std::size_t event;
  Stage to;
  bool always;
  bool main;
  bool recalled;
};

template <class W, class Row>
constexpr RowNumbers numbers_of(Stage from) {
  using M = Model<W>;
  RowNumbers row{from,
                 0,
                 mp::mp_find<typename M::Events, typename Row::Event>::value,
                 stage_after<Row>(from),
                 false,
                 Row::is_main,
                 Row::recalled};
  if constexpr (requires { typename Row::Command; }) {
    row.command = mp::mp_find<typename M::Commands, typename Row::Command>::value;
    row.always = mp::mp_empty<typename Row::Rules>::value;
  }
  return row;
}

template <class W, class... Rows>
constexpr auto row_numbers(mp::mp_list<Rows...>) {
  std::array<RowNumbers, (std::size_t{0} + ... + mp::mp_size<typename Rows::While>::value)> all{};
  std::size_t next = 0;
  const auto add = [&]<class Row, class... Stages>(mp::mp_identity<Row>, mp::mp_list<Stages...>) {
    ((all[next++] = numbers_of<W, Row>(Stages::number)), ...);
  };
  (add(mp::mp_identity<Rows>{}, typename Rows::While{}), ...);
  return all;
}

template <class W>
constexpr bool replay_is_unambiguous() {
  const auto rows = row_numbers<W>(typename Model<W>::Replayed{});
  for (const auto& a : rows)
    for (const auto& b : rows)
      if (!a.recalled && !b.recalled && a.from == b.from && a.event == b.event && a.to != b.to) return false;
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
  using Tables = mp::mp_push_front<mp::mp_transform<RowsOf, typename Model<W>::Chapters>, typename Model<W>::MainRows>;
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
  static_assert(replay_is_unambiguous<W>(),
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
