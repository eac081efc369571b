// The lifecycle of a work order: this table is the document, and every chapter's table its appendix. docs/lifecycle.md is
// printed from them. Ids are those of the canonical lifecycle (T01 to T55); a letter tells apart several rows of one id.
#pragma once

#include <string_view>
#include <type_traits>
#include <utility>

#include "city/order/appeals.h"
#include "city/order/assignment.h"
#include "city/order/attention.h"
#include "city/order/audit.h"
#include "city/order/authorisation.h"
#include "city/order/checking.h"
#include "city/order/classifying.h"
#include "city/order/clock_facts.h"
#include "city/order/clock_subjects.h"
#include "city/order/closing.h"
#include "city/order/copied.h"
#include "city/order/dispatching.h"
#include "city/order/evaluation.h"
#include "city/order/handling.h"
#include "city/order/intake.h"
#include "city/order/joint.h"
#include "city/order/likeness.h"
#include "city/order/merging.h"
#include "city/order/migration.h"
#include "city/order/order_clocks.h"
#include "city/order/records.h"
#include "city/order/requests.h"
#include "city/order/results.h"
#include "city/order/splitting.h"
#include "city/order/supervisions.h"
#include "city/order/whistles.h"

namespace pavior::city::inline v0::lifecycle {

// Rows are made of these words alone; a prefix in every cell would bury them.
using namespace machine;  // NOLINT
using namespace v1;       // NOLINT

struct WorkOrderLifecycle {
  static constexpr std::string_view name = work_order_workflow;
  using Data = WorkOrder;
  using Policy = OrderPolicy;
  using Chapters =
      chapters<Intake, Classifying, Likeness, Dispatching, Returns, JointRequests, Assists, Assignment, Handling,
               Extensions, Suspensions, Whistles, Summonses, Results, Checking, Closing, Merging, Splitting, Records,
               Attention, Supervisions, Callbacks, Assessments, Appeals, ClockFacts, Migrations, Audit>;

  // clang-format off
  using Lifecycle = table<
  //    id      from                command            when                                                                           event                  to
  entry<"T01a", absent,             Report,            all<has_words_or_evidence, channel_is_known, brings_what_the_channel_asks,
                                                           profile_is_known, alert_is_sound>,                                         Reported,              reported       >,
  entry<"T02",  reported,           SelfHandle,        all<has_category, category_is_known, category_allows_self_handling,
                                                           has_evidence_of_before, has_evidence>,                                     HandledOnSpot,         closed         >,
  entry<"T03",  reported,           OrderPrecheck,     says_what_is_missing,                                                          PrecheckOrdered,       precheck       >,
  entry<"T04",  precheck,           SubmitPrecheck,    has_evidence,                                                                  PrecheckDone,          reported       >,
  entry<"T05",  reported,           Reject,            all<has_reason, has_reply>,                                                    Rejected,              rejected       >,
  entry<"T06",  reported,           Accept,            all<has_category, category_is_known, condition_is_known, grade_is_one_of_three,
                                                           profile_is_known, deadline_is_plausible>,                                  Accepted,              accepted       >,
  entry<"T08a", accepted,           Dispatch,          all<is_first_of_the_round, names_one_lead_or_nobody,
                                                           lead_has_the_duty_or_a_reason, assists_are_others>,                        Dispatched,            dispatched     >,
  entry<"T09",  dispatched,         Acknowledge,       always,                                                                        Acknowledged,          acknowledged   >,
  entry<"T10",  dispatched,         DeemAcknowledged,  clock_is_late,                                                                 AcknowledgementDeemed, acknowledged   >,
  entry<"T13",  any_at_unit,        ApproveReturn,     return_is_requested,                                                           Returned,              accepted       >,
  entry<"T15",  accepted,           Redispatch,        all<came_back, hops_left, names_one_lead, has_reason, assists_are_others>,     Dispatched,            dispatched     >,
  entry<"T16a", accepted,           Designate,         all<names_one_lead, has_reason>,                                               Designated,            dispatched     >,
  entry<"T16b", any_at_unit,        Designate,         all<return_is_requested, names_one_lead, has_reason>,                          Designated,            dispatched     >,
  entry<"T18",  acknowledged,       StartWork,         always,                                                                        WorkStarted,           in_progress    >,
  entry<"T28c", in_progress,        ApproveSuspension, all<suspension_is_ready, until_is_near, is_not_late_to_pause>,                 Suspended,             suspended      >,
  entry<"T29",  suspended,          Resume,            always,                                                                        Resumed,               in_progress    >,
  entry<"T30",  in_progress,        CannotSolve,       all<has_reason, names_tier>,                                                   EscalatedByCapability, accepted       >,
  entry<"T31b", in_progress,        ConfirmResult,     all<result_is_submitted, assists_are_done>,                                    ResultConfirmed,       handled        >,
  entry<"T33a", handled,            PassReply,         all<reply_has_its_elements, needs_no_field_check>,                             ReplySufficed,         verified       >,
  entry<"T33b", handled,            PassReply,         reply_has_its_elements,                                                        ReplyPassed,           verifying      >,
  entry<"T34",  handled,            FailReply,         has_reason,                                                                    ReplyReturned,         in_progress    >,
  entry<"T35",  verifying,          PassVerification,  all<verifies_by_the_profile, verifier_is_not_handler>,                         VerificationPassed,    verified       >,
  entry<"T36",  verifying,          FailVerification,  all<verifies_by_the_profile, verifier_is_not_handler, has_reason>,             ReworkOrdered,         in_progress    >,
  entry<"T37",  verified,           Close,             all<children_have_ended, nothing_is_asked, supervisions_are_answered>,         Closed,                closed         >,
  entry<"T38",  any_open,           ForceClose,        has_reason,                                                                    ForceClosed,           closed         >,
  entry<"T40a", closed,             Reopen,            all<reopening_window_is_open, reopens_left, has_reason, deadline_is_plausible,
                                                           asks_for_dispatch>,                                                        ReopenedForDispatch,   accepted       >,
  entry<"T40b", closed,             Reopen,            all<reopening_window_is_open, reopens_left, has_reason, deadline_is_plausible,
                                                           was_dispatched>,                                                           Reopened,              in_progress    >,
  entry<"T41a", any_before_handled, Merge,             all<has_absorbed_none, has_no_family, names_another_order>,                    MergedInto,            merged         >,
  entry<"T42a", merged,             Unmerge,           has_reason,                                                                    Unmerged,              back_to<was_merged_in, any_before_handled>>,
  entry<"T43b", absent,             FileChild,         always,                                                                        FiledAsChild,          accepted       >,
  entry<"T49",  any_open,           Void,              has_reason,                                                                    Voided,                voided         >,
  entry<"T50",  any_of<reported, accepted>,  TransferOut,  all<has_reason, names_body_and_receipt>,                                   TransferredOut,        transferred_out>,
  entry<"T54",  closed,             Archive,           window_is_over,                                                                Archived,              archived       >>;
  // clang-format on

