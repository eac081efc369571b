/// \file
/// Other rules, units, limits or calendars tried on recorded history, which is only read. docs/what_if.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pavior/city/dispatch.h"
#include "pavior/city/policy.h"
#include "pavior/city/v1/dispatch.pb.h"
#include "pavior/engine.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// What is tried.
struct Proposal {
  /// Whose dispatch rules, categories, clocks and calendars are tried on every order, whatever version it keeps.
  Policy policy;
  /// The units there would be, and their rosters. Their load is that of the trial itself.
  std::shared_ptr<const DispatchWorld> world;
  std::vector<WeightedRule> rules;  ///< The host's own.
};

struct WhatIfOptions {
  /// Rounds whose first dispatch lies in here. All events are read, since older orders are load as well.
  Time from = Time::min();
  Time to = Time::max();
  /// Whose limit says what is on time: a clock of both policies, e.g. "HND". Empty: the order's own deadline.
  std::string clock = "HND";
  std::size_t examples_max = 20;
};

/// Of orders that were handled, from their first dispatch in the round on, by natural time.
struct HandlingTimes {
  std::uint64_t orders = 0;
  std::chrono::microseconds mean{};
  std::chrono::microseconds median{};
  std::chrono::microseconds p90{};  ///< 90 of 100 took this long or less.
};

struct UnitFigures {
  std::uint64_t orders = 0;        ///< That it was given, each time anew.
  std::uint64_t at_work_most = 0;  ///< At one instant.
  double at_work_mean = 0;         ///< Over the time from its first order to the end.
  std::uint64_t measured = 0;      ///< Orders it handled that had a limit.
  std::uint64_t on_time = 0;
};

/// How things went, or would have gone.
struct WhatIfSide {
  std::uint64_t dispatches = 0;   ///< To a unit.
  std::uint64_t handed_back = 0;  ///< Of them.
  std::uint64_t waited = 0;       ///< For a dispatcher, since no rule named a unit.
  std::uint64_t fallback = 0;     ///< Went to the fallback unit.
  std::uint64_t measured = 0;     ///< Handled orders that had a limit.
  std::uint64_t on_time = 0;
  HandlingTimes handling;
  std::map<std::string, UnitFigures> units;
};

/// Orders that one unit had and another would have got.
struct Moved {
  std::string from;
  std::string to;  ///< Empty: they would have waited for a dispatcher.
  std::uint64_t orders = 0;
  friend bool operator==(const Moved&, const Moved&) = default;
};

/// Of the rounds of one category.
struct CategoryFigures {
  std::uint64_t rounds = 0;
  std::uint64_t same = 0;  ///< First unit.
  Moved most;              ///< The way most of the others would have gone.
};

struct MovedOrder {
  std::string order;
  std::string from;
  std::string to;
  v1::DispatchExplanation why;
};

struct WhatIf {
  std::uint64_t orders = 0;          ///< That were dispatched within the time.
  std::uint64_t rounds = 0;          ///< Each from a first dispatch to the handling.
  std::uint64_t same = 0;            ///< Rounds whose first unit would be the same.
  std::uint64_t right_recorded = 0;  ///< Handled rounds whose first unit was also the one that handled it,
  std::uint64_t right_proposed = 0;  ///< or would have been.
  std::uint64_t handled = 0;         ///< What these two are of.
  WhatIfSide recorded;
  WhatIfSide proposed;
  std::vector<Moved> moved;  ///< The most first.
  std::map<std::string, CategoryFigures> categories;
  std::vector<MovedOrder> examples;  ///< The first ones of the greatest moves.
};

/// Reads the whole log, and asks the proposal at every first dispatch, in the order of time, what it would have done.
///
/// What is assumed, and nothing else: reports come as they came; an order that would have gone to the unit that handled
/// it takes as long as it took from the dispatch to that unit; one that would have gone to another unit takes as long as
/// orders of its category take there, or, where there were none, as that unit's orders do, or as it took; pauses lie
/// where they lay; a unit that would have had the order does not hand it back, unless it is one that did.
/// Orders that are not handled yet stay at work.
///
/// The same log and proposal give the same answer. Blocks: for the log, read twice. Cost: about 2 KB of memory an order.
/// Errors: invalid (the engine has no work orders, there is no world, or the proposal's policy has no such clock),
/// corrupt, unavailable, not_found (a calendar is missing).
[[nodiscard]] PAVIOR_EXPORT Result<WhatIf> what_if(const Engine& engine, const Proposal& proposal,
                                                   const WhatIfOptions& options = {});

}  // namespace pavior::city::inline v0
