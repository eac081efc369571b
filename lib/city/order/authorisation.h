// Who may do what: the grants of the policy, and how an order is an actor's.
#pragma once

#include <string_view>

#include "city/order/order_view.h"
#include "pavior/result.h"

namespace pavior::city::inline v0::lifecycle {

/// Errors: refused by `role` (none of the actor's roles may), by `scope` (one may, but not with this order), or by
/// `delegation` (the actor acts in the place of somebody who did not hand over that role).
[[nodiscard]] Result<void> may_submit(std::string_view command, const OrderView& view);

}  // namespace pavior::city::inline v0::lifecycle
