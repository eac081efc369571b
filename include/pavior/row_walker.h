/// \file
/// The lifecycle table decided by walking its rows: the oracle Boost.MSM must agree with, and a way without MSM.
#pragma once

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
      const Stage place = detail::place_of<typename Row::Chapter>(command, attempt.view);
      if (!detail::stands_in(typename Row::From{}, place) || !detail::holds<Row>(command, attempt)) return false;
      detail::record<Row>(command, attempt);
      return true;
    } else {
      return false;
    }
  }
};

/// The same workflow as `make_workflow`, without Boost.MSM.
template <class W>
[[nodiscard]] std::shared_ptr<const Workflow> make_walked_workflow(W lifecycle = {}) {
  return std::make_shared<const detail::TableWorkflow<W, RowWalker>>(std::move(lifecycle));
}

}  // namespace pavior::inline v0::machine
