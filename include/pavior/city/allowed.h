/// \file
/// What somebody may do with an order now, and what each thing needs.
#pragma once

#include <string>
#include <vector>

#include "pavior/engine.h"
#include "pavior/export.h"

namespace pavior::city::inline v0 {

/// The commands that the policy's grants allow `actor` for this order, in table order: those possible now, with the rules
/// that look at the command (`depends`), and those that a rule blocks, with that rule. An order that does not exist has
/// the commands that begin one.
/// Blocks: on the disk. Errors: as `Engine::possibilities`.
[[nodiscard]] PAVIOR_EXPORT Result<std::vector<Possibility>> allowed(const Engine& engine, const std::string& order,
                                                                     const Actor& actor);

}  // namespace pavior::city::inline v0
