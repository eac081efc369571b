// Rows as they are written, made flat: one for each stage they start from.
#pragma once

#include <string_view>

#include "boost/mp11/algorithm.hpp"
#include "boost/mp11/list.hpp"
#include "pavior/detail/rules.h"
#include "pavior/table.h"

namespace pavior::inline v0::machine::detail {

template <Text Id>
struct IdOf {
  static constexpr std::string_view text{Id.chars, sizeof(Id.chars) - 1};
};

/// `R` is a list of rules. `B` is the `BesideRow` of a chapter's row.
template <class I, class F, class C, class R, class E, class T, class B = void>
struct FlatRow {
  using Id = I;
  using From = F;
  using Command = C;
  using Rules = R;
  using Event = E;
  using To = T;
  using Beside = B;
  static constexpr bool recalled = false;
};

/// Of a `back_to`: several stages are led to by one event, and the fact remembers which.
template <class... Parts>
struct RecalledRow : FlatRow<Parts...> {
  static constexpr bool recalled = true;
};

template <class From, class To>
using Target = mp::mp_if<std::is_same<To, same>, From, To>;

template <class Row>
struct Flatten;
template <class F, class C, class W, class E, class T>
struct Flatten<row<F, C, W, E, T>> : Flatten<entry<"", F, C, W, E, T>> {};
template <Text Id, class F, class C, class W, class E, class T>
struct Flatten<entry<Id, F, C, W, E, T>> : Flatten<entry<Id, any_of<F>, C, W, E, T>> {};
template <Text Id, class... Fs, class C, class W, class E, class T>
struct Flatten<entry<Id, any_of<Fs...>, C, W, E, T>> {
  using type = mp::mp_list<FlatRow<IdOf<Id>, Fs, C, typename Conjunction<W>::type, E, Target<Fs, T>>...>;
};
template <Text Id, class F, class C, class W, class E, template <class> class CameFrom, class... Ts>
struct Flatten<entry<Id, F, C, W, E, back_to<CameFrom, any_of<Ts...>>>> {
  using type =
      mp::mp_list<RecalledRow<IdOf<Id>, F, C, mp::mp_push_back<typename Conjunction<W>::type, CameFrom<Ts>>, E, Ts>...>;
};

template <class Table>
struct FlatTable;
template <class... Rows>
struct FlatTable<table<Rows...>> {
  using type = mp::mp_append<mp::mp_list<>, typename Flatten<Rows>::type...>;
};

/// A row of a chapter as it is written: one for all the stages it holds in.
template <class K, class Row>
struct BesideRow;
template <class K, Text I, class S, class... Columns>
struct BesideRow<K, beside<I, S, Columns...>> : BesideRow<K, beside<I, any_of<S>, Columns...>> {};
template <class K, Text I, class... Ss, class C, class W, class E>
struct BesideRow<K, beside<I, any_of<Ss...>, C, W, E>> {
  using Chapter = K;
  using Id = IdOf<I>;
  using While = mp::mp_list<Ss...>;
  using StatesFrom = mp::mp_list<>;
  using StateTo = void;
  using Command = C;
  using Rules = typename Conjunction<W>::type;
  using Event = E;
};
template <class K, Text I, class... Ss, class F, class C, class W, class E, class T>
struct BesideRow<K, beside<I, any_of<Ss...>, F, C, W, E, T>>
    : BesideRow<K, beside<I, any_of<Ss...>, any_of<F>, C, W, E, T>> {};
template <class K, Text I, class... Ss, class... Fs, class C, class W, class E, class T>
struct BesideRow<K, beside<I, any_of<Ss...>, any_of<Fs...>, C, W, E, T>>
    : BesideRow<K, beside<I, any_of<Ss...>, C, W, E>> {
  using StatesFrom = mp::mp_list<Fs...>;
  using StateTo = T;
};

template <class B, class Whiles = typename B::While>
struct FlatBeside;
template <class B, class... Ss>
struct FlatBeside<B, mp::mp_list<Ss...>> {
  using type =
      mp::mp_list<FlatRow<typename B::Id, Ss, typename B::Command, typename B::Rules, typename B::Event, Ss, B>...>;
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
struct FlatLegacy;
template <class... Edges>
struct FlatLegacy<table<Edges...>> {
  using type = mp::mp_append<mp::mp_list<>, typename LegacyEdges<Edges>::type...>;
};

}  // namespace pavior::inline v0::machine::detail
