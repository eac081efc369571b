/// \file
/// What a store's city is like: its time zone, kept as a stream like everything else.
#pragma once

#include <memory>
#include <string>

#include "pavior/engine.h"

namespace pavior::cli {

/// A small workflow without a table: one command, one fact, one rule.
[[nodiscard]] std::shared_ptr<const Workflow> make_settings_workflow();

/// The zone of the store's city; New York's if none was set.
[[nodiscard]] Result<std::string> city_zone(const Engine& engine);

/// Errors: refused, by `zone_is_fixed` if another one was set before.
[[nodiscard]] Command set_zone(const std::string& zone);

}  // namespace pavior::cli
