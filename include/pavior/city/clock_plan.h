/// \file
/// Which clocks a city's work orders have. docs/clocks.md.
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "pavior/city/calendars.h"
#include "pavior/city/v1/clock_plan.pb.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// The plan in a text: JSON if it begins with `{`, otherwise protobuf text. Calendars are not looked for.
/// Errors: invalid; the message begins with line and column where the text has them, and names the field and the mend.
[[nodiscard]] PAVIOR_EXPORT Result<v1::ClockPlan> read_clock_plan(std::string_view text);

/// A plan that was checked, and the calendars it counts by: all versions that an open clock may have been given.
/// Threads: immutable; copy and share freely.
class PAVIOR_EXPORT ClockPlan {
 public:
  /// No clocks.
  ClockPlan();
  /// Errors: invalid (the message names the field, as `clocks[2].limits[0].limit`, and the mend).
  [[nodiscard]] static Result<ClockPlan> make(v1::ClockPlan data, Calendars calendars);

  [[nodiscard]] const v1::ClockPlan& data() const noexcept { return data_->first; }
  [[nodiscard]] const Calendars& calendars() const noexcept { return data_->second; }

 private:
  using Data = std::pair<v1::ClockPlan, Calendars>;
  explicit ClockPlan(Data data) : data_(std::make_shared<const Data>(std::move(data))) {}
  std::shared_ptr<const Data> data_;
};

}  // namespace pavior::city::inline v0
