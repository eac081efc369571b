/// \file
/// The five fields of a cron expression.
#pragma once

#include <bitset>
#include <chrono>
#include <string_view>
#include <vector>

#include "pavior/city/calendar.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// minute 0-59, hour 0-23, day of month 1-31, month 1-12 or JAN-DEC, day of week 0-7 or SUN-SAT, where 0 and 7 are
/// Sunday. A field is `*`, a value, a range `1-5`, either of the last with a step `*/2`, `1-5/2`, or a list of these.
class Cron {
 public:
  /// Errors: invalid, also for days that no year has; the message names the field, the text and the mend.
  [[nodiscard]] static Result<Cron> parse(std::string_view text);

  /// Whether a day fits the last three fields. As cron has it: if both days are restricted one of them is enough; one
  /// that begins with `*` is not restricted.
  [[nodiscard]] bool fits(Date day) const;
  [[nodiscard]] bool fits_month(std::chrono::month month) const { return months_[static_cast<unsigned>(month)]; }
  /// Both days are `*`.
  [[nodiscard]] bool every_day() const { return every_day_; }
  /// The times of a day that fit, ascending, one at least. Units: minutes since 0:00.
  [[nodiscard]] const std::vector<std::chrono::minutes>& times() const { return times_; }

 private:
  Cron() = default;

  std::vector<std::chrono::minutes> times_;
  std::bitset<32> days_;
  std::bitset<13> months_;
  std::bitset<8> weekdays_;  // 0 is Sunday; 7 is folded into it.
  bool days_restricted_ = false;
  bool weekdays_restricted_ = false;
  bool every_day_ = false;
};

}  // namespace pavior::city::inline v0
