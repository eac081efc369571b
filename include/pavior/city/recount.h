/// \file
/// What a new holiday notice asks for: every open clock counted again.
#pragma once

#include <cstdint>

#include "pavior/city/calendars.h"
#include "pavior/engine.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

struct Recount {
  std::uint64_t orders = 0;   ///< Looked at.
  std::uint64_t clocks = 0;   ///< Counted again: an event each.
  std::uint64_t refused = 0;  ///< The newer version has no answer for them, or the order ended meanwhile.
};

/// Submits a RecountClock for each open clock of a work order whose calendar has a newer version in `calendars`, which
/// must be those of the engine's plan. Interrupted, it goes on where it was when called again: a clock that has the
/// newest version is left alone.
/// Blocks: for every order and clock, on the disk. Not from within a task of the runtime.
/// Errors: the first that is no refusal; what was counted stays.
[[nodiscard]] PAVIOR_EXPORT Result<Recount> recount_clocks(Engine& engine, const Calendars& calendars);

}  // namespace pavior::city::inline v0
