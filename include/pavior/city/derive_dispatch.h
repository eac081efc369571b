/// \file
/// A first draft of dispatch rules, from what a city's dispatchers did. docs/what_if.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pavior/city/policy.h"
#include "pavior/city/v1/dispatch.pb.h"
#include "pavior/engine.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

struct DeriveOptions {
  /// First dispatches within here are looked at.
  Time from = Time::min();
  Time to = Time::max();
  /// A row for a grid of its own needs so many orders there, and this share of them at one unit.
  std::uint64_t grid_orders_min = 10;
  double grid_share_min = 0.6;
};

struct DerivedDispatch {
  v1::DispatchRules rules;
  std::vector<std::string> units;    ///< That any order was dispatched to first, by their names.
  std::vector<std::string> unknown;  ///< Categories that orders have and the policy has not: they get no rows.
  std::uint64_t dispatches = 0;      ///< Looked at.
  std::uint64_t named = 0;           ///< Of them, those whose unit the rows name.
};

/// One table: for each category the unit that its orders were first dispatched to most often, with rows before it for
/// grids where that is another one. Rows say how many of how many they rest on. Of units with equally many orders the
/// first by name is taken. Categories whose code a major has too come last, since their rows fit all of the major.
/// What dispatchers did is not yet right: read the rows, `review_dispatch` them, and try them on later orders.
/// Blocks: for the log. Errors: invalid (the engine has no work orders), corrupt, unavailable.
[[nodiscard]] PAVIOR_EXPORT Result<DerivedDispatch> derive_dispatch(const Engine& engine, const Policy& policy,
                                                                    const DeriveOptions& options = {});

}  // namespace pavior::city::inline v0
