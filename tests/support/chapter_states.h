/// \file
/// The chapters of a lifecycle table, and where a stream stands in them.
#pragma once

#include <string>
#include <vector>

#include "pavior/detail/rows.h"
#include "support/catch.h"

namespace pavior::testing {

/// A chapter that has states, in the order the table first names them.
struct ChapterStates {
  std::string name;
  std::vector<std::string> states;
};

template <class Lifecycle>
std::vector<ChapterStates> chapters_with_states() {
  namespace detail = machine::detail;
  std::vector<ChapterStates> chapters;
  const auto add = [&]<class K>(boost::mp11::mp_identity<K>) {
    if constexpr (detail::has_states<K>) {
      auto& chapter = chapters.emplace_back(ChapterStates{std::string(K::name), {}});
      for (const auto& state : detail::stage_names(detail::NamedIn<detail::RowsOf<K>, detail::FromOf>{}))
        chapter.states.emplace_back(state.name);
    }
  };
  [&]<class... Ks>(boost::mp11::mp_list<Ks...>) {
    (add(boost::mp11::mp_identity<Ks>{}), ...);
  }(typename detail::Model<Lifecycle>::Chapters{});
  return chapters;
}

/// The state that a command names, in the chapter that has the command; empty where there are no states.
template <class Lifecycle>
std::string chapter_state(const Command& command, const typename Lifecycle::Data& data) {
  namespace detail = machine::detail;
  std::string name;
  const auto ask = [&]<class C>(boost::mp11::mp_identity<C>) {
    using K = typename detail::ChapterOfCommand<Lifecycle, C>::type;
    if constexpr (!std::is_void_v<K>) {
      if (!detail::has_states<K> || message_type<C>() != command.type()) return;
      C message;
      REQUIRE(parse(command.payload(), message));
      const struct { const typename Lifecycle::Data& data; } view{data};
      const Stage state = detail::chapter_state<K>(message, view);
      for (const auto& known : detail::stage_names(detail::NamedIn<detail::RowsOf<K>, detail::FromOf>{}))
        if (known.stage == state) name = known.name;
      if (name.empty()) name = "a state outside the table";
    }
  };
  [&]<class... Cs>(boost::mp11::mp_list<Cs...>) {
    (ask(boost::mp11::mp_identity<Cs>{}), ...);
  }(typename detail::Model<Lifecycle>::Commands{});
  return name;
}

}  // namespace pavior::testing
