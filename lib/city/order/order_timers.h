// The timers of an order that no clock sets.
#pragma once

#include <cstdint>

#include "pavior/workflow.h"

namespace pavior::city::inline v0::lifecycle {

/// The timer of the last instant on time, 0 for none. The breach is due one microsecond, the clock's unit, later.
void arm_deadline(std::int64_t deadline, Reaction& reaction);

/// The timer that ends a suspension.
void arm_suspension(std::int64_t until, Reaction& reaction);

}  // namespace pavior::city::inline v0::lifecycle
