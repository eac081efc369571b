/// \file
/// The wall clock of a time zone, by the system's zone data.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "pavior/event.h"

namespace date {
class time_zone;
}

namespace pavior::city::inline v0 {

/// What a wall clock shows.
using WallTime = std::chrono::local_time<std::chrono::microseconds>;

/// Threads: immutable; copy and share freely.
class Zone {
 public:
  /// Nothing if there is no such zone, or no zone data.
  [[nodiscard]] static std::optional<Zone> of(const std::string& name);

  [[nodiscard]] WallTime wall(Time instant) const;
  /// A time shown twice is the first one; one that is skipped is the end of the gap. So later is never earlier.
  [[nodiscard]] Time instant(WallTime wall) const;

 private:
  explicit Zone(const date::time_zone* data) : data_(data) {}
  const date::time_zone* data_;
};

}  // namespace pavior::city::inline v0