  explicit WorkOrderLifecycle(WorkOrderPolicy policy = {}) : policy_(std::move(policy)) {}

  /// The version that the order keeps; for a new order, the one in force.
  /// Errors: unavailable (the version is not known: the book was not filled from the store).
  Result<Policy> policy(const WorkOrder& order, Time now) const;
  static Result<void> may(std::string_view command, const OrderView& view) { return may_submit(command, view); }

  // What no chapter says otherwise: a fact repeats its command, and changes nothing but stage and clocks.
  template <class Command, class Fact>
  static Fact make(const Command& command, const OrderView&, tag<Fact>) {
    return copied<Fact>(command);
  }
  template <class Fact>
  static void apply(WorkOrder&, Fact&&, const Event&) {}

  /// What the fact does to the clocks, by the city's plan.
  template <class Fact>
  static Result<void> complete(Fact& fact, const OrderView& view) {
    const v1::ClockPlan& plan = policy_of(fact, view).clocks().data();
    if (plan.clocks().empty() && view.data.clocks().empty()) return {};
    const ClockSource source{plan, view.policy.versions->calendars()};
    const auto changes = clock_changes(view.data, source, clock_event(fact, view), view.now);
    if (!changes) return changes.error();
    fact.mutable_clocks()->Add(changes->begin(), changes->end());
    return {};
  }

  template <class Fact>
  static void applying(WorkOrder& order, const Fact& fact, const Event& meta) {
    if constexpr (std::is_same_v<Fact, MergedInto>) order.set_merged_at(order.stage());
    order.set_stage(static_cast<v1::Stage>(meta.stage));
    fold_clocks(order, fact.clocks());
  }

  template <class Fact>
  static void reacting(const WorkOrder& order, const Fact& fact, const Event&, Reaction& reaction) {
    arm_clocks(order, fact.clocks(), reaction);
  }

 private:
  /// A child's is its parent's from its first fact on.
  template <class Fact>
  static const city::Policy& policy_of(const Fact& fact, const OrderView& view) {
    if constexpr (std::is_same_v<Fact, FiledAsChild>)
      if (const auto* of_parent = view.policy.versions->find(fact.policy().id(), fact.policy().version()))
        return *of_parent;
    return view.policy.policy;
  }

  template <class Fact>
  static ClockEvent clock_event(const Fact& fact, const OrderView& view) {
    ClockEvent event;
    event.fact = Fact::descriptor()->name();
    event.subjects = clock_subjects(fact, view.data);
    if constexpr (requires { fact.reason(); }) event.reason = fact.reason();
    event.has_reporter = !view.data.reporter().id().empty();
    set_class(event, fact, view);
    return event;
  }

  /// Migrated facts have a category, but clocks keep the time they were given.
  template <class Fact>
  static void set_class(ClockEvent& event, const Fact& fact, const OrderView& view) {
    const WorkOrder& order = view.data;
    event.category = order.category();
    event.grade = order.grade();
    std::string_view condition = order.condition();
    if constexpr (!std::is_same_v<Fact, Migrated>) {
      if constexpr (requires { fact.category(); }) event.category = fact.category();
      if constexpr (requires { fact.condition(); }) condition = fact.condition();
      if constexpr (requires { fact.grade(); }) event.grade = fact.grade();
    }
    event.condition = policy_of(fact, view).condition(event.category, condition);
    event.new_class =
        event.category != order.category() || event.grade != order.grade() || condition != order.condition();
  }

  WorkOrderPolicy policy_;
};

}  // namespace pavior::city::inline v0::lifecycle
