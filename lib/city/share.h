/// \file
/// Confidences, scores and other parts of a whole.
#pragma once

namespace pavior::city::inline v0 {

/// From 0 to 1; NaN is none.
[[nodiscard]] constexpr bool is_share(double value) { return value >= 0 && value <= 1; }

}  // namespace pavior::city::inline v0
