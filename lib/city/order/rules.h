// The rules of the lifecycle table. Each says what must hold; `explanation` completes "<command> requires that ...".
#pragma once

#include <cstdint>
#include <string_view>

#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "pavior/table.h"

namespace pavior::city::inline v0::lifecycle {

using OrderView = machine::View<v1::WorkOrder, WorkOrderPolicy>;

/// The end of the year 9999: later instants are mistakes of unit, and would overflow when computed with.
inline constexpr std::int64_t deadline_max = 253'402'300'799'999'999;

struct has_title_or_evidence {
  static constexpr std::string_view name = "has_title_or_evidence";
  static constexpr std::string_view explanation = "the report has a title or at least one piece of evidence";
  static bool test(const v1::Report& command, const OrderView&) {
    return !command.title().empty() || !command.evidence().empty();
  }
};

struct has_reason {
  static constexpr std::string_view name = "has_reason";
  static constexpr std::string_view explanation = "a reason is given";
  static bool test(const auto& command, const OrderView&) { return !command.reason().empty(); }
};

struct has_reply {
  static constexpr std::string_view name = "has_reply";
  static constexpr std::string_view explanation = "a reply to the reporter is given";
  static bool test(const auto& command, const OrderView&) { return !command.reply().empty(); }
};

struct has_category {
  static constexpr std::string_view name = "has_category";
  static constexpr std::string_view explanation = "a category is given";
  static bool test(const v1::Accept& command, const OrderView&) { return !command.category().empty(); }
};

struct deadline_is_plausible {
  static constexpr std::string_view name = "deadline_is_plausible";
  static constexpr std::string_view explanation =
      "the deadline is 0 or an instant before the year 10000, in microseconds since 1970 UTC";
  static bool test(const auto& command, const OrderView&) {
    return command.deadline() >= 0 && command.deadline() <= deadline_max;
  }
};

struct names_one_lead {
  static constexpr std::string_view name = "names_one_lead";
  static constexpr std::string_view explanation = "one lead department is named";
  static bool test(const v1::Dispatch& command, const OrderView&) { return !command.lead().empty(); }
};

struct has_outcome {
  static constexpr std::string_view name = "has_outcome";
  static constexpr std::string_view explanation = "the outcome is resolved, partly resolved or not resolved";
  static bool test(const v1::SubmitResult& command, const OrderView&) {
    return command.outcome() != v1::OUTCOME_UNSPECIFIED && v1::Outcome_IsValid(command.outcome());
  }
};

struct has_after_evidence_if_required {
  static constexpr std::string_view name = "has_after_evidence_if_required";
  static constexpr std::string_view explanation = "the result has a piece of evidence, which this city demands";
  static bool test(const v1::SubmitResult& command, const OrderView& view) {
    return !view.policy.after_evidence_required || !command.evidence().empty();
  }
};

/// Separation of duties. `system` stands for many and is not a person.
struct verifier_is_not_handler {
  static constexpr std::string_view name = "verifier_is_not_handler";
  static constexpr std::string_view explanation = "the work is verified by someone who did not do it";
  static bool test(const OrderView& view) {
    return view.actor.id() != view.data.handler() || view.actor.has_role(roles::system);
  }
};

struct awaits_evaluation {
  static constexpr std::string_view name = "awaits_evaluation";
  static constexpr std::string_view explanation = "the reporter has not evaluated this closing yet";
  static bool test(const OrderView& view) { return !view.data.has_evaluation(); }
};

struct reporter_was_reached {
  static constexpr std::string_view name = "reporter_was_reached";
  static constexpr std::string_view explanation = "the reporter was reached";
  static bool test(const v1::RecordCallback& command, const OrderView&) { return command.evaluation().reached(); }
};

struct reopens_left {
  static constexpr std::string_view name = "reopens_left";
  static constexpr std::string_view explanation = "the order was not yet reopened as often as the city allows";
  static bool test(const OrderView& view) { return view.data.reopens() < view.policy.reopens_max; }
};

struct asks_for_dispatch {
  static constexpr std::string_view name = "asks_for_dispatch";
  static constexpr std::string_view explanation = "the order is to be dispatched anew";
  static bool test(const v1::Reopen& command, const OrderView&) { return command.dispatch_anew(); }
};

struct names_another_order {
  static constexpr std::string_view name = "names_another_order";
  static constexpr std::string_view explanation = "another order is named";
  static bool test(const v1::Merge& command, const OrderView& view) { return differs(command.target(), view); }
  static bool test(const v1::Absorb& command, const OrderView& view) { return differs(command.source(), view); }

 private:
  static bool differs(std::string_view key, const OrderView& view) { return !key.empty() && key != view.stream.key(); }
};

/// Keeps merges one level deep, so that a reporter is never passed on twice.
struct has_absorbed_none {
  static constexpr std::string_view name = "has_absorbed_none";
  static constexpr std::string_view explanation = "no other order was merged into this one";
  static bool test(const OrderView& view) { return view.data.merged_from().empty(); }
};

struct deadline_is_current {
  static constexpr std::string_view name = "deadline_is_current";
  static constexpr std::string_view explanation = "the deadline is the one the order has now";
  static bool test(const v1::BreachDeadline& command, const OrderView& view) {
    return command.deadline() != 0 && command.deadline() == view.data.deadline();
  }
};

struct deadline_has_passed {
  static constexpr std::string_view name = "deadline_has_passed";
  static constexpr std::string_view explanation = "the deadline has passed";
  static bool test(const v1::BreachDeadline& command, const OrderView& view) {
    return to_micros(view.now) > command.deadline();
  }
};

struct breach_is_new {
  static constexpr std::string_view name = "breach_is_new";
  static constexpr std::string_view explanation = "this breach was not recorded before";
  static bool test(const v1::BreachDeadline& command, const OrderView& view) {
    return command.deadline() != view.data.breached_deadline();
  }
};

}  // namespace pavior::city::inline v0::lifecycle
