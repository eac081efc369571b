/// \file
/// How long a clock may take: by the order's filing condition, or by the plan.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "city/order/order_clocks.h"

namespace pavior::city::inline v0::lifecycle {

/// What follows the slash in "MS/fenced".
[[nodiscard]] std::string_view subject_of(std::string_view clock);

/// Whether a clock is one that the spec makes.
[[nodiscard]] bool is_of(const v1::Clock& clock, const v1::ClockSpec& spec);

/// What the clock is asked to measure: by the filing condition, or by the first limit that fits. None: nothing.
[[nodiscard]] std::optional<v1::ClockRule> rule_for(const v1::ClockSpec& spec, std::string_view clock,
                                                    const ClockEvent& event);

/// The limit once more for every extension.
[[nodiscard]] v1::ClockRule extended(v1::ClockRule rule, std::uint32_t extensions);

}  // namespace pavior::city::inline v0::lifecycle
