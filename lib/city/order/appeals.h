// 申诉: a unit that was late says that it was not its fault. The miss stays a miss; it may not count.
#pragma once

#include <string_view>

#include "city/order/clock_facts.h"
#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct has_opinion {
  static constexpr std::string_view name = "has_opinion";
  static constexpr std::string_view explanation = "an opinion is given";
  static bool test(const v1::ReviewAppeal& command, const OrderView&) { return !command.opinion().empty(); }
};

/// Once for an order: what was decided stays.
struct Appeals {
  static constexpr std::string_view name = "appeal";
  using none = machine::stage<v1::AppealStanding::NONE, "none">;
  using filed = machine::stage<v1::AppealStanding::FILED, "filed">;
  using reviewed = machine::stage<v1::AppealStanding::REVIEWED, "reviewed">;
  using decided = machine::stage<v1::AppealStanding::DECIDED, "decided">;
  static v1::AppealStanding::State state(const v1::WorkOrder& order) { return order.appeal().state(); }

  // clang-format off
  using Table = machine::table<
  //              id      while     from      command           when                                     event               to
  machine::beside<"T51a", closed,   none,     v1::Appeal,       machine::all<has_reason, clock_is_late>,  v1::Appealed,       filed>,
  machine::beside<"T51b", any_done, filed,    v1::ReviewAppeal, has_opinion,                             v1::AppealReviewed, reviewed>,
  machine::beside<"T51c", any_done, reviewed, v1::DecideAppeal, has_reason,                              v1::AppealDecided,  decided>>;
  // clang-format on

  static Result<v1::AppealDecided> make(const v1::DecideAppeal& command, const OrderView& view,
                                        machine::tag<v1::AppealDecided>);
  static void apply(v1::WorkOrder& order, v1::Appealed&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::AppealReviewed&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::AppealDecided&& fact, const Event& meta);
};

}  // namespace pavior::city::inline v0::lifecycle
