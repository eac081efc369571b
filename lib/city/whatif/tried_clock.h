// Whether a limit would have been met.
#pragma once

#include <optional>

#include "city/whatif/passing.h"
#include "pavior/city/what_if.h"

namespace pavior::city::inline v0::whatif {

/// The work as it would have been: from its dispatch on, and done so much later than it was.
struct Tried {
  Time dispatched{};
  std::chrono::microseconds later{};
};

/// On time, as recorded and as tried.
struct OnTime {
  bool recorded;
  bool tried;
};

class TriedClock {
 public:
  /// Errors: invalid (the policy has no such clock).
  [[nodiscard]] static Result<TriedClock> make(const Proposal& proposal, const std::string& clock);

  /// Whether this event says that a limit was met or missed; the clock of the deadline is one that stops when the work
  /// is done.
  [[nodiscard]] bool stops(const Passing& passing) const;
  /// Nothing: there was no limit, or would have been none. Errors: not_found, and the calendars' own.
  [[nodiscard]] Result<std::optional<OnTime>> measure(const Passing& passing, const Tried& tried) const;

 private:
  TriedClock(const Proposal& proposal, std::string clock, const v1::ClockSpec* spec);
  [[nodiscard]] Result<std::optional<bool>> met(const v1::WorkOrder& order, const v1::Clock& recorded,
                                                const Tried& tried) const;

  const Proposal& proposal_;
  std::string clock_;
  const v1::ClockSpec* spec_;  // Null: the deadline.
  Calendars calendars_;
};

}  // namespace pavior::city::inline v0::whatif
