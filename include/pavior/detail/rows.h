// Rows described, and asked without a command.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "pavior/detail/model.h"
#include "pavior/detail/possibility_list.h"
#include "pavior/detail/runtime_table.h"
#include "pavior/proto.h"
#include "pavior/workflow.h"

namespace pavior::inline v0::machine::detail {

template <class K>
constexpr bool has_states = mp::mp_size<NamedIn<RowsOf<K>, FromOf>>::value > 1;

template <class... Stages>
std::vector<StageName> stage_names(mp::mp_list<Stages...>) {
  return {{Stages::number, Stages::name}...};
}

template <class Row>
WrittenRow describe() {
  WrittenRow written;
  Transition& row = written.row;
  row.id = Row::Id::text;
  row.command_type = message_type<typename Row::Command>();
  row.when = []<class... Rs>(mp::mp_list<Rs...>) {
    return std::vector<std::string>{Rule<Rs>::name()...};
  }(typename Row::Rules{});
  row.event_type = message_type<typename Row::Event>();
  written.from = stage_names(typename Row::While{});
  if constexpr (Row::is_main && !std::is_same_v<typename Row::To, same>) {
    written.to = {Row::To::number, Row::To::name};
    written.stays = false;
  }
  if constexpr (!Row::is_main) {
    row.chapter = Row::Chapter::name;
    if constexpr (has_states<typename Row::Chapter>) {
      for (const StageName& state : stage_names(typename Row::From{})) row.state_from.emplace_back(state.name);
      row.state_to = "same";
      if constexpr (!std::is_same_v<typename Row::To, same>) row.state_to = Row::To::name;
    }
  }
  return written;
}

/// A chapter's row holds in its states.
template <class Row>
RuleText state_rule() {
  std::string states;
  for (const StageName& state : stage_names(typename Row::From{}))
    states.append(states.empty() ? "" : " or ").append(state.name);
  return {std::string(Row::Chapter::name), words(std::string(Row::Chapter::name)) + " is " + states};
}

/// Of a row that holds in the view's stage.
template <class Row, class V>
RowAnswer without_command(const V& view) {
  RowAnswer answer;
  const auto ask = [&]<class R>(mp::mp_list<R>) {
    if constexpr (Rule<R>::template needs_command<V>) {
      answer.open.push_back({Rule<R>::name(), Rule<R>::explanation()});
    } else if (!Rule<R>::holds(view)) {
      answer.failing.push_back({Rule<R>::name(), Rule<R>::explanation()});
    }
  };
  [&]<class... Rs>(mp::mp_list<Rs...>) { (ask(mp::mp_list<Rs>{}), ...); }(typename Row::Rules{});
  if constexpr (!Row::is_main) {
    using K = typename Row::Chapter;
    if constexpr (!has_states<K>) {
    } else if constexpr (requires { K::state(view.data); }) {
      if (!stands_in(typename Row::From{}, static_cast<Stage>(K::state(view.data))))
        answer.failing = {state_rule<Row>()};
    } else {
      answer.open.insert(answer.open.begin(), state_rule<Row>());
    }
  }
  return answer;
}

}  // namespace pavior::inline v0::machine::detail
