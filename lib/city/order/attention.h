// 催办, 升级, 重大隐患直报, 预警: what makes people look at an order.
#pragma once

#include <string_view>
#include <vector>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct has_level {
  static constexpr std::string_view name = "has_level";
  static constexpr std::string_view explanation = "a level from 1 on is given";
  static bool test(const v1::Escalate& command, const OrderView&) { return command.level() > 0; }
};

struct is_no_major_hazard_yet {
  static constexpr std::string_view name = "is_no_major_hazard_yet";
  static constexpr std::string_view explanation = "the order was not declared a major hazard before";
  static bool test(const OrderView& view) { return view.data.major_hazard_at() == 0; }
};

struct colour_is_new {
  static constexpr std::string_view name = "colour_is_new";
  static constexpr std::string_view explanation =
      "the colour is none, blue, yellow, orange or red, and not the present one";
  static bool test(const v1::SetWarning& command, const OrderView& view) {
    return v1::Colour_IsValid(command.colour()) && command.colour() != view.data.warning();
  }
};

struct Attention {
  static constexpr std::string_view name = "attention";

  // clang-format off
  using Table = machine::table<
  //              id     while               command                 when                                             event
  machine::beside<"T45", any_open_or_closed, v1::Remind,             names_roles,                                     v1::Reminded>,
  machine::beside<"T46", any_open_or_closed, v1::Escalate,           machine::all<names_roles, has_level>,            v1::Escalated>,
  machine::beside<"T47", any_open,           v1::DeclareMajorHazard, machine::all<has_reason, is_no_major_hazard_yet>,  v1::MajorHazardDeclared>,
  machine::beside<"T48a", any_open,          v1::SetWarning,         machine::all<has_reason, colour_is_new>,         v1::WarningSet>>;
  // clang-format on

  static v1::Reminded make(const v1::Remind& command, const OrderView& view, machine::tag<v1::Reminded>);
  static v1::Escalated make(const v1::Escalate& command, const OrderView& view, machine::tag<v1::Escalated>);
  static v1::MajorHazardDeclared make(const v1::DeclareMajorHazard& command, const OrderView& view,
                                      machine::tag<v1::MajorHazardDeclared>);
  static v1::WarningSet make(const v1::SetWarning& command, const OrderView& view, machine::tag<v1::WarningSet>);

  static void apply(v1::WorkOrder& order, v1::Reminded&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Escalated&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::MajorHazardDeclared&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::WarningSet&& fact, const Event& meta);

  static void react(const v1::WorkOrder& order, const v1::Reminded& fact, const Event& meta, Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::Escalated& fact, const Event& meta, Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::MajorHazardDeclared& fact, const Event& meta,
                    Reaction& reaction);
};

/// An order of that grade is told to the leaders in the commit that finds it out.
[[nodiscard]] std::vector<Command> declare_if_major(v1::Grade grade, std::string_view reason, const OrderView& view);

}  // namespace pavior::city::inline v0::lifecycle
