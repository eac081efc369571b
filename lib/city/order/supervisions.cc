#include "city/order/supervisions.h"

#include <algorithm>
#include <utility>

#include "city/order/copied.h"
#include "city/order/notices.h"
#include "city/order/told.h"

namespace pavior::city::inline v0::lifecycle {

using namespace v1;  // NOLINT

bool is_supervised(const WorkOrder& order, std::string_view cause) {
  return std::ranges::any_of(order.supervisions(), [&](const Supervision& supervision) {
    return supervision.cause() == cause && supervision.answered_at() == 0;
  });
}

SupervisionOrdered Supervisions::make(const Supervise& command, const OrderView& view,
                                      machine::tag<SupervisionOrdered>) {
  auto fact = copied<SupervisionOrdered>(command);
  set_told(fact, command.roles(), view);
  return fact;
}

void Supervisions::apply(WorkOrder& order, SupervisionOrdered&& fact, const Event& meta) {
  Supervision& supervision = *order.add_supervisions();
  supervision.set_cause(std::move(*fact.mutable_cause()));
  supervision.set_ordered_at(to_micros(meta.time));
}

void Supervisions::apply(WorkOrder& order, SupervisionAnswered&& fact, const Event& meta) {
  for (Supervision& supervision : *order.mutable_supervisions())
    if (supervision.answered_at() == 0 && supervision.cause() == fact.cause())
      supervision.set_answered_at(to_micros(meta.time));
}

void Supervisions::react(const WorkOrder& order, const SupervisionOrdered& fact, const Event& meta,
                         Reaction& reaction) {
  auto notice = to_roles_of(fact);
  notice.set_text(fact.reason().empty() ? fact.cause() : fact.cause() + ": " + fact.reason());
  tell_staff("supervision", order, std::move(notice), meta, reaction);
}

}  // namespace pavior::city::inline v0::lifecycle
