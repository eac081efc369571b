// Rows taken apart, as they are written: one for all the stages and states it starts from.
#pragma once

#include <string_view>
#include <type_traits>

#include "boost/mp11/algorithm.hpp"
#include "boost/mp11/list.hpp"
#include "pavior/detail/rules.h"
#include "pavior/table.h"

namespace pavior::inline v0::machine::detail {

template <Text Id>
struct IdOf {
  static constexpr std::string_view text{Id.chars, sizeof(Id.chars) - 1};
};

/// A row of the main table, or of the chapter `K`. `Ws` are the stages it holds in; `Fs` the sources and `T` the target
/// of the machine that decides it: stages in the main table, the chapter's states in one that has some.
template <class K, class I, class Ws, class Fs, class C, class R, class E, class T>
struct Written {
  using Chapter = K;  ///< void: the main table
  using Id = I;
  using While = Ws;
  using From = Fs;
  using Command = C;
  using Rules = R;
  using Event = E;
  using To = T;  ///< `same`: where it started
  static constexpr bool is_main = std::is_void_v<K>;
  static constexpr bool recalled = false;
};

/// Of a `back_to`: several stages are led to by one event, and the fact remembers which.
template <class... Parts>
struct RecalledRow : Written<Parts...> {
  static constexpr bool recalled = true;
};

template <class Stages>
struct AsList {
  using type = mp::mp_list<Stages>;
};
template <class... Stages>
struct AsList<any_of<Stages...>> {
  using type = mp::mp_list<Stages...>;
};
template <class Stages>
using ListOf = typename AsList<Stages>::type;

/// `K` is void for rows of the main table.
template <class K, class Row>
struct WrittenAs;
template <class F, class C, class W, class E, class T>
struct WrittenAs<void, row<F, C, W, E, T>> : WrittenAs<void, entry<"", F, C, W, E, T>> {};
template <Text Id, class F, class C, class W, class E, class T>
struct WrittenAs<void, entry<Id, F, C, W, E, T>> {
  using type = mp::mp_list<Written<void, IdOf<Id>, ListOf<F>, ListOf<F>, C, typename Conjunction<W>::type, E, T>>;
};
template <Text Id, class F, class C, class W, class E, template <class> class CameFrom, class... Ts>
struct WrittenAs<void, entry<Id, F, C, W, E, back_to<CameFrom, any_of<Ts...>>>> {
  using type = mp::mp_list<RecalledRow<void, IdOf<Id>, ListOf<F>, ListOf<F>, C,
                                       mp::mp_push_back<typename Conjunction<W>::type, CameFrom<Ts>>, E, Ts>...>;
};
/// A chapter without states stands nowhere, which is `absent`.
template <class K, Text Id, class S, class C, class W, class E>
struct WrittenAs<K, beside<Id, S, C, W, E>> {
  using type =
      mp::mp_list<Written<K, IdOf<Id>, ListOf<S>, mp::mp_list<absent>, C, typename Conjunction<W>::type, E, same>>;
};
template <class K, Text Id, class S, class F, class C, class W, class E, class T>
struct WrittenAs<K, beside<Id, S, F, C, W, E, T>> {
  using type = mp::mp_list<Written<K, IdOf<Id>, ListOf<S>, ListOf<F>, C, typename Conjunction<W>::type, E, T>>;
};

template <class K, class Table>
struct WrittenRows;
template <class K, class... Rows>
struct WrittenRows<K, table<Rows...>> {
  using type = mp::mp_append<mp::mp_list<>, typename WrittenAs<K, Rows>::type...>;
};

/// The rows of a chapter's table.
template <class K>
struct ChapterRows {
  using type = mp::mp_list<>;
};
template <class K>
requires requires { typename K::Table; }
struct ChapterRows<K> {
  using type = typename WrittenRows<K, typename K::Table>::type;
};

/// What old streams hold.
template <class F, class E, class T>
struct LegacyEdge {
  using While = ListOf<F>;
  using Event = E;
  using To = T;
  static constexpr bool is_main = true;
  static constexpr bool recalled = false;
};
template <class Edge>
struct LegacyOfEdge;
template <class F, class E, class T>
struct LegacyOfEdge<edge<F, E, T>> {
  using type = LegacyEdge<F, E, T>;
};
template <class Table>
struct LegacyRows;
template <class... Edges>
struct LegacyRows<table<Edges...>> {
  using type = mp::mp_list<typename LegacyOfEdge<Edges>::type...>;
};

/// The stage a row leads to from `from`.
template <class Row>
constexpr Stage stage_after(Stage from) {
  if constexpr (!Row::is_main || std::is_same_v<typename Row::To, same>) {
    return from;
  } else {
    return Row::To::number;
  }
}

template <class... Stages>
constexpr bool stands_in(mp::mp_list<Stages...>, Stage stage) {
  return ((Stages::number == stage) || ...);
}

}  // namespace pavior::inline v0::machine::detail
