// Rows described, and asked without a command.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "pavior/detail/model.h"
#include "pavior/detail/possibility_list.h"
#include "pavior/workflow.h"

namespace pavior::inline v0::machine::detail {

template <class S>
constexpr std::string_view state_name() {
  if constexpr (std::is_same_v<S, same>) {
    return "same";
  } else {
    return S::name;
  }
}

template <class Row>
Transition describe() {
  Transition row;
  row.from = Row::From::name;
  row.command_type = message_type<typename Row::Command>();
  row.command = short_name(row.command_type);
  row.when = []<class... Rs>(mp::mp_list<Rs...>) {
    return std::vector<std::string>{Rule<Rs>::name()...};
  }(typename Row::Rules{});
  row.event_type = message_type<typename Row::Event>();
  row.event = short_name(row.event_type);
  row.to = Row::To::name;
  row.from_stage = Row::From::number;
  row.to_stage = Row::To::number;
  row.id = Row::Id::text;
  if constexpr (!std::is_void_v<typename Row::Beside>) {
    using B = typename Row::Beside;
    row.chapter = B::Chapter::name;
    if constexpr (!std::is_void_v<typename B::StateTo>) {
      row.state_from = []<class... Ss>(mp::mp_list<Ss...>) {
        return std::vector<std::string>{std::string(Ss::name)...};
      }(typename B::StatesFrom{});
      row.state_to = state_name<typename B::StateTo>();
    }
  }
  return row;
}

template <class Row, class V>
RowAnswer without_command(const V& view) {
  RowAnswer answer;
  const auto ask = [&]<class R>(mp::mp_list<R>) {
    if constexpr (Rule<R>::template needs_command<V>) {
      answer.open.push_back(Rule<R>::name());
    } else if (!Rule<R>::holds(view)) {
      answer.failing.push_back(Rule<R>::name());
    }
  };
  [&]<class... Rs>(mp::mp_list<Rs...>) { (ask(mp::mp_list<Rs>{}), ...); }(typename Row::Rules{});
  if constexpr (!std::is_void_v<typename Row::Beside>) {
    using B = typename Row::Beside;
    using K = typename B::Chapter;
    if constexpr (std::is_void_v<typename B::StateTo>) {
    } else if constexpr (requires { K::state(view.data); }) {
      if (!stands_in(typename B::StatesFrom{}, static_cast<Stage>(K::state(view.data))))
        answer.failing = {std::string(K::name)};
    } else {
      answer.open.insert(answer.open.begin(), std::string(K::name));
    }
  }
  return answer;
}

}  // namespace pavior::inline v0::machine::detail
