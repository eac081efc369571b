// 督办: somebody above the unit wants an answer. One supervision is open for each cause.
#pragma once

#include <string_view>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

[[nodiscard]] bool is_supervised(const v1::WorkOrder& order, std::string_view cause);

struct has_cause {
  static constexpr std::string_view name = "has_cause";
  static constexpr std::string_view explanation = "a cause is given";
  static bool test(const v1::Supervise& command, const OrderView&) { return !command.cause().empty(); }
};

struct has_answer {
  static constexpr std::string_view name = "has_answer";
  static constexpr std::string_view explanation = "an answer is given";
  static bool test(const v1::AnswerSupervision& command, const OrderView&) { return !command.answer().empty(); }
};

/// Of the cause that a command names.
struct Supervisions {
  static constexpr std::string_view name = "supervision";
  enum State { nothing, is_open };
  using none = machine::stage<nothing, "none">;
  using open = machine::stage<is_open, "open">;
  static State state(const v1::WorkOrder& order, const auto& command) {
    return is_supervised(order, command.cause()) ? is_open : nothing;
  }

  // clang-format off
  using Table = machine::table<
  //              id      while               from  command                when                                event                    to
  machine::beside<"T44a", any_open_or_closed, none, v1::Supervise,         machine::all<has_cause, names_roles>,  v1::SupervisionOrdered,  open>,
  machine::beside<"T44b", any_open_or_closed, open, v1::AnswerSupervision, has_answer,                         v1::SupervisionAnswered, none>>;
  // clang-format on

  static v1::SupervisionOrdered make(const v1::Supervise& command, const OrderView& view,
                                     machine::tag<v1::SupervisionOrdered>);
  static void apply(v1::WorkOrder& order, v1::SupervisionOrdered&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::SupervisionAnswered&& fact, const Event& meta);
  static void react(const v1::WorkOrder& order, const v1::SupervisionOrdered& fact, const Event& meta,
                    Reaction& reaction);
};

}  // namespace pavior::city::inline v0::lifecycle
