// 派遣: one lead department gets the order, says that it has it, or hands it back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct names_one_lead_or_nobody {
  static constexpr std::string_view name = "names_one_lead_or_nobody";
  static constexpr std::string_view explanation =
      "one lead department is named, or nobody is responsible and the city has a fallback unit";
  static bool test(const v1::Dispatch& command, const OrderView& view) {
    return command.no_responsible_body() ? command.lead().empty() && !view.policy.policy.data().fallback_unit().empty()
                                         : !command.lead().empty();
  }
};

struct lead_has_the_duty_or_a_reason {
  static constexpr std::string_view name = "lead_has_the_duty_or_a_reason";
  static constexpr std::string_view explanation =
      "the category is the lead's duty by the catalogue, or a reason is given";
  static bool test(const auto& command, const OrderView& view) {
    return !command.reason().empty() || has_duty(command.lead(), view);
  }
  static std::string explain(const auto&, const OrderView& view) { return duties(view); }

 private:
  static bool has_duty(const std::string& unit, const OrderView& view);
  static std::string duties(const OrderView& view);
};

struct assists_are_others {
  static constexpr std::string_view name = "assists_are_others";
  static constexpr std::string_view explanation = "each assisting unit has a duty, is named once, and is not the lead";
  static bool test(const auto& command, const OrderView&) { return are_others(command.assists(), command.lead()); }

 private:
  static bool are_others(const google::protobuf::RepeatedPtrField<v1::AssistingUnit>& assists, std::string_view lead);
};

struct is_first_of_the_round {
  static constexpr std::string_view name = "is_first_of_the_round";
  static constexpr std::string_view explanation =
      "the order was not dispatched since it was filed or reopened; Redispatch is for one that came back";
  static bool test(const OrderView& view) { return view.data.hops() == 0; }
};

struct came_back {
  static constexpr std::string_view name = "came_back";
  static constexpr std::string_view explanation = "the order was dispatched before, and came back";
  static bool test(const OrderView& view) { return view.data.hops() > 0; }
};

struct hops_left {
  static constexpr std::string_view name = "hops_left";
  static constexpr std::string_view explanation =
      "the order was not yet dispatched as often as the city allows; the shift lead may Designate a unit";
  static bool test(const OrderView& view) { return view.data.hops() < bounds(view).hops_max; }
};

struct return_is_requested {
  static constexpr std::string_view name = "return_is_requested";
  static constexpr std::string_view explanation = "the unit asked to return the order";
  static bool test(const OrderView& view) { return view.data.return_request().state() == v1::REQUEST_PENDING; }
};

struct names_tier {
  static constexpr std::string_view name = "names_tier";
  static constexpr std::string_view explanation = "it names who shall coordinate, e.g. street";
  static bool test(const v1::CannotSolve& command, const OrderView&) { return !command.tier().empty(); }
};

struct Dispatching {
  static constexpr std::string_view name = "dispatching";

  // clang-format off
  using Table = machine::table<
  //              id      while     command                when             event
  machine::beside<"T08b", accepted, v1::LeaveToDispatcher, machine::always, v1::LeftToDispatcher>>;
  // clang-format on

  static v1::Dispatched make(const v1::Dispatch& command, const OrderView& view, machine::tag<v1::Dispatched>);
  static v1::Dispatched make(const v1::Redispatch& command, const OrderView& view, machine::tag<v1::Dispatched>);
  static v1::LeftToDispatcher make(const v1::LeaveToDispatcher& command, const OrderView& view,
                                   machine::tag<v1::LeftToDispatcher>);
  static v1::Designated make(const v1::Designate& command, const OrderView& view, machine::tag<v1::Designated>);
  static v1::Returned make(const v1::ApproveReturn& command, const OrderView& view, machine::tag<v1::Returned>);
  static v1::EscalatedByCapability make(const v1::CannotSolve& command, const OrderView& view,
                                        machine::tag<v1::EscalatedByCapability>);

  static void apply(v1::WorkOrder& order, v1::Dispatched&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::LeftToDispatcher&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Designated&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Returned&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::EscalatedByCapability&& fact, const Event& meta);

  static void react(const v1::WorkOrder& order, const v1::LeftToDispatcher& fact, const Event& meta,
                    Reaction& reaction);

  static std::vector<Command> follow_up(const v1::Returned& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::Dispatched& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::Acknowledged& fact, const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle
