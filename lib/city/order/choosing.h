// Who gets the order, where the city's rules say it. Asked when a fact makes it due, and never on replay.
#pragma once

#include <vector>

#include "city/order/order_view.h"

namespace pavior::city::inline v0::lifecycle {

/// `order` is as the fact leaves it. A Dispatch, or a LeaveToDispatcher where no rule names a unit; nothing where the
/// profile leaves it to people.
[[nodiscard]] std::vector<Command> dispatch_by_rules(const v1::WorkOrder& order, const OrderView& view);

/// The same for one that came back: a Redispatch, while there are hops left.
[[nodiscard]] std::vector<Command> redispatch_by_rules(const v1::WorkOrder& order, const OrderView& view);

}  // namespace pavior::city::inline v0::lifecycle
