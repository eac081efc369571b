#include "pavior/city/clock_plan.h"

#include "city/clock/clock_plan_check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {

Result<v1::ClockPlan> read_clock_plan(std::string_view text) {
  v1::ClockPlan plan;
  if (auto read = read_data(text, "a clock plan", plan, [&] { return clock_plan_mistake(plan, nullptr); }); !read)
    return std::move(read).error();
  return plan;
}

ClockPlan::ClockPlan() : ClockPlan(Data{}) {}

Result<ClockPlan> ClockPlan::make(v1::ClockPlan data, Calendars calendars) {
  if (const auto mistake = clock_plan_mistake(data, &calendars))
    return Error(ErrorCode::invalid, fmt::format("{}: {}", mistake->path, mistake->what));
  return ClockPlan(Data(std::move(data), std::move(calendars)));
}

}  // namespace pavior::city::inline v0
