// 处置反馈: what the handler submits, until the unit stands for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "city/order/replies.h"
#include "city/order/stages.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct has_outcome {
  static constexpr std::string_view name = "has_outcome";
  static constexpr std::string_view explanation = "the outcome is resolved, partly resolved or not resolved";
  static bool test(const v1::SubmitResult& command, const OrderView&) {
    return command.outcome() != v1::OUTCOME_UNSPECIFIED && v1::Outcome_IsValid(command.outcome());
  }
};

struct has_after_evidence_if_required {
  static constexpr std::string_view name = "has_after_evidence_if_required";
  static constexpr std::string_view explanation =
      "the result has a piece of evidence of the place after the work, which its category demands";
  static bool test(const v1::SubmitResult& command, const OrderView& view);
};

struct assists_are_done {
  static constexpr std::string_view name = "assists_are_done";
  static constexpr std::string_view explanation = "every assisting unit has done its duty or was excused";
  static bool test(const OrderView& view);
  static std::string explain(const auto&, const OrderView& view) { return waiting_for(view); }

 private:
  static std::string waiting_for(const OrderView& view);
};

struct Results {
  static constexpr std::string_view name = "result";
  using none = machine::stage<v1::RESULT_NONE, "none">;
  using submitted = machine::stage<v1::RESULT_SUBMITTED, "submitted">;
  static v1::ResultState state(const v1::WorkOrder& order) { return order.result(); }

  // clang-format off
  using Table = machine::table<
  //              id      while        from       command              when                                                                    event                  to
  machine::beside<"T31a", in_progress, none,      v1::SubmitResult,    machine::all<has_outcome, has_reply_or_template, template_fits,
                                                                       reply_keeps_the_rules, has_after_evidence_if_required, assists_are_done>, v1::ResultSubmitted,   submitted>,
  machine::beside<"T32",  in_progress, submitted, v1::ReturnToHandler, has_reason,                                                             v1::ReturnedToHandler, none     >>;
  // clang-format on

  static v1::ResultSubmitted make(const v1::SubmitResult& command, const OrderView& view,
                                  machine::tag<v1::ResultSubmitted>);
  static void apply(v1::WorkOrder& order, v1::ResultSubmitted&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ReturnedToHandler&& fact, const Event& meta);
  static std::vector<Command> follow_up(const v1::ResultSubmitted& fact, const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle
