/// \file
/// What a fact of an order does to its clocks, by the city's plan.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/repeated_ptr_field.h"
#include "pavior/city/clock_plan.h"
#include "pavior/city/v1/catalogue.pb.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/workflow.h"

namespace pavior::city::inline v0::lifecycle {

using ClockChanges = google::protobuf::RepeatedPtrField<v1::ClockChange>;

// Clocks that rules ask about, where a city's plan has them.
inline constexpr std::string_view callback_clock = "CBK";  // 回访
inline constexpr std::string_view window_clock = "WIN";    // In which a closed order may be reopened.

/// A fact, as far as clocks look at it.
struct ClockEvent {
  std::string_view fact;              ///< Its short name.
  std::vector<std::string> subjects;  ///< A milestone, the cause of a supervision, units; none for most.
  std::string_view reason;
  std::string_view category;  ///< Of the order from now on, as the next two.
  const v1::FilingCondition* condition = nullptr;
  v1::Grade grade{};
  bool new_class = false;    ///< One of the three is another than before.
  bool has_reporter = true;  ///< Somebody can be called back.
};

/// What clocks count by: a plan, and all calendars.
struct ClockSource {
  const v1::ClockPlan& plan;
  const Calendars& calendars;
};

/// Errors: the calendars'.
[[nodiscard]] Result<std::vector<v1::ClockChange>> clock_changes(const v1::WorkOrder& order, const ClockSource& source,
                                                                 const ClockEvent& event, Time now);

/// The last instance of a clock, or a certain one; null if there is none. Lifetime: that of the order.
[[nodiscard]] const v1::Clock* find_clock(const v1::WorkOrder& order, std::string_view name);
[[nodiscard]] const v1::Clock* find_clock(const v1::WorkOrder& order, std::string_view name, std::uint32_t instance);

/// Whether an open clock that `fact` would pause is late.
[[nodiscard]] bool late_to_pause(const v1::WorkOrder& order, const ClockPlan& plan, std::string_view fact, Time now);

/// Whether there is a clock that an extension would extend, and none of them is late.
[[nodiscard]] bool may_extend(const v1::WorkOrder& order, const ClockPlan& plan, Time now);

void fold_clocks(v1::WorkOrder& order, const ClockChanges& changes);

/// One timer for each clock that changed: for its next alarm, or none.
void arm_clocks(const v1::WorkOrder& order, const ClockChanges& changes, Reaction& reaction);

}  // namespace pavior::city::inline v0::lifecycle
