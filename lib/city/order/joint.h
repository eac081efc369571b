// 会办, 联办: other units assist. The lead stays one.
#pragma once

#include <string_view>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

/// The last duty of a unit; null: it has none.
[[nodiscard]] const v1::Assist* assist_of(const v1::WorkOrder& order, std::string_view unit);

struct unit_is_free_to_assist {
  static constexpr std::string_view name = "unit_is_free_to_assist";
  static constexpr std::string_view explanation = "the unit is neither the lead nor assisting already";
  static bool test(const v1::AddAssist& command, const OrderView& view);
};

struct has_duty {
  static constexpr std::string_view name = "has_duty";
  static constexpr std::string_view explanation = "the duty of the unit is given";
  static bool test(const v1::AddAssist& command, const OrderView&) { return !command.duty().empty(); }
};

struct has_remark_or_evidence {
  static constexpr std::string_view name = "has_remark_or_evidence";
  static constexpr std::string_view explanation = "it says or shows what was done";
  static bool test(const v1::CompleteAssist& command, const OrderView&) {
    return !command.remark().empty() || !command.evidence().empty();
  }
};

struct JointRequests {
  static constexpr std::string_view name = "joint_request";
  using none = machine::stage<v1::REQUEST_NONE, "none">;
  using requested = machine::stage<v1::REQUEST_PENDING, "requested">;
  static v1::RequestState state(const v1::WorkOrder& order) { return order.joint_request().state(); }

  // clang-format off
  using Table = machine::table<
  //              id      while          from                     command           when                                    event               to
  machine::beside<"T20a", any_at_unit,   none,                    v1::RequestJoint, machine::all<has_reason, names_different_units>,  v1::JointRequested, requested>,
  machine::beside<"T20b", any_at_unit,   any_of<none, requested>, v1::AddAssist,    machine::all<names_unit, has_duty, unit_is_free_to_assist>,  v1::AssistAdded,    none>,
  machine::beside<"T20c", any_with_unit, requested,               v1::RefuseJoint,  has_reason,                                  v1::JointRefused,   none>>;
  // clang-format on

  static void apply(v1::WorkOrder& order, v1::JointRequested&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::AssistAdded&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::JointRefused&& fact, const Event& meta);
  static void react(const v1::WorkOrder& order, const v1::AssistAdded& fact, const Event& meta, Reaction& reaction);
};

/// Of the unit that a command names.
struct Assists {
  static constexpr std::string_view name = "assist";
  using none = machine::stage<v1::Assist::STATE_UNSPECIFIED, "none">;
  using working = machine::stage<v1::Assist::WORKING, "working">;
  using done = machine::stage<v1::Assist::DONE, "done">;
  using excused = machine::stage<v1::Assist::EXCUSED, "excused">;
  static v1::Assist::State state(const v1::WorkOrder& order, const auto& command) {
    const v1::Assist* assist = assist_of(order, command.unit());
    return assist == nullptr ? v1::Assist::STATE_UNSPECIFIED : assist->state();
  }

  // clang-format off
  using Table = machine::table<
  //              id      while          from     command             when        event              to
  machine::beside<"T21a", any_with_unit, working, v1::CompleteAssist, machine::all<has_remark_or_evidence, acts_for_that_unit>,  v1::AssistDone,    done>,
  machine::beside<"T21b", any_with_unit, working, v1::ExcuseAssist,   has_reason, v1::AssistExcused, excused>>;
  // clang-format on

  static void apply(v1::WorkOrder& order, v1::AssistDone&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::AssistExcused&& fact, const Event& meta);
};

}  // namespace pavior::city::inline v0::lifecycle
