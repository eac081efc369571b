// The rules of the table beside the main one, and of suspending.
#pragma once

#include <algorithm>
#include <string_view>

#include "city/order/order_clocks.h"
#include "city/order/rules.h"
#include "pavior/city/clock.h"

namespace pavior::city::inline v0::lifecycle {

struct until_is_near {
  static constexpr std::string_view name = "until_is_near";
  static constexpr std::string_view explanation =
      "it lasts until an instant ahead, and not longer than the city allows, in microseconds since 1970 UTC";
  static bool test(const v1::Suspend& command, const OrderView& view) {
    return command.until() > to_micros(view.now) && command.until() <= to_micros(view.now + view.policy.suspension_max);
  }
};

struct is_not_late_to_pause {
  static constexpr std::string_view name = "is_not_late_to_pause";
  static constexpr std::string_view explanation = "no clock that would pause has run out, and no deadline has passed";
  static bool test(const OrderView& view) {
    const auto deadline = view.data.deadline();
    return (deadline == 0 || to_micros(view.now) <= deadline) &&
           !late_to_pause(view.data, view.policy.clocks, "Suspended", view.now);
  }
};

struct has_new_class {
  static constexpr std::string_view name = "has_new_class";
  static constexpr std::string_view explanation = "another category or another grade is given";
  static bool test(const v1::Reclassify& command, const OrderView& view) {
    if (!v1::Grade_IsValid(command.grade())) return false;
    return (!command.category().empty() && command.category() != view.data.category()) ||
           (command.grade() != v1::GRADE_UNSPECIFIED && command.grade() != view.data.grade());
  }
};

struct has_means {
  static constexpr std::string_view name = "has_means";
  static constexpr std::string_view explanation = "the means of the contact is given, e.g. phone or visit";
  static bool test(const v1::RecordContact& command, const OrderView&) { return !command.means().empty(); }
};

struct milestone_is_new {
  static constexpr std::string_view name = "milestone_is_new";
  static constexpr std::string_view explanation = "a milestone is named that is not yet done";
  static bool test(const v1::CompleteMilestone& command, const OrderView& view) {
    const auto& done = view.data.milestones();
    return !command.milestone().empty() && std::ranges::find(done, command.milestone()) == done.end();
  }
};

struct names_roles {
  static constexpr std::string_view name = "names_roles";
  static constexpr std::string_view explanation = "the roles that are told are named";
  static bool test(const auto& command, const OrderView&) {
    return !command.roles().empty() && std::ranges::find(command.roles(), "") == command.roles().end();
  }
};

struct has_level {
  static constexpr std::string_view name = "has_level";
  static constexpr std::string_view explanation = "a level from 1 on is given";
  static bool test(const v1::Escalate& command, const OrderView&) { return command.level() > 0; }
};

struct has_cause {
  static constexpr std::string_view name = "has_cause";
  static constexpr std::string_view explanation = "a cause is given";
  static bool test(const v1::Supervise& command, const OrderView&) { return !command.cause().empty(); }
};

[[nodiscard]] inline bool is_supervised(const v1::WorkOrder& order, std::string_view cause) {
  return std::ranges::any_of(order.supervisions(), [&](const v1::Supervision& supervision) {
    return supervision.cause() == cause && supervision.answered_at() == 0;
  });
}

struct cause_is_free {
  static constexpr std::string_view name = "cause_is_free";
  static constexpr std::string_view explanation = "no supervision of this cause is open";
  static bool test(const v1::Supervise& command, const OrderView& view) {
    return !is_supervised(view.data, command.cause());
  }
};

struct cause_is_supervised {
  static constexpr std::string_view name = "cause_is_supervised";
  static constexpr std::string_view explanation = "a supervision of this cause is open";
  static bool test(const v1::AnswerSupervision& command, const OrderView& view) {
    return is_supervised(view.data, command.cause());
  }
};

struct has_answer {
  static constexpr std::string_view name = "has_answer";
  static constexpr std::string_view explanation = "an answer is given";
  static bool test(const v1::AnswerSupervision& command, const OrderView&) { return !command.answer().empty(); }
};

struct is_no_major_hazard_yet {
  static constexpr std::string_view name = "is_no_major_hazard_yet";
  static constexpr std::string_view explanation = "the order was not declared a major hazard before";
  static bool test(const OrderView& view) { return view.data.major_hazard_at() == 0; }
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
  static bool test(const v1::RecountClock& command, const OrderView& view) {
    const v1::Clock* clock = find_clock(view.data, command.clock(), command.instance());
    if (clock == nullptr || !is_open(*clock)) return false;
    const auto newest = view.policy.clocks.calendars().newest(clock->calendar().id());
    return newest && newest->version() > clock->calendar().version();
  }
};

struct clock_is_late {
  static constexpr std::string_view name = "clock_is_late";
  static constexpr std::string_view explanation = "the clock missed its limit";
  static bool test(const v1::Exempt& command, const OrderView& view) {
    const v1::Clock* clock = find_clock(view.data, command.clock(), command.instance());
    return clock != nullptr && missed(*clock);
  }
};

}  // namespace pavior::city::inline v0::lifecycle
