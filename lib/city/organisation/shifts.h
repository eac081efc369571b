/// \file
/// A roster in types that can be asked.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <vector>

#include "city/calendar/zone.h"
#include "pavior/city/calendars.h"
#include "pavior/city/v1/organisation.pb.h"
#include "pavior/event.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Who is on duty when. Lifetime: that of the roster.
class Shifts {
 public:
  Shifts() = default;
  /// REQUIRES: the roster was found sound with `known`.
  Shifts(const v1::Roster& roster, const Zone& zone, const Calendars& known);

  /// Null: there is none.
  [[nodiscard]] const v1::Roster* roster() const { return roster_; }

  /// What runs at one instant.
  struct Running {
    bool office_hours = false;
    std::vector<const v1::Shift*> shifts;
  };
  /// Errors: refused, by `calendar_horizon`, if nothing runs for certain and the calendar does not speak of that day.
  [[nodiscard]] Result<Running> running(Time at) const;

 private:
  struct Shift {
    const v1::Shift* data = nullptr;
    std::array<bool, 7> weekdays{};  ///< Monday first.
    std::vector<Date> dates;         ///< Ascending; none: any.
    std::chrono::minutes from{};
    std::chrono::minutes to{};
  };
  [[nodiscard]] Result<bool> begins_on(const Shift& shift, Date day) const;
  [[nodiscard]] Result<bool> runs(const Shift& shift, WallTime wall) const;
  [[nodiscard]] Result<bool> is_open(Time at) const;

  const v1::Roster* roster_ = nullptr;
  std::optional<Zone> zone_;
  std::optional<Calendar> calendar_;
  std::vector<Shift> shifts_;
};

}  // namespace pavior::city::inline v0
