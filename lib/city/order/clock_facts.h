// What clocks ask of an order when they ring, and what people do to a clock.
#pragma once

#include <string_view>
#include <vector>

#include "city/order/order_clocks.h"
#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/clock.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct clock_is_late {
  static constexpr std::string_view name = "clock_is_late";
  static constexpr std::string_view explanation = "the clock missed its limit";
  static bool test(const auto& command, const OrderView& view) {
    const v1::Clock* clock = find_clock(view.data, command.clock(), command.instance());
    return clock != nullptr && missed(*clock);
  }
};

struct alarm_is_due {
  static constexpr std::string_view name = "alarm_is_due";
  static constexpr std::string_view explanation = "the clock runs, and has an alarm that is due";
  static bool test(const v1::RingClock& command, const OrderView& view) {
    const v1::Clock* clock = find_clock(view.data, command.clock(), command.instance());
    if (clock == nullptr) return false;
    const auto due = rings_at(*clock);
    return due && *due <= view.now;
  }
};

struct calendar_is_newer {
  static constexpr std::string_view name = "calendar_is_newer";
  static constexpr std::string_view explanation = "the clock is open, and its calendar has a newer version than it has";
  static bool test(const v1::RecountClock& command, const OrderView& view);
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

struct ClockFacts {
  static constexpr std::string_view name = "clocks";

  // clang-format off
  using Table = machine::table<
  //              id    while               command             when                                                                  event
  machine::beside<"C1", any_open_or_closed, v1::RingClock,      alarm_is_due,                                                         v1::ClockRang>,
  machine::beside<"C2", any_open_or_closed, v1::RecountClock,   calendar_is_newer,                                                    v1::ClockRecounted>,
  machine::beside<"C3", any_open_or_closed, v1::Exempt,         machine::all<has_reason, clock_is_late>,                              v1::Exempted>,
  machine::beside<"C4", any_filed,          v1::BreachDeadline, machine::all<deadline_is_current, deadline_has_passed, breach_is_new>,  v1::DeadlineBreached>>;
  // clang-format on

  static Result<v1::ClockRang> make(const v1::RingClock& command, const OrderView& view, machine::tag<v1::ClockRang>);
  static Result<v1::ClockRecounted> make(const v1::RecountClock& command, const OrderView& view,
                                         machine::tag<v1::ClockRecounted>);
  static Result<v1::Exempted> make(const v1::Exempt& command, const OrderView& view, machine::tag<v1::Exempted>);
  static void apply(v1::WorkOrder& order, v1::DeadlineBreached&& fact, const Event& meta);
  static std::vector<Command> follow_up(const v1::ClockRang& fact, const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle
