#include "city/order/assignment.h"

#include <utility>

#include "city/order/copied.h"

namespace pavior::city::inline v0::lifecycle {

using namespace v1;  // NOLINT

HandlerRevoked Assignment::make(const RevokeHandler& command, const OrderView& view, machine::tag<HandlerRevoked>) {
  auto fact = copied<HandlerRevoked>(command);
  fact.set_handler(view.data.handler());
  return fact;
}

void Assignment::apply(WorkOrder& order, HandlerAssigned&& fact, const Event&) {
  order.set_handler(std::move(*fact.mutable_handler()));
}

void Assignment::apply(WorkOrder& order, HandlerRevoked&&, const Event&) { order.clear_handler(); }

void Assignment::apply(WorkOrder& order, TransferredDown&& fact, const Event&) {
  order.set_subordinate(std::move(*fact.mutable_unit()));
  order.clear_handler();
}

}  // namespace pavior::city::inline v0::lifecycle
