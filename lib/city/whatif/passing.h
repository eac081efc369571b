// The orders of a log, as each event finds and leaves them.
#pragma once

#include <functional>
#include <string_view>

#include "pavior/city/v1/work_order.pb.h"
#include "pavior/engine.h"

namespace pavior::city::inline v0::whatif {

struct Passing {
  std::string_view order;
  const v1::WorkOrder& before;  ///< Empty for a new order.
  const v1::WorkOrder& after;
  Time time;

  /// It was given to a unit, for the first time or again.
  [[nodiscard]] bool dispatches() const { return after.dispatches() > before.dispatches(); }
  [[nodiscard]] bool begins_round() const { return dispatches() && before.hops() == 0; }
  /// A unit had it, and nobody has it any more.
  [[nodiscard]] bool hands_back() const { return !before.lead().empty() && after.lead().empty() && is_open(after); }
  /// The unit is done with it, or it ended otherwise.
  [[nodiscard]] bool ends_work() const { return is_at_work(before) && !is_at_work(after) && !hands_back(); }
  /// By its unit: it was not taken from it by an end of another kind.
  [[nodiscard]] bool handles() const { return is_at_work(before) && after.stage() == v1::STAGE_HANDLED; }
  /// After the field check, say.
  [[nodiscard]] bool goes_on() const { return !is_at_work(before) && is_at_work(after) && !dispatches(); }

 private:
  static bool is_at_work(const v1::WorkOrder& order);
  static bool is_open(const v1::WorkOrder& order);
};

/// Blocks: for the log. Errors: invalid (the engine has no work orders), corrupt, unavailable.
[[nodiscard]] Result<void> visit_orders(const Engine& engine, const std::function<void(const Passing&)>& visit);

}  // namespace pavior::city::inline v0::whatif
