#include "city/order/requests.h"

#include "city/order/copied.h"

namespace pavior::city::inline v0::lifecycle {
using namespace v1;  // NOLINT

void let_requests_lapse(WorkOrder& order) {
  if (order.return_request().state() == REQUEST_PENDING) order.clear_return_request();
  order.clear_extension_request();
  order.clear_suspension_request();
  order.clear_joint_request();
}

bool return_window_is_open::test(const OrderView& view) {
  const auto& bounds = view.policy.policy.data().bounds();
  if (!bounds.has_return_window()) return true;
  const auto calendar = view.policy.versions->calendars().newest(bounds.return_calendar());
  if (!calendar) return true;  // The catalogue was checked: only a store opened without its calendars has none.
  const auto due = calendar->due(from_micros(view.data.dispatched_at()), bounds.return_window());
  return !due || view.now <= due->due;
}

bool is_not_late_to_extend::test(const OrderView& view) {
  return may_extend(view.data, view.policy.policy.clocks(), view.now);
}

void Returns::apply(WorkOrder& order, ReturnRequested&& fact, const Event& meta) {
  *order.mutable_return_request() = request_of(fact, meta);
}

void Returns::apply(WorkOrder& order, ReturnRefused&&, const Event&) {
  order.mutable_return_request()->set_state(REQUEST_BARRED);
}

ExtensionApproved Extensions::make(const ApproveExtension& command, const OrderView& view,
                                   machine::tag<ExtensionApproved>) {
  auto fact = copied<ExtensionApproved>(command);
  fact.set_nth(view.data.extensions() + 1);
  return fact;
}

void Extensions::apply(WorkOrder& order, ExtensionRequested&& fact, const Event& meta) {
  *order.mutable_extension_request() = request_of(fact, meta);
}

void Extensions::apply(WorkOrder& order, ExtensionEndorsed&&, const Event&) {
  order.mutable_extension_request()->set_state(REQUEST_ENDORSED);
}

void Extensions::apply(WorkOrder& order, ExtensionApproved&& fact, const Event&) {
  order.set_extensions(fact.nth());
  order.clear_extension_request();
}

void Extensions::apply(WorkOrder& order, ExtensionRefused&&, const Event&) { order.clear_extension_request(); }

void Suspensions::apply(WorkOrder& order, SuspensionRequested&& fact, const Event& meta) {
  *order.mutable_suspension_request() = request_of(fact, meta);
  order.mutable_suspension_request()->set_until(fact.until());
}

void Suspensions::apply(WorkOrder& order, SuspensionEndorsed&&, const Event&) {
  order.mutable_suspension_request()->set_state(REQUEST_ENDORSED);
}

void Suspensions::apply(WorkOrder& order, SuspensionRefused&&, const Event&) { order.clear_suspension_request(); }

}  // namespace pavior::city::inline v0::lifecycle
