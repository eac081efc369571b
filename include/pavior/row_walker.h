/// \file
/// The lifecycle table decided by walking its rows: the oracle Boost.MSM must agree with, and a way without MSM.
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

#include "pavior/detail/table_workflow.h"

namespace pavior::inline v0::machine {

/// Tries the rows from the top.
struct RowWalker {
  template <class W, class C>
  static void decide(const C& command, detail::Attempt<W>& attempt) {
    [&]<class... Rows>(detail::mp::mp_list<Rows...>) {
      (void)(try_row<Rows>(command, attempt) || ...);
    }(typename detail::Model<W>::Rows{});
  }

 private:
  template <class Row, class W, class C>
  static bool try_row(const C& command, detail::Attempt<W>& attempt) {
    if constexpr (std::is_same_v<typename Row::Command, C>) {
      if (Row::From::number != attempt.view.stage || !in_state<typename Row::Beside>(command, attempt.view) ||
          !detail::all_hold(typename Row::Rules{}, command, attempt.view, attempt.nearest_no))
        return false;
      detail::record<Row>(command, Row::To::number, attempt);
      return true;
    } else {
      return false;
    }
  }

  template <class Beside, class C, class V>
  static bool in_state(const C& command, const V& view) {
    if constexpr (std::is_void_v<Beside>) {
      return true;
    } else if constexpr (std::is_void_v<typename Beside::StateTo>) {
      return true;
    } else {
      return detail::stands_in(typename Beside::StatesFrom{},
                               detail::chapter_state<typename Beside::Chapter>(command, view));
    }
  }
};

/// The same workflow as `make_workflow`, without Boost.MSM.
template <class W>
[[nodiscard]] std::shared_ptr<const Workflow> make_walked_workflow(W lifecycle = {}) {
  return std::make_shared<const detail::TableWorkflow<W, RowWalker>>(std::move(lifecycle));
}

}  // namespace pavior::inline v0::machine
