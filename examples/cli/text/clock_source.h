/// \file
/// Clock plans by name or from a file, with the calendars they count by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pavior/city/clock_plan.h"
#include "pavior/city/v1/calendar.pb.h"
#include "pavior/result.h"

namespace pavior::cli {

/// The texts that people wrote.
struct PlanSource {
  std::string plan;
  std::vector<std::string> calendars;
};

/// The text of a plan that ships with the program: `district`; empty for another name.
[[nodiscard]] std::string_view shipped_clock_plan(std::string_view name) noexcept;

/// `plan` is a shipped one or a file, as is each of `calendars`. Calendars that the plan names and that are not given
/// are looked for among the shipped ones. Errors: invalid, not_found; the message names the file.
[[nodiscard]] Result<PlanSource> open_clock_plan(const std::string& plan, const std::vector<std::string>& calendars);

/// The plan in a text, which may be empty, with the calendars it counts by.
/// Errors: invalid, conflict (two calendars of one version).
[[nodiscard]] Result<city::ClockPlan> make_clock_plan(const std::string& text,
                                                      const std::vector<city::v1::Calendar>& calendars);

}  // namespace pavior::cli
