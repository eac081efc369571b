// The lifecycle of a work order: this table is the document. docs/lifecycle.md is printed from it.
#pragma once

#include <string_view>
#include <vector>

#include "city/order/beside_rules.h"
#include "city/order/order_clocks.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/result.h"
#include "pavior/table.h"
#include "pavior/workflow.h"

namespace pavior::city::inline v0::lifecycle {

// Rows are made of these words alone; a prefix in every cell would bury them.
using namespace machine;  // NOLINT
using namespace v1;       // NOLINT

using reported = stage<STAGE_REPORTED, "reported">;              // 已上报
using accepted = stage<STAGE_ACCEPTED, "accepted">;              // 已立案(待派遣)
using dispatched = stage<STAGE_DISPATCHED, "dispatched">;        // 已派遣(待签收)
using acknowledged = stage<STAGE_ACKNOWLEDGED, "acknowledged">;  // 已签收
using in_progress = stage<STAGE_IN_PROGRESS, "in_progress">;     // 处置中
using suspended = stage<STAGE_SUSPENDED, "suspended">;           // 挂起, 挂账
using handled = stage<STAGE_HANDLED, "handled">;                 // 已反馈(待核查)
using verified = stage<STAGE_VERIFIED, "verified">;              // 核查通过
using closed = stage<STAGE_CLOSED, "closed">;                    // 已结案
using rejected = stage<STAGE_REJECTED, "rejected">;              // 不予受理
using merged = stage<STAGE_MERGED, "merged">;                    // 已并案
using voided = stage<STAGE_VOIDED, "voided">;                    // 作废

using any_filed = any_of<accepted, dispatched, acknowledged, in_progress, suspended, handled, verified>;
using any_open = any_of<reported, accepted, dispatched, acknowledged, in_progress, suspended, handled, verified>;
using any_before_handled = any_of<reported, accepted, dispatched, acknowledged, in_progress, suspended>;
using any_with_unit = any_of<dispatched, acknowledged, in_progress, suspended>;
using any_open_or_closed =
    any_of<reported, accepted, dispatched, acknowledged, in_progress, suspended, handled, verified, closed>;

struct WorkOrderLifecycle {
  static constexpr std::string_view name = work_order_workflow;
  using Data = WorkOrder;
  using Policy = WorkOrderPolicy;

  // clang-format off
  using Lifecycle = table<
  //  from                 command            when                                                                event                 to
  row<absent,              Report,            has_title_or_evidence,                                              Reported,             reported      >,
  row<reported,            Reject,            all<has_reason, has_reply>,                                         Rejected,             rejected      >,
  row<reported,            Accept,            all<has_category, deadline_is_plausible>,                           Accepted,             accepted      >,
  row<accepted,            Dispatch,          names_one_lead,                                                     Dispatched,           dispatched    >,
  row<dispatched,          Acknowledge,       always,                                                             Acknowledged,         acknowledged  >,
  row<acknowledged,        StartWork,         always,                                                             WorkStarted,          in_progress   >,
  row<in_progress,         Suspend,           all<has_reason, until_is_near, is_not_late_to_pause>,               Suspended,            suspended     >,
  row<suspended,           Resume,            always,                                                             Resumed,              in_progress   >,
  row<in_progress,         SubmitResult,      all<has_outcome, has_reply, has_after_evidence_if_required>,        ResultSubmitted,      handled       >,
  row<handled,             PassVerification,  verifier_is_not_handler,                                            VerificationPassed,   verified      >,
  row<handled,             FailVerification,  all<verifier_is_not_handler, has_reason>,                           ReworkOrdered,        in_progress   >,
  row<verified,            Close,             always,                                                             Closed,               closed        >,
  row<closed,              Reopen,            all<reopens_left, has_reason, deadline_is_plausible, asks_for_dispatch>,  ReopenedForDispatch,  accepted >,
  row<closed,              Reopen,            all<reopens_left, has_reason, deadline_is_plausible>,               Reopened,             in_progress   >,
  row<any_before_handled,  Merge,             all<has_absorbed_none, names_another_order>,                        MergedInto,           merged        >,
  row<any_open,            Void,              has_reason,                                                         Voided,               voided        >>;

