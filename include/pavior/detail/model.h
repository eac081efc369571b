// A lifecycle's tables taken apart: the lists of their rows, commands, events and stages.
#pragma once

#include <cstddef>
#include <type_traits>

#include "boost/mp11/algorithm.hpp"
#include "boost/mp11/list.hpp"
#include "pavior/detail/written_rows.h"
#include "pavior/table.h"

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

template <class W>
struct LegacyOf {
  using type = mp::mp_list<>;
};
template <class W>
requires requires { typename W::Legacy; }
struct LegacyOf<W> {
  using type = typename LegacyRows<typename W::Legacy>::type;
};

template <class Row>
using WhileOf = typename Row::While;
template <class Row>
using FromOf = typename Row::From;
template <class Row>
using ToOf = typename Row::To;
template <class Row>
using CommandOf = typename Row::Command;
template <class Row>
using EventOf = typename Row::Event;
template <class K>
using RowsOf = typename ChapterRows<K>::type;

/// Stages or states in the order they are first named: sources and targets of rows.
template <class Rows, template <class> class Sources>
using NamedIn = mp::mp_remove<
    mp::mp_unique<mp::mp_append<mp::mp_flatten<mp::mp_transform<Sources, Rows>>, mp::mp_transform<ToOf, Rows>>>, same>;

template <class W>
struct Model {
  using Data = typename W::Data;
  using Policy = typename PolicyOf<W>::type;
  using ViewOf = View<Data, Policy>;
  using Chapters = typename ChaptersOf<W>::type;
  using MainRows = typename WrittenRows<void, typename W::Lifecycle>::type;
  using Legacy = typename LegacyOf<W>::type;
  /// Of the main table, then of every chapter.
  using Rows = mp::mp_append<MainRows, mp::mp_flatten<mp::mp_transform<RowsOf, Chapters>>>;
  /// What may be replayed.
  using Replayed = mp::mp_append<Rows, Legacy>;
  using Commands = mp::mp_unique<mp::mp_transform<CommandOf, Rows>>;
  using Events = mp::mp_unique<mp::mp_transform<EventOf, Replayed>>;
  using Stages = NamedIn<mp::mp_append<MainRows, Legacy>, WhileOf>;
};

/// The chapter whose table has `M` as the `Of` of a row; void for the main table's.
template <class W, class M, template <class Row> class Of>
struct ChapterWith {
  template <class K>
  using Has = mp::mp_contains<mp::mp_transform<Of, RowsOf<K>>, M>;
  using type = mp::mp_front<mp::mp_push_back<mp::mp_copy_if<typename Model<W>::Chapters, Has>, void>>;
};
template <class W, class C>
using ChapterOfCommand = ChapterWith<W, C, CommandOf>;
template <class W, class E>
using ChapterOfEvent = ChapterWith<W, E, EventOf>;

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

/// What a row's machine stands in: the stage, or the state of its chapter.
template <class K, class C, class V>
Stage place_of(const C& command, const V& view) {
  if constexpr (std::is_void_v<K>) {
    return view.stage;
  } else {
    return chapter_state<K>(command, view);
  }
}

}  // namespace pavior::inline v0::machine::detail
