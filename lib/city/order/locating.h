// 定位: which grid a position lies in.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "city/order/order_view.h"
#include "pavior/city/v1/work_order.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct FoundPlace {
  std::string grid;  ///< Empty: outside of all.
  v1::Whereabouts whereabouts;
};

/// By the map in force now. None: the city has none, or the location has no position.
[[nodiscard]] std::optional<FoundPlace> place_of(const v1::Location& location, const OrderView& view);

/// Records where the fact's location lies.
template <class Fact>
void locate(Fact& fact, const OrderView& view) {
  if (!fact.has_location()) return;
  auto found = place_of(fact.location(), view);
  if (!found) return;
  fact.set_grid(std::move(found->grid));
  *fact.mutable_whereabouts() = std::move(found->whereabouts);
}

}  // namespace pavior::city::inline v0::lifecycle