  // What leaves the stage as it is.
  using Beside = table<
  row<any_filed,           Reclassify,        all<has_reason, has_new_class>,                                     Reclassified,         same          >,
  row<any_with_unit,       RecordContact,     has_means,                                                          ReporterContacted,    same          >,
  row<any_of<in_progress>, CompleteMilestone, milestone_is_new,                                                   MilestoneDone,        same          >,
  row<any_of<closed>,      RecordCallback,    all<awaits_evaluation, reporter_was_reached>,                       Evaluated,            same          >,
  row<any_of<closed>,      RecordCallback,    all<awaits_evaluation, no<reporter_was_reached>>,                   ReporterUnreachable,  same          >,
  row<any_open,            Absorb,            names_another_order,                                                Absorbed,             same          >,
  row<any_open_or_closed,  Remind,            names_roles,                                                        Reminded,             same          >,
  row<any_open_or_closed,  Escalate,          all<names_roles, has_level>,                                        Escalated,            same          >,
  row<any_open_or_closed,  Supervise,         all<has_cause, names_roles, cause_is_free>,                         SupervisionOrdered,   same          >,
  row<any_open_or_closed,  AnswerSupervision, all<cause_is_supervised, has_answer>,                               SupervisionAnswered,  same          >,
  row<any_open,            DeclareMajorHazard,  all<has_reason, is_no_major_hazard_yet>,                          MajorHazardDeclared,  same          >,
  row<any_open_or_closed,  RingClock,         alarm_is_due,                                                       ClockRang,            same          >,
  row<any_open_or_closed,  RecountClock,      calendar_is_newer,                                                  ClockRecounted,       same          >,
  row<any_open_or_closed,  Exempt,            all<has_reason, clock_is_late>,                                     Exempted,             same          >,
  row<any_filed,           BreachDeadline,    all<deadline_is_current, deadline_has_passed, breach_is_new>,       DeadlineBreached,     same          >>;
  // clang-format on

  explicit WorkOrderLifecycle(WorkOrderPolicy policy = {}) : policy_(std::move(policy)) {}
  const Policy& policy() const { return policy_; }

  // policy.cc
  Result<void> may(const Actor& actor, std::string_view command) const;

  // facts.cc and beside_facts.cc: what each command records.
  static Reported make(const Report& command, const OrderView& view, tag<Reported>);
  static Rejected make(const Reject& command, const OrderView& view, tag<Rejected>);
  static Accepted make(const Accept& command, const OrderView& view, tag<Accepted>);
  static Dispatched make(const Dispatch& command, const OrderView& view, tag<Dispatched>);
  static Acknowledged make(const Acknowledge& command, const OrderView& view, tag<Acknowledged>);
  static WorkStarted make(const StartWork& command, const OrderView& view, tag<WorkStarted>);
  static ResultSubmitted make(const SubmitResult& command, const OrderView& view, tag<ResultSubmitted>);
  static VerificationPassed make(const PassVerification& command, const OrderView& view, tag<VerificationPassed>);
  static ReworkOrdered make(const FailVerification& command, const OrderView& view, tag<ReworkOrdered>);
  static Closed make(const Close& command, const OrderView& view, tag<Closed>);
  static Evaluated make(const RecordCallback& command, const OrderView& view, tag<Evaluated>);
  static ReporterUnreachable make(const RecordCallback& command, const OrderView& view, tag<ReporterUnreachable>);
  static ReopenedForDispatch make(const Reopen& command, const OrderView& view, tag<ReopenedForDispatch>);
  static Reopened make(const Reopen& command, const OrderView& view, tag<Reopened>);
  static MergedInto make(const Merge& command, const OrderView& view, tag<MergedInto>);
  static Absorbed make(const Absorb& command, const OrderView& view, tag<Absorbed>);
  static Voided make(const Void& command, const OrderView& view, tag<Voided>);
  static Suspended make(const Suspend& command, const OrderView& view, tag<Suspended>);
  static Resumed make(const Resume& command, const OrderView& view, tag<Resumed>);
  static Reclassified make(const Reclassify& command, const OrderView& view, tag<Reclassified>);
  static ReporterContacted make(const RecordContact& command, const OrderView& view, tag<ReporterContacted>);
  static MilestoneDone make(const CompleteMilestone& command, const OrderView& view, tag<MilestoneDone>);
  static Reminded make(const Remind& command, const OrderView& view, tag<Reminded>);
  static Escalated make(const Escalate& command, const OrderView& view, tag<Escalated>);
  static SupervisionOrdered make(const Supervise& command, const OrderView& view, tag<SupervisionOrdered>);
  static SupervisionAnswered make(const AnswerSupervision& command, const OrderView& view, tag<SupervisionAnswered>);
  static MajorHazardDeclared make(const DeclareMajorHazard& command, const OrderView& view, tag<MajorHazardDeclared>);
  static Result<ClockRang> make(const RingClock& command, const OrderView& view, tag<ClockRang>);
  static Result<ClockRecounted> make(const RecountClock& command, const OrderView& view, tag<ClockRecounted>);
  static Result<Exempted> make(const Exempt& command, const OrderView& view, tag<Exempted>);
  static DeadlineBreached make(const BreachDeadline& command, const OrderView& view, tag<DeadlineBreached>);

  /// What the fact does to the clocks, by the city's plan.
  template <class Fact>
  static Result<void> complete(Fact& fact, const OrderView& view) {
    if (view.policy.clocks.data().clocks().empty() && view.data.clocks().empty()) return {};
    const auto changes = clock_changes(view.data, view.policy.clocks, clock_event(fact, view.data), view.now);
    if (!changes) return changes.error();
    fact.mutable_clocks()->Add(changes->begin(), changes->end());
    return {};
  }

