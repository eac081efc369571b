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
    [&]<std::size_t... Is>(std::index_sequence<Is...>) { (void)(try_row<Is>(command, attempt) || ...); }
    (std::make_index_sequence<detail::Model<W>::rows>{});
  }

 private:
  template <std::size_t I, class W, class C>
  static bool try_row(const C& command, detail::Attempt<W>& attempt) {
    using Row = typename detail::Model<W>::template RowAt<I>;
    if constexpr (std::is_same_v<typename Row::Command, C>) {
      if (Row::From::number != attempt.view.stage || !detail::ask_row<W, I>(command, attempt)) return false;
      detail::record_row<W, I>(command, attempt);
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
