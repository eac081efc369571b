// Whose function makes, applies or answers an event, and a command being decided.
#pragma once

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "pavior/detail/model.h"
#include "pavior/proto.h"
#include "pavior/workflow.h"

namespace pavior::inline v0::machine::detail {

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

/// What is done with an event of a chapter's table, that chapter does, or else the class itself; with one of the main
/// table, the first chapter that can, or else the class.
template <class W, class E, class Chapter = typename ChapterOfEvent<W, E>::type>
struct Candidates {
  using type = mp::mp_list<Chapter, W>;
};
template <class W, class E>
struct Candidates<W, E, void> {
  using type = mp::mp_push_back<typename Model<W>::Chapters, W>;
};

/// The first of the candidates of which `Has` is true; void if it is of none.
template <class W, class E, template <class K> class Has>
using OwnerWith = mp::mp_front<mp::mp_push_back<mp::mp_copy_if<typename Candidates<W, E>::type, Has>, void>>;

template <class W, class Row>
struct MakerOf {
  template <class K>
  using Has = mp::mp_bool<Makes<K, W, Row>>;
  using type = OwnerWith<W, typename Row::Event, Has>;
};
template <class W, class E>
struct ApplierOf {
  template <class K>
  using Has = mp::mp_bool<Applies<K, W, E>>;
  using type = OwnerWith<W, E, Has>;
};
template <class W, class E>
struct ReactorOf {
  template <class K>
  using Has = mp::mp_bool<Reacts<K, W, E>>;
  using type = OwnerWith<W, E, Has>;
};
template <class W, class E>
struct FollowerOf {
  template <class K>
  using Has = mp::mp_bool<FollowsUp<K, W, E>>;
  using type = OwnerWith<W, E, Has>;
};

/// A command being decided: what a row's rules and maker are given, and what they leave.
template <class W>
struct Attempt {
  const typename Model<W>::ViewOf& view;
  NearestNo nearest_no;
  std::optional<Decision> decision;
  std::optional<Error> error;  ///< A row won, but its fact could not be made or completed.
};

/// Whether a row that starts where the order stands wins.
template <class Row, class W>
bool holds(const typename Row::Command& command, Attempt<W>& attempt) {
  if constexpr (!Row::is_main)
    if (!stands_in(typename Row::While{}, attempt.view.stage)) return false;
  return all_hold(typename Row::Rules{}, command, attempt.view, attempt.nearest_no);
}

/// The row won: its fact is made.
template <class Row, class W>
void record(const typename Row::Command& command, Attempt<W>& attempt) {
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
  attempt.decision->facts.push_back(make_fact(fact, stage_after<Row>(attempt.view.stage)));
  using Follower = typename FollowerOf<W, E>::type;
  if constexpr (!std::is_void_v<Follower>) attempt.decision->follow_ups = Follower::follow_up(fact, attempt.view);
}

}  // namespace pavior::inline v0::machine::detail
