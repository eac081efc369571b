/// \file
/// Whether a clock plan makes sense.
#pragma once

#include <optional>

#include "city/data_file.h"
#include "pavior/city/calendars.h"
#include "pavior/city/v1/clock_plan.pb.h"

namespace pavior::city::inline v0 {

/// The first mistake in the order of the fields. Without calendars, nothing is said about them.
[[nodiscard]] Mistake clock_plan_mistake(const v1::ClockPlan& plan, const Calendars* calendars);

}  // namespace pavior::city::inline v0
