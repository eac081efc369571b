#include "city/order/handling.h"

#include <utility>

#include "city/order/order_timers.h"
#include "city/order/replies.h"
#include "city/order/requests.h"

namespace pavior::city::inline v0::lifecycle {

using namespace v1;  // NOLINT

WorkStarted Handling::make(const StartWork& command, const OrderView& view, machine::tag<WorkStarted>) {
  WorkStarted fact;
  const std::string& assigned = command.handler().empty() ? view.data.handler() : command.handler();
  // Where starting follows by itself, whoever caused it does not work.
  fact.set_handler(assigned.empty() && !view.actor.has_role(roles::system) ? view.actor.id() : assigned);
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
  let_requests_lapse(order);  // The work is done.
}

void Handling::react(const WorkOrder&, const Suspended& fact, const Event&, Reaction& reaction) {
  arm_suspension(fact.until(), reaction);
}

void Handling::react(const WorkOrder&, const Resumed&, const Event&, Reaction& reaction) {
  reaction.disarm.emplace_back(suspension_timer);
}

std::vector<Command> Handling::follow_up(const ResultConfirmed&, const OrderView& view) {
  // A reply that lacks something waits for a reviewer; the result is not refused for it.
  return reply_has_its_elements::test(view) ? if_automatic(PassReply(), view) : std::vector<Command>();
}

}  // namespace pavior::city::inline v0::lifecycle
