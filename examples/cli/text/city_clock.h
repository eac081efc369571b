/// \file
/// The wall clock of a city, and the ways its systems write it down.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pavior/event.h"
#include "pavior/result.h"

namespace pavior::cli {

/// What a clock on the wall shows.
using WallTime = std::chrono::local_seconds;

/// By the machine's clock.
[[nodiscard]] Time present();

/// `YYYY-MM-DD HH:MM:SS`; a `T` may stand for the blank.
[[nodiscard]] std::optional<WallTime> parse_iso_time(std::string_view text);
/// `M/D/YY H:MM` (24 hours, 2000 to 2099) or `MM/DD/YYYY hh:mm:ss AM`.
[[nodiscard]] std::optional<WallTime> parse_american_time(std::string_view text);

/// Converts between wall clock and UTC by the system's zone data.
/// An instant that the wall clock shows twice is the earlier one. One that it skips is as long after the gap's start as
/// it is written: 02:30 in a spring night is 03:30. Years beyond the zone data (2037) have winter time only.
class CityClock {
 public:
  /// Errors: not_found (no such zone, or no zone data).
  [[nodiscard]] static Result<CityClock> of(const std::string& zone);

  [[nodiscard]] Time utc(WallTime time) const;
  /// `2011-07-01 01:32:33`.
  [[nodiscard]] std::string text(Time time) const;
  /// All of it, for machines: `2011-07-01T01:32:33-04:00`, with microseconds where there are some.
  [[nodiscard]] std::string iso_text(Time time) const;

 private:
  struct Zone;
  explicit CityClock(std::shared_ptr<const Zone> zone) : zone_(std::move(zone)) {}
  std::shared_ptr<const Zone> zone_;
};

/// `2025-09-30T16:30`, a blank for the `T`, with seconds and their fraction or without, or a date alone (its 0:00).
/// `Z` or `+08:00` at the end; without one it is a time of the clock.
[[nodiscard]] std::optional<Time> parse_instant(std::string_view text, const CityClock& clock);

}  // namespace pavior::cli
