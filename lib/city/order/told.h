// The roles that a fact tells, and who had them then.
#pragma once

#include <string>
#include <vector>

#include "city/order/order_view.h"

namespace pavior::city::inline v0::lifecycle {

template <class Fact, class Roles>
void set_told(Fact& fact, const Roles& roles, const OrderView& view) {
  *fact.mutable_roles() = {roles.begin(), roles.end()};
  for (auto& person : holders({roles.begin(), roles.end()}, view)) fact.add_recipients(std::move(person));
}

}  // namespace pavior::city::inline v0::lifecycle
