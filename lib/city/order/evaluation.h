// 回访, 评价: what the reporter says when called back, and what others think of it.
#pragma once

#include <string_view>
#include <vector>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct has_a_reporter {
  static constexpr std::string_view name = "has_a_reporter";
  static constexpr std::string_view explanation = "somebody reported it who can be asked";
  static bool test(const OrderView& view) { return !view.data.reporter().id().empty(); }
};

struct reporter_was_reached {
  static constexpr std::string_view name = "reporter_was_reached";
  static constexpr std::string_view explanation = "the reporter was reached";
  static bool test(const v1::RecordCallback& command, const OrderView&) { return command.evaluation().reached(); }
};

struct reopening_is_not_requested {
  static constexpr std::string_view name = "reopening_is_not_requested";
  static constexpr std::string_view explanation = "nobody has asked yet to reopen this closing";
  static bool test(const OrderView& view) { return !view.data.reopening_requested(); }
};

/// A party that says nothing about a dimension gives no score: that is not a score of 0.
struct names_party_and_scores {
  static constexpr std::string_view name = "names_party_and_scores";
  static constexpr std::string_view explanation =
      "the party is named, and gives one score or several of different dimensions, from 0 to 100";
  static bool test(const v1::EvaluateAsParty& command, const OrderView& view);
};

struct has_rule {
  static constexpr std::string_view name = "has_rule";
  static constexpr std::string_view explanation = "the rule is named by which the order does not count";
  static bool test(const v1::ExcludeFromAssessment& command, const OrderView&) { return !command.rule().empty(); }
};

struct names_period_and_formula {
  static constexpr std::string_view name = "names_period_and_formula";
  static constexpr std::string_view explanation = "the period and the formula are named";
  static bool test(const v1::Assess& command, const OrderView&) {
    return !command.assessment().period().empty() && !command.assessment().formula().empty();
  }
};

/// Of the reporter, for this closing.
struct Callbacks {
  static constexpr std::string_view name = "evaluation";
  enum State { is_due, is_unreachable, is_evaluated };
  using due = machine::stage<is_due, "due">;
  using unreachable = machine::stage<is_unreachable, "unreachable">;
  using evaluated = machine::stage<is_evaluated, "evaluated">;
  static State state(const v1::WorkOrder& order) {
    if (order.has_evaluation()) return is_evaluated;
    return order.unanswered_callbacks() == 0 ? is_due : is_unreachable;
  }
  using waiting = any_of<due, unreachable>;
  using any = any_of<due, unreachable, evaluated>;

  // clang-format off
  using Table = machine::table<
  //              id      while     from     command               when                                                     event                    to
  machine::beside<"T39a", any_done, waiting, v1::RecordCallback,   machine::all<has_a_reporter, reporter_was_reached>,      v1::Evaluated,           evaluated>,
  machine::beside<"T39b", any_done, waiting, v1::RecordCallback,   machine::all<has_a_reporter, machine::no<reporter_was_reached>>,  v1::ReporterUnreachable, unreachable>,
  machine::beside<"T40c", closed,   any,     v1::RequestReopening, machine::all<has_reason, reopening_is_not_requested>,    v1::ReopeningRequested,  machine::same>>;
  // clang-format on

  static v1::ReporterUnreachable make(const v1::RecordCallback& command, const OrderView& view,
                                      machine::tag<v1::ReporterUnreachable>);
  static void apply(v1::WorkOrder& order, v1::Evaluated&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ReporterUnreachable&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ReopeningRequested&& fact, const Event& meta);
  static std::vector<Command> follow_up(const v1::Evaluated& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::ReporterUnreachable& fact, const OrderView& view);
};

/// 考核 of the order by others, its appeals aside.
struct Assessments {
  static constexpr std::string_view name = "assessment";

  // clang-format off
  using Table = machine::table<
  //              id      while       command                    when                                            event
  machine::beside<"T52",  any_stage,  v1::ExcludeFromAssessment, machine::all<has_rule, has_reason>,             v1::ExcludedFromAssessment>,
  machine::beside<"T53a", any_done,   v1::Assess,                names_period_and_formula,                       v1::Assessed>,
  machine::beside<"T53b", any_done,   v1::EvaluateAsParty,       names_party_and_scores,                         v1::PartyEvaluated>>;
  // clang-format on

  static void apply(v1::WorkOrder& order, v1::ExcludedFromAssessment&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Assessed&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::PartyEvaluated&& fact, const Event& meta);
};

}  // namespace pavior::city::inline v0::lifecycle
