/// \file
/// Recurring schedules: a workflow that runs things at times of a calendar's wall clock. docs/schedules.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/city/calendar.h"
#include "pavior/city/calendars.h"
#include "pavior/city/work_orders.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"
#include "pavior/workflow.h"

namespace pavior::city::v1 {
class Recurrence;
class Schedule;
}  // namespace pavior::city::v1

namespace pavior::city::inline v0 {

/// The name of the workflow, hence the first part of a schedule's stream id.
inline constexpr std::string_view schedule_workflow = "schedule";

/// The name of the timer that runs what is due.
inline constexpr std::string_view run_timer = "run";

/// The name of the timers that submit a run's command is this, a space and the run's number.
inline constexpr std::string_view submit_timer = "submit";

/// The latest runs whose commands may wait to be accepted; with the next run the oldest is given up. Each has a timer, so
/// `Limits::timers_per_stream_max` is to be more than this.
inline constexpr std::uint64_t unsubmitted_max = 16;

/// A time at which a recurrence comes.
struct Occurrence {
  Time at{};
  Date day{};
  bool provisional = false;  ///< It depends on days after `valid_to`, so a later version may answer otherwise.

  friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

/// The first occurrence after `after`, by the days and the wall clock of `calendar`; which one the recurrence names does
/// not matter here.
/// Errors: invalid (the recurrence; the message names the field, the text and the mend); refused by `calendar_horizon`
/// (the answer depends on days the calendar does not speak of, or there is none by the end of 2037).
/// Cost: microseconds. Days are looked at one by one, minutes are not.
[[nodiscard]] PAVIOR_EXPORT Result<Occurrence> next_occurrence(const v1::Recurrence& recurrence,
                                                               const Calendar& calendar, Time after);

/// What cities may want different.
struct SchedulePolicy {
  /// Who may define, pause, continue, reckon, submit again and remove, besides `system`. `RunSchedule` is left to it.
  std::vector<std::string> managers = {std::string(roles::shift_lead), std::string(roles::leader)};
};

/// The schedules of a city, reckoned by the newest versions of these calendars. `docs/schedule_lifecycle.md` is their table.
[[nodiscard]] PAVIOR_EXPORT std::shared_ptr<const Workflow> make_schedule_workflow(Calendars calendars,
                                                                                   SchedulePolicy policy = {});

[[nodiscard]] PAVIOR_EXPORT StreamId schedule_id(std::string key);

/// The schedule inside a state of this workflow; null for another one's. Lifetime: that of the state.
[[nodiscard]] PAVIOR_EXPORT const v1::Schedule* schedule(const State& state) noexcept;

}  // namespace pavior::city::inline v0
