/// \file
/// What one alert must say, and what it adds to a storm.
#pragma once

#include "pavior/city/v1/duplicates.pb.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Errors: invalid (no sensor or scenario; a reading without a name, twice there, or that is no number; too many of them; a
/// time outside of 1970 to 9999).
[[nodiscard]] Result<void> check_alert(const v1::Alert& alert);

/// Adds a sound alert to what is known of the storm, whose scenario is that of its first one.
void add_sample(v1::AlertCase& storm, const v1::Alert& alert);

}  // namespace pavior::city::inline v0