  // fold.cc and beside_fold.cc: what each fact means for the order.
  template <class Fact>
  static void applying(WorkOrder& order, const Fact& fact, const Event& meta) {
    order.set_stage(static_cast<Stage>(meta.stage));
    fold_clocks(order, fact.clocks());
  }
  static void apply(WorkOrder& order, Reported&& fact, const Event& meta);
  static void apply(WorkOrder& order, Rejected&& fact, const Event& meta);
  static void apply(WorkOrder& order, Accepted&& fact, const Event& meta);
  static void apply(WorkOrder& order, Dispatched&& fact, const Event& meta);
  static void apply(WorkOrder& order, Acknowledged&& fact, const Event& meta);
  static void apply(WorkOrder& order, WorkStarted&& fact, const Event& meta);
  static void apply(WorkOrder& order, ResultSubmitted&& fact, const Event& meta);
  static void apply(WorkOrder& order, VerificationPassed&& fact, const Event& meta);
  static void apply(WorkOrder& order, ReworkOrdered&& fact, const Event& meta);
  static void apply(WorkOrder& order, Closed&& fact, const Event& meta);
  static void apply(WorkOrder& order, Evaluated&& fact, const Event& meta);
  static void apply(WorkOrder& order, ReporterUnreachable&& fact, const Event& meta);
  static void apply(WorkOrder& order, ReopenedForDispatch&& fact, const Event& meta);
  static void apply(WorkOrder& order, Reopened&& fact, const Event& meta);
  static void apply(WorkOrder& order, MergedInto&& fact, const Event& meta);
  static void apply(WorkOrder& order, Absorbed&& fact, const Event& meta);
  static void apply(WorkOrder& order, Voided&& fact, const Event& meta);
  static void apply(WorkOrder& order, Suspended&& fact, const Event& meta);
  static void apply(WorkOrder& order, Resumed&& fact, const Event& meta);
  static void apply(WorkOrder& order, Reclassified&& fact, const Event& meta);
  static void apply(WorkOrder& order, ReporterContacted&& fact, const Event& meta);
  static void apply(WorkOrder& order, MilestoneDone&& fact, const Event& meta);
  static void apply(WorkOrder& order, Reminded&& fact, const Event& meta);
  static void apply(WorkOrder& order, Escalated&& fact, const Event& meta);
  static void apply(WorkOrder& order, SupervisionOrdered&& fact, const Event& meta);
  static void apply(WorkOrder& order, SupervisionAnswered&& fact, const Event& meta);
  static void apply(WorkOrder& order, MajorHazardDeclared&& fact, const Event& meta);
  static void apply(WorkOrder& order, ClockRang&& fact, const Event& meta);
  static void apply(WorkOrder& order, ClockRecounted&& fact, const Event& meta);
  static void apply(WorkOrder& order, Exempted&& fact, const Event& meta);
  static void apply(WorkOrder& order, DeadlineBreached&& fact, const Event& meta);

  // reactions.cc, and ladder.cc for what clocks ask: what follows.
  template <class Fact>
  static void reacting(const WorkOrder& order, const Fact& fact, const Event&, Reaction& reaction) {
    arm_clocks(order, fact.clocks(), reaction);
  }
  static void react(const WorkOrder& order, const Rejected& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const Accepted& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const Closed& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const ReopenedForDispatch& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const Reopened& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const MergedInto& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const Voided& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const Suspended& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const Resumed& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const Reminded& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const Escalated& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const SupervisionOrdered& fact, const Event& meta, Reaction& reaction);
  static void react(const WorkOrder& order, const MajorHazardDeclared& fact, const Event& meta, Reaction& reaction);
  static std::vector<Command> follow_up(const MergedInto& fact, const OrderView& view);
  static std::vector<Command> follow_up(const Accepted& fact, const OrderView& view);
  static std::vector<Command> follow_up(const Reclassified& fact, const OrderView& view);
  static std::vector<Command> follow_up(const ClockRang& fact, const OrderView& view);

 private:
  template <class Fact>
  static ClockEvent clock_event(const Fact& fact, const WorkOrder& order) {
    ClockEvent event{Fact::descriptor()->name(), {}, {}, order.category(), order.grade()};
    if constexpr (requires { fact.milestone(); }) event.subject = fact.milestone();
    if constexpr (requires { fact.cause(); }) event.subject = fact.cause();
    if constexpr (requires { fact.reason(); }) event.reason = fact.reason();
    if constexpr (requires { fact.category(); }) event.category = fact.category();
    if constexpr (requires { fact.grade(); }) event.grade = fact.grade();
    return event;
  }

  WorkOrderPolicy policy_;
};

}  // namespace pavior::city::inline v0::lifecycle
