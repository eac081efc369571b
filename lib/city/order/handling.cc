#include "city/order/handling.h"

#include <utility>

namespace pavior::city::inline v0::lifecycle {

using namespace v1;  // NOLINT

WorkStarted Handling::make(const StartWork& command, const OrderView& view, machine::tag<WorkStarted>) {
  WorkStarted fact;
  const std::string& assigned = view.data.handler().empty() ? view.actor.id() : view.data.handler();
  fact.set_handler(command.handler().empty() ? assigned : command.handler());
  return fact;
}

Suspended Handling::make(const ApproveSuspension& command, const OrderView& view, machine::tag<Suspended>) {
  const Request& request = view.data.suspension_request();
  Suspended fact;
  fact.set_reason(request.reason());
  fact.set_until(command.until() == 0 ? request.until() : command.until());
  return fact;
}

void Handling::apply(WorkOrder& order, WorkStarted&& fact, const Event&) {
  order.set_handler(std::move(*fact.mutable_handler()));
}

void Handling::apply(WorkOrder& order, Suspended&& fact, const Event&) {
  order.set_suspensions(order.suspensions() + 1);
  order.set_suspended_until(fact.until());
  order.clear_suspension_request();
}

void Handling::apply(WorkOrder& order, Resumed&&, const Event&) { order.clear_suspended_until(); }

void Handling::apply(WorkOrder& order, ResultConfirmed&&, const Event&) {
  order.clear_result();
  // The work is done: what the unit still asks for lapses.
  if (order.return_request().state() == REQUEST_PENDING) order.clear_return_request();
  order.clear_extension_request();
  order.clear_suspension_request();
  order.clear_joint_request();
}

void Handling::react(const WorkOrder&, const Suspended& fact, const Event&, Reaction& reaction) {
  Resume resume;
  resume.set_remark("the suspension was until now");
  reaction.arm.push_back(make_timer(std::string(suspension_timer), from_micros(fact.until()), resume));
}

void Handling::react(const WorkOrder&, const Resumed&, const Event&, Reaction& reaction) {
  reaction.disarm.emplace_back(suspension_timer);
}

std::vector<Command> Handling::follow_up(const ResultConfirmed&, const OrderView& view) {
  return if_automatic(PassReply(), view);
}

}  // namespace pavior::city::inline v0::lifecycle
