// 处置: from starting the work to the result the unit stands for.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "city/order/order_clocks.h"
#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct suspension_is_ready {
  static constexpr std::string_view name = "suspension_is_ready";
  static constexpr std::string_view explanation =
      "the unit asked for a suspension, and it was endorsed where the city demands that";
  static bool test(const OrderView& view) {
    const auto state = view.data.suspension_request().state();
    return state == v1::REQUEST_ENDORSED ||
           (state == v1::REQUEST_PENDING && !view.policy.policy.data().bounds().suspension_endorsed());
  }
};

struct suspensions_left {
  static constexpr std::string_view name = "suspensions_left";
  static constexpr std::string_view explanation = "the order was not yet suspended as often as the city allows";
  static bool test(const OrderView& view) { return view.data.suspensions() < bounds(view).suspensions_max; }
};

struct until_is_near {
  static constexpr std::string_view name = "until_is_near";
  static constexpr std::string_view explanation =
      "the suspension ends at an instant ahead, no later than the city allows, in microseconds since 1970 UTC";
  static bool test(const v1::RequestSuspension& command, const OrderView& view) {
    return is_near(command.until(), view);
  }
  /// As was asked if it says nothing, which may have passed since.
  static bool test(const v1::ApproveSuspension& command, const OrderView& view) {
    return is_near(command.until() == 0 ? view.data.suspension_request().until() : command.until(), view);
  }

 private:
  static bool is_near(std::int64_t until, const OrderView& view) {
    const auto longest = std::chrono::days(bounds(view).suspension_days_max);
    return until > to_micros(view.now) && until <= to_micros(view.now + longest);
  }
};

struct is_not_late_to_pause {
  static constexpr std::string_view name = "is_not_late_to_pause";
  static constexpr std::string_view explanation = "no clock that would pause has run out, and no deadline has passed";
  static bool test(const OrderView& view) {
    const auto deadline = view.data.deadline();
    return (deadline == 0 || to_micros(view.now) <= deadline) &&
           !late_to_pause(view.data, view.policy.policy.clocks(), "Suspended", view.now);
  }
};

struct result_is_submitted {
  static constexpr std::string_view name = "result_is_submitted";
  static constexpr std::string_view explanation = "the handler submitted a result";
  static bool test(const OrderView& view) { return view.data.result() == v1::RESULT_SUBMITTED; }
};

struct Handling {
  static v1::WorkStarted make(const v1::StartWork& command, const OrderView& view, machine::tag<v1::WorkStarted>);
  static v1::Suspended make(const v1::ApproveSuspension& command, const OrderView& view, machine::tag<v1::Suspended>);

  static void apply(v1::WorkOrder& order, v1::WorkStarted&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Suspended&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Resumed&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ResultConfirmed&& fact, const Event& meta);

  static void react(const v1::WorkOrder& order, const v1::Suspended& fact, const Event& meta, Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::Resumed& fact, const Event& meta, Reaction& reaction);

  static std::vector<Command> follow_up(const v1::ResultConfirmed& fact, const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle
