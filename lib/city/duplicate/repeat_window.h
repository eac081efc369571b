/// \file
/// A sliding window over reports, and the levels it has reached.
#pragma once

#include <vector>

#include "pavior/city/repeats.h"

namespace pavior::city::inline v0 {

/// Counts a report, or a person, by `rule`. Returns the levels that its count has crossed upwards, from low to high.
[[nodiscard]] std::vector<v1::RepeatLevel> count_report(v1::RepeatWindow& window, const v1::RepeatRule& rule,
                                                        const RepeatReport& report);

/// Whether nothing counts any more at `now`.
[[nodiscard]] bool is_empty(const v1::RepeatWindow& window, const v1::RepeatRule& rule, Time now);

[[nodiscard]] v1::RepeatWarning warning_of(const v1::RepeatWindow& window, const v1::RepeatRule& rule,
                                           const v1::RepeatLevel& level);

}  // namespace pavior::city::inline v0
