/// \file
/// The timers that wait while others are measured: one a stream, due between a month and a year from the epoch.
#pragma once

#include "timers/alarms.h"

namespace pavior::bench {

/// A bijection that leaves no order (splitmix64).
constexpr std::uint64_t scattered(std::uint64_t number) {
  number += 0x9e3779b97f4a7c15;
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
  number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
  return number ^ (number >> 31);
}

inline StreamId far_stream(std::uint64_t number) { return alarms::stream("far", number); }

constexpr Time far_due(std::uint64_t number) {
  constexpr std::chrono::microseconds spread = std::chrono::days(335);
  return epoch + std::chrono::days(30) +
         std::chrono::microseconds(scattered(number) % static_cast<std::uint64_t>(spread.count()));
}

}  // namespace pavior::bench
