/// \file
/// What is due on a schedule and what comes next, by the newest version of its calendar.
#pragma once

#include <cstdint>

#include "pavior/city/calendars.h"
#include "pavior/city/v1/schedule.pb.h"
#include "pavior/event.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Occurrences that are due and not dealt with.
struct DueRuns {
  std::uint64_t count = 0;
  Time first{};  ///< Without meaning if there is none, as `last`.
  Time last{};
};

/// Those after `schedule.through()`, up to and including `now`. Where the calendar cannot tell any more, what was
/// reckoned before holds.
[[nodiscard]] DueRuns due_runs(const v1::Schedule& schedule, const Calendars& calendars, Time now);

/// The first occurrence after `after`. Errors: as `next_occurrence`; not_found (no such calendar).
[[nodiscard]] Result<v1::UpcomingRun> reckon(const v1::Recurrence& recurrence, const Calendars& calendars, Time after);

/// As `reckon`; an error becomes `unknown`, since a run that took place cannot be refused for what comes after it.
[[nodiscard]] v1::UpcomingRun upcoming_run(const v1::Recurrence& recurrence, const Calendars& calendars, Time after);

}  // namespace pavior::city::inline v0
