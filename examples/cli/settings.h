/// \file
/// What a store's city is like: its time zone and its clocks, kept as a stream like everything else.
#pragma once

#include <memory>
#include <string>

#include "pavior/city/clock_plan.h"
#include "pavior/engine.h"
#include "text/clock_source.h"

namespace pavior::cli {

struct CitySettings {
  std::string zone = "America/New_York";
  city::ClockPlan clocks;  ///< With all versions of its calendars.
};

/// A small workflow without a table: two commands, two facts.
[[nodiscard]] std::shared_ptr<const Workflow> make_settings_workflow();

/// Those of the store's city; the defaults if none were set.
[[nodiscard]] Result<CitySettings> city_settings(const Engine& engine);

/// Errors: refused, by `zone_is_fixed` if another one was set before.
[[nodiscard]] Command set_zone(const std::string& zone);

/// Errors: invalid (the plan), refused, by `calendar_versions_never_change`.
[[nodiscard]] Command set_clocks(const PlanSource& source);

}  // namespace pavior::cli
