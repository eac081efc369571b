/// \file
/// What may enter the store: names that can be stored and read again, sizes within the limits.
#pragma once

#include "engine/registry.h"
#include "pavior/engine.h"

namespace pavior::inline v0 {

/// What can be told of a command before anything is read. Follow-ups must pass as well.
/// Errors: limit, invalid (names that are empty, unprintable or the engine's own; an unknown workflow).
Result<void> check_command(const Command& command, const Registry& registry, const Limits& limits);

/// What a workflow decided and wants done. Errors: limit, invalid.
Result<void> check_fact(const Fact& fact, const Limits& limits);
Result<void> check_timer(const Timer& timer, const Limits& limits);
Result<void> check_effect(const Effect& effect, const Limits& limits);

/// Errors: invalid (a limit of 0, a null pointer, a topic or projection given twice, an unfit name).
Result<void> check_options(const Options& options);

/// `name` is `bound`, and this would be `value`.
Error over_limit(std::string_view name, std::size_t bound, std::size_t value);

}  // namespace pavior::inline v0
