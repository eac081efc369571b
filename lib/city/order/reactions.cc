#include <chrono>
#include <string>

#include "city/order/lifecycle.h"
#include "pavior/city/v1/notices.pb.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

/// `deadline` is the last instant on time, so the breach is due one microsecond, the clock's unit, later.
void arm_deadline(std::int64_t deadline, Reaction& reaction) {
  if (deadline == 0) return;
  BreachDeadline breach;
  breach.set_deadline(deadline);
  reaction.arm.push_back(
      make_timer(std::string(deadline_timer), from_micros(deadline) + std::chrono::microseconds(1), breach));
}

/// Only to reporters known by an id.
void tell(const Reporter& reporter, ReporterNotice notice, const Event& meta, Reaction& reaction) {
  if (reporter.id().empty()) return;
  notice.set_reporter(reporter.id());
  notice.set_order(std::string(meta.key));
  reaction.effects.push_back(make_effect(std::string(reporter_notice_topic), notice));
}

ReporterNotice notice_of(std::string_view outcome, const std::string& text) {
  ReporterNotice notice;
  notice.set_outcome(std::string(outcome));
  notice.set_text(text);
  return notice;
}

/// To whoever has the fact's roles.
template <class Fact>
void tell_staff(std::string_view kind, const WorkOrder& order, const Fact& fact, StaffNotice notice, const Event& meta,
                Reaction& reaction) {
  notice.set_kind(std::string(kind));
  notice.set_order(std::string(meta.key));
  notice.set_unit(order.lead());
  *notice.mutable_roles() = fact.roles();
  *notice.mutable_recipients() = fact.recipients();
  reaction.effects.push_back(make_effect(std::string(staff_notice_topic), notice));
}

/// What a rung of a ladder says of itself.
template <class Fact>
StaffNotice notice_of_rung(const Fact& fact, const std::string& text) {
  StaffNotice notice;
  notice.set_clock(fact.clock());
  notice.set_threshold(fact.threshold());
  notice.set_text(text);
  return notice;
}

}  // namespace

void WorkOrderLifecycle::react(const WorkOrder& order, const Rejected& fact, const Event& meta, Reaction& reaction) {
  reaction.disarm_all = true;
  tell(order.reporter(), notice_of(rejected::name, fact.reply()), meta, reaction);
}

void WorkOrderLifecycle::react(const WorkOrder&, const Accepted& fact, const Event&, Reaction& reaction) {
  arm_deadline(fact.deadline(), reaction);
}

void WorkOrderLifecycle::react(const WorkOrder& order, const Closed&, const Event& meta, Reaction& reaction) {
  reaction.disarm.emplace_back(deadline_timer);
  const auto notice = notice_of(closed::name, order.reply());
  tell(order.reporter(), notice, meta, reaction);
  for (const auto& follower : order.followers()) tell(follower, notice, meta, reaction);
}

void WorkOrderLifecycle::react(const WorkOrder&, const ReopenedForDispatch& fact, const Event&, Reaction& reaction) {
  arm_deadline(fact.deadline(), reaction);
}

void WorkOrderLifecycle::react(const WorkOrder&, const Reopened& fact, const Event&, Reaction& reaction) {
  arm_deadline(fact.deadline(), reaction);
}

void WorkOrderLifecycle::react(const WorkOrder& order, const MergedInto& fact, const Event& meta, Reaction& reaction) {
  reaction.disarm_all = true;
  auto notice = notice_of(merged::name, fact.reason());
  notice.set_target(fact.target());
  tell(order.reporter(), std::move(notice), meta, reaction);
}

void WorkOrderLifecycle::react(const WorkOrder&, const Voided&, const Event&, Reaction& reaction) {
  reaction.disarm_all = true;
}

void WorkOrderLifecycle::react(const WorkOrder&, const Suspended& fact, const Event&, Reaction& reaction) {
  Resume resume;
  resume.set_remark("the suspension was until now");
  reaction.arm.push_back(make_timer(std::string(suspension_timer), from_micros(fact.until()), resume));
}

void WorkOrderLifecycle::react(const WorkOrder&, const Resumed&, const Event&, Reaction& reaction) {
  reaction.disarm.emplace_back(suspension_timer);
}

void WorkOrderLifecycle::react(const WorkOrder& order, const Reminded& fact, const Event& meta, Reaction& reaction) {
  tell_staff("reminder", order, fact, notice_of_rung(fact, fact.text()), meta, reaction);
}

void WorkOrderLifecycle::react(const WorkOrder& order, const Escalated& fact, const Event& meta, Reaction& reaction) {
  auto notice = notice_of_rung(fact, fact.reason());
  notice.set_level(fact.level());
  tell_staff("escalation", order, fact, std::move(notice), meta, reaction);
}

void WorkOrderLifecycle::react(const WorkOrder& order, const SupervisionOrdered& fact, const Event& meta,
                               Reaction& reaction) {
  StaffNotice notice;
  notice.set_text(fact.reason().empty() ? fact.cause() : fact.cause() + ": " + fact.reason());
  tell_staff("supervision", order, fact, std::move(notice), meta, reaction);
}

void WorkOrderLifecycle::react(const WorkOrder& order, const MajorHazardDeclared& fact, const Event& meta,
                               Reaction& reaction) {
  StaffNotice notice;
  notice.set_text(fact.reason());
  tell_staff("major_hazard", order, fact, std::move(notice), meta, reaction);
}

/// The other side is absorbed by the system on the actor's behalf: nobody may absorb an order that does not merge.
std::vector<Command> WorkOrderLifecycle::follow_up(const MergedInto& fact, const OrderView& view) {
  Absorb absorb;
  absorb.set_source(view.stream.key());
  if (view.data.has_reporter()) *absorb.mutable_reporter() = view.data.reporter();
  return {make_command(work_order_id(fact.target()), absorb).by(Actor(view.actor.id(), {std::string(roles::system)}))};
}

}  // namespace pavior::city::inline v0::lifecycle
