/// \file
/// Working calendars: when a limit is up, and how much working time lies between two instants. docs/calendars.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::v1 {
class Calendar;
class Limit;
enum Unit : int;
}  // namespace pavior::city::v1

namespace pavior::city::inline v0 {

/// A date of the calendar's own zone.
using Date = std::chrono::local_days;

/// The years of dates in calendars. After 2037 the zone data of Debian know no summer time.
inline constexpr int calendar_year_min = 1970;
inline constexpr int calendar_year_max = 2037;
/// How far beyond its validity a calendar with `PROVISIONAL` answers.
inline constexpr int provisional_years = 10;

/// When a limit is up.
struct Due {
  Time due{};                ///< In time until and including this instant.
  Date day{};                ///< The last day; `due` is the start of the next one if the limit ends at 24:00.
  bool provisional = false;  ///< It depends on days after `valid_to`, so a later version may answer otherwise.

  friend bool operator==(const Due&, const Due&) = default;
};

/// A piece of working time, from `begin` until just before `end`.
struct WorkingSpan {
  Time begin{};
  Time end{};
  Date day{};

  friend bool operator==(const WorkingSpan&, const WorkingSpan&) = default;
};

/// Office hours of the wall clock, from `begin` until just before `end`. Units: minutes since 0:00.
struct LocalSpan {
  std::chrono::minutes begin{};
  std::chrono::minutes end{};

  friend bool operator==(const LocalSpan&, const LocalSpan&) = default;
};

/// One version of a calendar, ready to count.
/// Office hours are wall clock, so an hour that a night skips is not worked, and one that it has twice is worked twice;
/// a time that the wall clock shows twice is the first one, and one that it skips is the end of the gap.
/// Threads: immutable; copy and share freely. Cost: every question is answered by binary search.
/// Errors: refused, by `calendar_horizon` (the answer depends on days the calendar does not speak of) or by
/// `no_working_time` (it has none there, hence no answer); invalid (a limit without amount or unit, or with a rule that
/// does not fit the unit); limit (beyond the year 9999).
class PAVIOR_EXPORT Calendar {
 public:
  /// Errors: invalid; the message names the field, as `days[3].date`, and the mend.
  [[nodiscard]] static Result<Calendar> make(const v1::Calendar& data);

  [[nodiscard]] const std::string& id() const noexcept;
  [[nodiscard]] std::uint32_t version() const noexcept;
  [[nodiscard]] const std::string& zone() const noexcept;
  [[nodiscard]] Date valid_from() const noexcept;
  [[nodiscard]] Date valid_to() const noexcept;

  /// The end of a limit that starts at `start`. Continuous units need no working days and have no horizon.
  [[nodiscard]] Result<Due> due(Time start, const v1::Limit& limit) const;
  /// The instant at which `working` of working time is used up; `start` itself if it is 0.
  /// Errors: besides, invalid (less than 0).
  [[nodiscard]] Result<Due> due_after(Time start, std::chrono::microseconds working) const;

  /// How many units lie between: whole days, without the day of `from`; minutes and hours with their fraction.
  /// Negative if `to` is the earlier one, and additive: from a to b and from b to c is from a to c.
  [[nodiscard]] Result<double> difference(Time from, Time to, v1::Unit unit) const;
  /// The working time in the interval; negative if `to` is the earlier one.
  [[nodiscard]] Result<std::chrono::microseconds> working_time(Time from, Time to) const;
  /// The pieces that `working_time` adds up, cut to the interval; none if `to` is not later.
  [[nodiscard]] Result<std::vector<WorkingSpan>> working_spans(Time from, Time to) const;

  [[nodiscard]] Result<bool> is_working_day(Date day) const;
  /// Empty if the day does not work.
  [[nodiscard]] Result<std::vector<LocalSpan>> hours_of(Date day) const;
  /// How many days work from `first` to `last`, both included; 0 if `last` is the earlier one.
  [[nodiscard]] Result<std::int64_t> working_days(Date first, Date last) const;

  /// The date that the wall clock shows.
  [[nodiscard]] Date day_of(Time instant) const;
  /// Whether answers about this day are by the week alone.
  [[nodiscard]] bool provisional(Date day) const noexcept { return day > valid_to(); }

  /// Whether both were made of the same data, to the letter.
  PAVIOR_EXPORT friend bool operator==(const Calendar& one, const Calendar& other);

 private:
  struct Data;
  explicit Calendar(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

/// `2025-01-26`.
[[nodiscard]] PAVIOR_EXPORT std::string date_text(Date day);

}  // namespace pavior::city::inline v0
