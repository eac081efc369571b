/// \file
/// Changes begun, and when a clock may have them.
#pragma once

#include <initializer_list>
#include <string_view>

#include "pavior/city/v1/clock.pb.h"
#include "pavior/event.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Without what happened yet.
v1::ClockChange change_of(std::string_view clock, std::uint32_t instance, Time at);
v1::ClockChange change_of(const v1::Clock& clock, Time at);

inline constexpr std::initializer_list<v1::Clock::Phase> while_running = {v1::Clock::RUNNING};
inline constexpr std::initializer_list<v1::Clock::Phase> while_open = {v1::Clock::RUNNING, v1::Clock::PAUSED};

/// Errors: refused by `rule` if the clock is in none of the phases, so that it cannot be `doing`, e.g. "paused".
Result<void> require(const v1::Clock& clock, std::initializer_list<v1::Clock::Phase> phases, std::string_view rule,
                     std::string_view doing);

}  // namespace pavior::city::inline v0
