#include "city/order/lifecycle.h"

namespace pavior::city::inline v0::lifecycle {

Reported WorkOrderLifecycle::make(const Report& command, const OrderView&, tag<Reported>) {
  Reported fact;
  fact.set_title(command.title());
  fact.set_description(command.description());
  fact.set_channel(command.channel());
  fact.set_external_reference(command.external_reference());
  if (command.has_reporter()) *fact.mutable_reporter() = command.reporter();
  if (command.has_location()) *fact.mutable_location() = command.location();
  *fact.mutable_evidence() = command.evidence();
  fact.set_suggested_category(command.suggested_category());
  return fact;
}

Rejected WorkOrderLifecycle::make(const Reject& command, const OrderView&, tag<Rejected>) {
  Rejected fact;
  fact.set_reason(command.reason());
  fact.set_reply(command.reply());
  return fact;
}

Accepted WorkOrderLifecycle::make(const Accept& command, const OrderView&, tag<Accepted>) {
  Accepted fact;
  fact.set_category(command.category());
  fact.set_grade(command.grade());
  fact.set_grid(command.grid());
  fact.set_deadline(command.deadline());
  return fact;
}

Dispatched WorkOrderLifecycle::make(const Dispatch& command, const OrderView& view, tag<Dispatched>) {
  Dispatched fact;
  fact.set_lead(command.lead());
  fact.set_reason(command.reason());
  fact.set_first_receiver(view.data.first_receiver().empty() ? command.lead() : view.data.first_receiver());
  fact.set_hop(view.data.dispatches() + 1);
  return fact;
}

Acknowledged WorkOrderLifecycle::make(const Acknowledge&, const OrderView&, tag<Acknowledged>) { return {}; }

WorkStarted WorkOrderLifecycle::make(const StartWork& command, const OrderView& view, tag<WorkStarted>) {
  WorkStarted fact;
  fact.set_handler(command.handler().empty() ? view.actor.id() : command.handler());
  return fact;
}

ResultSubmitted WorkOrderLifecycle::make(const SubmitResult& command, const OrderView&, tag<ResultSubmitted>) {
  ResultSubmitted fact;
  fact.set_outcome(command.outcome());
  fact.set_reply(command.reply());
  *fact.mutable_evidence() = command.evidence();
  return fact;
}

VerificationPassed WorkOrderLifecycle::make(const PassVerification& command, const OrderView&,
                                            tag<VerificationPassed>) {
  VerificationPassed fact;
  fact.set_remark(command.remark());
  *fact.mutable_evidence() = command.evidence();
  return fact;
}

ReworkOrdered WorkOrderLifecycle::make(const FailVerification& command, const OrderView& view, tag<ReworkOrdered>) {
  ReworkOrdered fact;
  fact.set_reason(command.reason());
  fact.set_rework(view.data.reworks() + 1);
  return fact;
}

Closed WorkOrderLifecycle::make(const Close& command, const OrderView& view, tag<Closed>) {
  const auto deadline = view.data.deadline();
  Closed fact;
  fact.set_remark(command.remark());
  fact.set_on_time(deadline == 0 || to_micros(view.now) <= deadline);
  fact.set_deadline(deadline);
  return fact;
}

Evaluated WorkOrderLifecycle::make(const RecordCallback& command, const OrderView&, tag<Evaluated>) {
  Evaluated fact;
  *fact.mutable_evaluation() = command.evaluation();
  return fact;
}

ReporterUnreachable WorkOrderLifecycle::make(const RecordCallback& command, const OrderView&,
                                             tag<ReporterUnreachable>) {
  ReporterUnreachable fact;
  fact.set_remark(command.evaluation().remark());
  return fact;
}

ReopenedForDispatch WorkOrderLifecycle::make(const Reopen& command, const OrderView& view, tag<ReopenedForDispatch>) {
  ReopenedForDispatch fact;
  fact.set_reason(command.reason());
  fact.set_deadline(command.deadline());
  fact.set_reopen(view.data.reopens() + 1);
  return fact;
}

Reopened WorkOrderLifecycle::make(const Reopen& command, const OrderView& view, tag<Reopened>) {
  Reopened fact;
  fact.set_reason(command.reason());
  fact.set_deadline(command.deadline());
  fact.set_reopen(view.data.reopens() + 1);
  return fact;
}

MergedInto WorkOrderLifecycle::make(const Merge& command, const OrderView&, tag<MergedInto>) {
  MergedInto fact;
  fact.set_target(command.target());
  fact.set_reason(command.reason());
  return fact;
}

Absorbed WorkOrderLifecycle::make(const Absorb& command, const OrderView&, tag<Absorbed>) {
  Absorbed fact;
  fact.set_source(command.source());
  if (command.has_reporter()) *fact.mutable_reporter() = command.reporter();
  return fact;
}

Voided WorkOrderLifecycle::make(const Void& command, const OrderView&, tag<Voided>) {
  Voided fact;
  fact.set_reason(command.reason());
  return fact;
}

DeadlineBreached WorkOrderLifecycle::make(const BreachDeadline& command, const OrderView&, tag<DeadlineBreached>) {
  DeadlineBreached fact;
  fact.set_deadline(command.deadline());
  return fact;
}

}  // namespace pavior::city::inline v0::lifecycle
