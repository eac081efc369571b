// 指派, 转办: who within the unit has the order.
#pragma once

#include <string_view>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct names_handler {
  static constexpr std::string_view name = "names_handler";
  static constexpr std::string_view explanation = "a handler is named";
  static bool test(const v1::AssignHandler& command, const OrderView&) { return !command.handler().empty(); }
};

struct unit_is_not_the_lead {
  static constexpr std::string_view name = "unit_is_not_the_lead";
  static constexpr std::string_view explanation = "the unit is another one than the lead";
  static bool test(const v1::TransferDown& command, const OrderView& view) {
    return command.unit() != view.data.lead();
  }
};

struct Assignment {
  static constexpr std::string_view name = "assignment";
  enum State { no_one, someone };
  using nobody = machine::stage<no_one, "nobody">;
  using assigned = machine::stage<someone, "assigned">;
  static State state(const v1::WorkOrder& order) { return order.handler().empty() ? no_one : someone; }

  // clang-format off
  using Table = machine::table<
  //              id      while        from                      command            when                                                      event                 to
  machine::beside<"T17a", any_at_work, nobody,                   v1::AssignHandler, names_handler,                                            v1::HandlerAssigned,  assigned>,
  machine::beside<"T17b", any_at_work, assigned,                 v1::RevokeHandler, has_reason,                                               v1::HandlerRevoked,   nobody>,
  machine::beside<"T19",  any_at_work, any_of<nobody, assigned>, v1::TransferDown,  machine::all<names_unit, has_reason, unit_is_not_the_lead>,  v1::TransferredDown,  nobody>>;
  // clang-format on

  static v1::HandlerRevoked make(const v1::RevokeHandler& command, const OrderView& view,
                                 machine::tag<v1::HandlerRevoked>);
  static void apply(v1::WorkOrder& order, v1::HandlerAssigned&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::HandlerRevoked&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::TransferredDown&& fact, const Event& meta);
};

}  // namespace pavior::city::inline v0::lifecycle
