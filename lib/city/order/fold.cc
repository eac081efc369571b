#include <utility>

#include "city/order/lifecycle.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

/// The results of the earlier round stay in the log; the order starts a new one.
template <class Fact>
void start_new_round(WorkOrder& order, const Fact& fact) {
  order.set_reopens(fact.reopen());
  order.set_deadline(fact.deadline());
  order.clear_outcome();
  order.clear_reply();
  order.clear_after_evidence();
  order.clear_closed_at();
  order.clear_evaluation();
  order.clear_unanswered_callbacks();
}

}  // namespace

void WorkOrderLifecycle::apply(WorkOrder& order, Reported&& fact, const Event& meta) {
  order.set_title(std::move(*fact.mutable_title()));
  order.set_description(std::move(*fact.mutable_description()));
  order.set_channel(std::move(*fact.mutable_channel()));
  order.set_external_reference(std::move(*fact.mutable_external_reference()));
  if (fact.has_reporter()) *order.mutable_reporter() = std::move(*fact.mutable_reporter());
  if (fact.has_location()) *order.mutable_location() = std::move(*fact.mutable_location());
  order.mutable_evidence()->Swap(fact.mutable_evidence());
  order.set_reported_at(to_micros(meta.time));
}

void WorkOrderLifecycle::apply(WorkOrder& order, Rejected&& fact, const Event&) {
  order.set_end_reason(std::move(*fact.mutable_reason()));
  order.set_reply(std::move(*fact.mutable_reply()));
}

void WorkOrderLifecycle::apply(WorkOrder& order, Accepted&& fact, const Event&) {
  order.set_category(std::move(*fact.mutable_category()));
  order.set_grade(fact.grade());
  order.set_grid(std::move(*fact.mutable_grid()));
  order.set_deadline(fact.deadline());
}

void WorkOrderLifecycle::apply(WorkOrder& order, Dispatched&& fact, const Event&) {
  order.set_lead(std::move(*fact.mutable_lead()));
  order.set_first_receiver(std::move(*fact.mutable_first_receiver()));
  order.set_dispatches(fact.hop());
}

void WorkOrderLifecycle::apply(WorkOrder&, Acknowledged&&, const Event&) {}

void WorkOrderLifecycle::apply(WorkOrder& order, WorkStarted&& fact, const Event&) {
  order.set_handler(std::move(*fact.mutable_handler()));
}

void WorkOrderLifecycle::apply(WorkOrder& order, ResultSubmitted&& fact, const Event&) {
  order.set_outcome(fact.outcome());
  order.set_reply(std::move(*fact.mutable_reply()));
  order.mutable_after_evidence()->Swap(fact.mutable_evidence());
}

void WorkOrderLifecycle::apply(WorkOrder&, VerificationPassed&&, const Event&) {}

void WorkOrderLifecycle::apply(WorkOrder& order, ReworkOrdered&& fact, const Event&) {
  order.set_reworks(fact.rework());
}

void WorkOrderLifecycle::apply(WorkOrder& order, Closed&& fact, const Event& meta) {
  order.set_closed_at(to_micros(meta.time));
  if (!fact.on_time()) order.set_breached(true);  // Also when closing came before the timer.
}

void WorkOrderLifecycle::apply(WorkOrder& order, Evaluated&& fact, const Event&) {
  *order.mutable_evaluation() = std::move(*fact.mutable_evaluation());
}

void WorkOrderLifecycle::apply(WorkOrder& order, ReporterUnreachable&&, const Event&) {
  order.set_unanswered_callbacks(order.unanswered_callbacks() + 1);
}

void WorkOrderLifecycle::apply(WorkOrder& order, ReopenedForDispatch&& fact, const Event&) {
  start_new_round(order, fact);
  order.clear_lead();
  order.clear_handler();
}

void WorkOrderLifecycle::apply(WorkOrder& order, Reopened&& fact, const Event&) { start_new_round(order, fact); }

void WorkOrderLifecycle::apply(WorkOrder& order, MergedInto&& fact, const Event&) {
  order.set_merged_into(std::move(*fact.mutable_target()));
  order.set_end_reason(std::move(*fact.mutable_reason()));
}

void WorkOrderLifecycle::apply(WorkOrder& order, Absorbed&& fact, const Event&) {
  order.add_merged_from(std::move(*fact.mutable_source()));
  if (fact.has_reporter()) *order.add_followers() = std::move(*fact.mutable_reporter());
}

void WorkOrderLifecycle::apply(WorkOrder& order, Voided&& fact, const Event&) {
  order.set_end_reason(std::move(*fact.mutable_reason()));
}

void WorkOrderLifecycle::apply(WorkOrder& order, DeadlineBreached&& fact, const Event&) {
  order.set_breached(true);
  order.set_breached_deadline(fact.deadline());
}

}  // namespace pavior::city::inline v0::lifecycle
