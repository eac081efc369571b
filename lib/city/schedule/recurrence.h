/// \file
/// When a recurrence comes: a cron expression, moved by the days of a calendar.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "city/schedule/cron.h"
#include "pavior/city/calendar.h"
#include "pavior/city/schedules.h"
#include "pavior/city/v1/schedule.pb.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Occurrences lie from 1970 to 2037, as the dates of calendars do. Two that fall on one instant are one.
class Recurrence {
 public:
  /// Errors: as `next_occurrence`.
  [[nodiscard]] static Result<Recurrence> make(const v1::Recurrence& data);

  [[nodiscard]] Result<Occurrence> next(Time after, const Calendar& calendar) const;

  /// Occurrences of an interval, as far as the calendar can tell.
  struct Counted {
    std::uint64_t count = 0;
    Time first{};  ///< Without meaning if there is none, as `last`.
    Time last{};
    std::optional<Error> unknown;  ///< Why there may be more behind the last one.
  };
  /// Those after `after`, up to and including `until`.
  [[nodiscard]] Counted between(Time after, Time until, const Calendar& calendar) const;

 private:
  class Days;
  explicit Recurrence(Cron cron, const v1::Recurrence& data)
      : cron_(std::move(cron)), rest_day_(data.rest_day()), working_day_(data.working_day()) {}

  Cron cron_;
  v1::Recurrence::RestDay rest_day_;
  int working_day_;
};

}  // namespace pavior::city::inline v0
