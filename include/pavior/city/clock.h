/// \file
/// The clocks of a work order: what their facts say, and every minute they counted. docs/clocks.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/city/calendar.h"
#include "pavior/city/v1/clock.pb.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// When a threshold is to be reached, or the limit missed.
struct Alarm {
  std::string threshold;  ///< Empty: the breach.
  Time due{};
  friend bool operator==(const Alarm&, const Alarm&) = default;
};

/// Part of a clock's life, and whether it was counted.
struct Counted {
  enum class Why : std::uint8_t {
    running,        ///< Counted: the clock of a continuous limit runs day and night.
    office_hours,   ///< Counted.
    outside_hours,  ///< Not counted: no office hours, a break, or a day off.
    paused,         ///< Not counted.
  };
  Time begin{};
  Time end{};
  Why why = Why::running;
  std::string reason;  ///< Of a pause.
  friend bool operator==(const Counted&, const Counted&) = default;
};

/// Why a clock shows what it shows.
struct Explanation {
  std::vector<Counted> parts;          ///< In order, from the start on, without gaps.
  std::chrono::microseconds used{};    ///< The counted parts' lengths, added up.
  std::chrono::microseconds pauses{};  ///< What the pauses took out, in the clock's own time.
};

/// One clock and the calendar of its version: asks what its next fact is. `fold` makes the fact happen.
///
/// The limit, its unit, and the calendar's version are fixed at the start. A pause takes out the working time it covers
/// from working clocks, and its natural length from continuous ones; what was paused after the limit was missed takes
/// nothing out. A limit in days that was paused ends, by its end rule, on the day its shifted end falls on.
/// Sources: DOMAIN sections 2.2, 2.7, 4.2; docs/clocks.md.
/// Lifetime: the message must outlive the object. Threads: any, while nobody changes the message.
/// Errors: refused, by `clock_runs`, `clock_is_paused` or `clock_is_open`; the calendar's own.
class PAVIOR_EXPORT ClockView {
 public:
  ClockView(const v1::Clock& clock, Calendar calendar) : clock_(clock), calendar_(std::move(calendar)) {}

  /// A first instance, or one that has forgotten those before.
  [[nodiscard]] static Result<v1::ClockChange> start(std::string_view name, std::uint32_t instance,
                                                     const v1::ClockRule& rule, const Calendar& calendar, Time now);
  /// A next instance that goes on where this one stopped: the time between was a pause.
  [[nodiscard]] Result<v1::ClockChange> go_on(Time now, std::string_view reason) const;

  [[nodiscard]] Result<v1::ClockChange> pause(Time now, std::string_view reason) const;
  [[nodiscard]] Result<v1::ClockChange> resume(Time now) const;
  /// Records once whether the limit was met, and by what margin.
  [[nodiscard]] Result<v1::ClockChange> stop(Time now) const;
  [[nodiscard]] Result<v1::ClockChange> cancel(Time now, std::string_view reason) const;
  /// Another rule or another version of the calendar, from the same start and minus the same pauses.
  [[nodiscard]] Result<v1::ClockChange> recompute(Time now, const v1::ClockRule& rule, const Calendar& calendar,
                                                  std::string_view reason) const;
  /// Errors: besides, refused by `limit_is_missed` (not yet, or not any more) and `breach_is_new`.
  [[nodiscard]] Result<v1::ClockChange> breach(Time now) const;
  /// Errors: besides, refused by `threshold_is_due` and `threshold_is_new`; not_found.
  [[nodiscard]] Result<v1::ClockChange> reach(Time now, std::string_view threshold) const;
  /// Errors: refused by `is_breached`.
  [[nodiscard]] Result<v1::ClockChange> exempt(Time now, std::string_view reason) const;

  /// What is still to come; nothing while the clock does not run. In order of time.
  [[nodiscard]] Result<std::vector<Alarm>> alarms() const;
  /// What is left, in the clock's own time; negative if it is late. Of a stopped clock, its margin.
  [[nodiscard]] Result<std::chrono::microseconds> left(Time now) const;
  [[nodiscard]] Result<Explanation> explain(Time now) const;

 private:
  const v1::Clock& clock_;
  Calendar calendar_;
};

/// Lets a change happen. The change must come from the clock as it is.
PAVIOR_EXPORT void fold(v1::Clock& clock, const v1::ClockChange& change);

}  // namespace pavior::city::inline v0
