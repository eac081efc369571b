#include <algorithm>
#include <utility>

#include "city/order/lifecycle.h"

namespace pavior::city::inline v0::lifecycle {

void WorkOrderLifecycle::apply(WorkOrder& order, Suspended&& fact, const Event&) {
  order.set_suspensions(order.suspensions() + 1);
  order.set_suspended_until(fact.until());
}

void WorkOrderLifecycle::apply(WorkOrder& order, Resumed&&, const Event&) { order.clear_suspended_until(); }

void WorkOrderLifecycle::apply(WorkOrder& order, Reclassified&& fact, const Event&) {
  order.set_category(std::move(*fact.mutable_category()));
  order.set_grade(fact.grade());
}

void WorkOrderLifecycle::apply(WorkOrder& order, ReporterContacted&&, const Event& meta) {
  if (order.contacted_at() == 0) order.set_contacted_at(to_micros(meta.time));
}

void WorkOrderLifecycle::apply(WorkOrder& order, MilestoneDone&& fact, const Event&) {
  order.add_milestones(std::move(*fact.mutable_milestone()));
}

void WorkOrderLifecycle::apply(WorkOrder& order, Reminded&&, const Event&) {
  order.set_reminders(order.reminders() + 1);
}

void WorkOrderLifecycle::apply(WorkOrder& order, Escalated&& fact, const Event&) {
  order.set_escalation(std::max(order.escalation(), fact.level()));
}

void WorkOrderLifecycle::apply(WorkOrder& order, SupervisionOrdered&& fact, const Event& meta) {
  Supervision& supervision = *order.add_supervisions();
  supervision.set_cause(std::move(*fact.mutable_cause()));
  supervision.set_ordered_at(to_micros(meta.time));
}

void WorkOrderLifecycle::apply(WorkOrder& order, SupervisionAnswered&& fact, const Event& meta) {
  for (Supervision& supervision : *order.mutable_supervisions())
    if (supervision.answered_at() == 0 && supervision.cause() == fact.cause())
      supervision.set_answered_at(to_micros(meta.time));
}

void WorkOrderLifecycle::apply(WorkOrder& order, MajorHazardDeclared&& fact, const Event& meta) {
  order.set_grade(fact.grade());
  order.set_major_hazard_at(to_micros(meta.time));
}

// These three are facts about clocks alone.
void WorkOrderLifecycle::apply(WorkOrder&, ClockRang&&, const Event&) {}
void WorkOrderLifecycle::apply(WorkOrder&, ClockRecounted&&, const Event&) {}
void WorkOrderLifecycle::apply(WorkOrder&, Exempted&&, const Event&) {}

}  // namespace pavior::city::inline v0::lifecycle
