/// \file
/// The clocks of a work order: what their facts say, and every minute they counted. docs/clocks.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/city/calendars.h"
#include "pavior/city/v1/clock.pb.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

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

/// One clock, and the calendars that count: asks what its next fact is. `fold` makes the fact happen.
///
/// The limit, its unit, and the calendar's version are fixed at the start. A pause takes out the working time it covers
/// from working clocks, and its natural length from continuous ones; what was paused after the limit was missed takes
/// nothing out. A limit in days that was paused ends, by its end rule, on the day its shifted end falls on.
/// Sources: DOMAIN sections 2.2, 2.7, 4.2; docs/clocks.md.
/// Lifetime: the message and the calendars must outlive the object. Threads: any, while nobody changes the message.
/// Errors: refused, by `clock_runs`, `clock_is_paused` or `clock_is_open`; not_found (the calendar's version is not
/// loaded); the calendar's own.
class PAVIOR_EXPORT ClockView {
 public:
  ClockView(const v1::Clock& clock, const Calendars& calendars) : clock_(clock), calendars_(calendars) {}

  /// A first instance, or one that has forgotten those before. Counts by the newest version of the calendar.
  [[nodiscard]] static Result<v1::ClockChange> start(std::string_view name, std::uint32_t instance,
                                                     const v1::ClockRule& rule, std::string_view calendar,
                                                     const Calendars& calendars, Time now);
  /// A next instance that goes on where this one stopped: the time between was a pause.
  [[nodiscard]] Result<v1::ClockChange> go_on(Time now, std::string_view reason) const;

  [[nodiscard]] Result<v1::ClockChange> pause(Time now, std::string_view reason) const;
  [[nodiscard]] Result<v1::ClockChange> resume(Time now) const;
  /// Records once whether the limit was met, and by what margin.
  [[nodiscard]] Result<v1::ClockChange> stop(Time now) const;
  [[nodiscard]] Result<v1::ClockChange> cancel(Time now, std::string_view reason) const;
  /// By another rule, from the same start and minus the same pauses.
  [[nodiscard]] Result<v1::ClockChange> recompute(Time now, const v1::ClockRule& rule, std::string_view reason) const;
  /// By the newest version of the calendar. Errors: besides, refused by `calendar_is_newer`.
  [[nodiscard]] Result<v1::ClockChange> recount(Time now) const;
  /// Everything that is due: the breach, the thresholds, or that these wait for notification hours.
  /// Errors: besides, refused by `alarm_is_due`.
  [[nodiscard]] Result<std::vector<v1::ClockChange>> ring(Time now) const;
  /// Errors: refused by `is_breached`.
  [[nodiscard]] Result<v1::ClockChange> exempt(Time now, std::string_view reason) const;

  /// What is left, in the clock's own time; negative if it is late. Of a stopped clock, its margin.
  [[nodiscard]] Result<std::chrono::microseconds> left(Time now) const;
  [[nodiscard]] Result<Explanation> explain(Time now) const;

 private:
  Result<void> ring(const v1::Alarm& alarm, Time now, v1::ClockChange& change) const;

  const v1::Clock& clock_;
  const Calendars& calendars_;
};

/// Lets a change happen. The change must come from the clock as it is.
PAVIOR_EXPORT void fold(v1::Clock& clock, const v1::ClockChange& change);

/// When `ClockView::ring` has something to say; nothing while the clock does not run.
[[nodiscard]] PAVIOR_EXPORT std::optional<Time> rings_at(const v1::Clock& clock);

/// Neither stopped nor cancelled.
[[nodiscard]] PAVIOR_EXPORT bool is_open(const v1::Clock& clock) noexcept;

/// It stopped too late, or the breach of its limit is recorded.
[[nodiscard]] PAVIOR_EXPORT bool missed(const v1::Clock& clock) noexcept;

}  // namespace pavior::city::inline v0
