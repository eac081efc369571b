/// \file
/// Clocks in the words people read.
#pragma once

#include <chrono>
#include <string>

#include "pavior/city/v1/clock.pb.h"
#include "text/city_clock.h"

namespace pavior::cli {

/// `51:15:00`: hours, since the days of a working clock are no natural ones; with a minus if it is less than nothing.
[[nodiscard]] std::string duration_text(std::chrono::microseconds duration);

/// `running`, `paused`, `met`, `missed`, `cancelled`; with `, breached` or `, exempt` where it is so.
[[nodiscard]] std::string standing_text(const city::v1::Clock& clock);

/// `4 work_hour`.
[[nodiscard]] std::string limit_text(const city::v1::Limit& limit);

/// `HND due 2024-03-11 14:00:00`: what happened to a clock.
[[nodiscard]] std::string change_text(const city::v1::ClockChange& change, const CityClock& clock);

}  // namespace pavior::cli
