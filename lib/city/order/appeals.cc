#include "city/order/appeals.h"

#include <utility>

#include "city/order/copied.h"

namespace pavior::city::inline v0::lifecycle {

using namespace v1;  // NOLINT

Result<AppealDecided> Appeals::make(const DecideAppeal& command, const OrderView& view, machine::tag<AppealDecided>) {
  auto fact = copied<AppealDecided>(command);
  if (!command.granted()) return fact;
  const AppealStanding& appeal = view.data.appeal();
  const Clock* clock = find_clock(view.data, appeal.clock(), appeal.instance());
  auto change = ClockView(*clock, view.policy.versions->calendars()).exempt(view.now, command.reason());
  if (!change) return std::move(change).error();
  *fact.add_clocks() = *std::move(change);
  return fact;
}

void Appeals::apply(WorkOrder& order, Appealed&& fact, const Event&) {
  AppealStanding& appeal = *order.mutable_appeal();
  appeal.set_state(AppealStanding::FILED);
  appeal.set_clock(std::move(*fact.mutable_clock()));
  appeal.set_instance(fact.instance());
  appeal.set_reason(std::move(*fact.mutable_reason()));
}

void Appeals::apply(WorkOrder& order, AppealReviewed&&, const Event&) {
  order.mutable_appeal()->set_state(AppealStanding::REVIEWED);
}

void Appeals::apply(WorkOrder& order, AppealDecided&& fact, const Event&) {
  order.mutable_appeal()->set_state(AppealStanding::DECIDED);
  order.mutable_appeal()->set_granted(fact.granted());
}

}  // namespace pavior::city::inline v0::lifecycle
