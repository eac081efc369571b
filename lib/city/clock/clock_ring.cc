#include <algorithm>

#include "city/clock/clock_change.h"
#include "city/clock/clock_count.h"
#include "fmt/format.h"
#include "pavior/city/clock.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

using std::chrono::microseconds;

Time time_of(const v1::Alarm& alarm) { return from_micros(std::max(alarm.due(), alarm.until())); }

/// The first instant of notification hours from `now` on, if that is later. A calendar that cannot say, because it has
/// no hours there or ends before them, keeps nobody from being told.
Result<std::optional<Time>> waits_until(const v1::Threshold& threshold, const Calendars& calendars, Time now) {
  if (threshold.notify_in().empty()) return std::optional<Time>();
  const auto calendar = calendars.newest(threshold.notify_in());
  if (!calendar) return calendar.error();
  const auto opened = calendar->due_after(now, microseconds(1));
  if (!opened || opened->due - microseconds(1) <= now) return std::optional<Time>();
  return std::optional(opened->due - microseconds(1));
}

/// The last occurrence of a threshold that has come by `now`, given one that has. Its points rise with their number.
std::uint32_t last_come(const ClockCount& count, const v1::Threshold& threshold, std::uint32_t nth, Time now) {
  const auto has_come = [&](std::uint32_t n) {
    const auto point = count.point(threshold, n);
    return point && point->due <= now;
  };
  std::uint32_t step = 1;
  for (; has_come(nth + step); step *= 2) nth += step;
  for (; step > 0; step /= 2)
    if (has_come(nth + step)) nth += step;
  return nth;
}

}  // namespace

std::optional<Time> rings_at(const v1::Clock& clock) {
  if (clock.phase() != v1::Clock::RUNNING || clock.course().alarms().empty()) return std::nullopt;
  return time_of(*std::ranges::min_element(clock.course().alarms(), {}, time_of));
}

Result<std::vector<v1::ClockChange>> ClockView::ring(Time now) const {
  if (auto fit = require(clock_, while_running, "clock_runs", "rung"); !fit) return std::move(fit).error();
  std::vector<const v1::Alarm*> due;
  for (const v1::Alarm& alarm : clock_.course().alarms())
    if (time_of(alarm) <= now) due.push_back(&alarm);
  if (due.empty())
    return Error::refused("alarm_is_due", fmt::format("nothing of the clock {} is due yet", clock_.name()));
  std::ranges::stable_sort(due, {}, [](const v1::Alarm* alarm) { return time_of(*alarm); });

  std::vector<v1::ClockChange> changes;
  for (const v1::Alarm* alarm : due) {
    v1::ClockChange& change = changes.emplace_back(change_of(clock_, now));
    if (alarm->threshold().empty()) {
      change.mutable_breached()->set_due(clock_.course().due());
    } else if (auto rung = ring(*alarm, now, change); !rung) {
      return std::move(rung).error();
    }
  }
  return changes;
}

Result<void> ClockView::ring(const v1::Alarm& alarm, Time now, v1::ClockChange& change) const {
  const auto& ladder = clock_.rule().thresholds();
  const auto threshold = std::ranges::find(ladder, alarm.threshold(), &v1::Threshold::name);
  if (threshold == ladder.end())
    return Error(ErrorCode::invalid, fmt::format("the clock {} has no threshold {}", clock_.name(), alarm.threshold()));
  const auto wait = waits_until(*threshold, calendars_, now);
  if (!wait) return wait.error();
  if (*wait) {
    change.mutable_put_off()->set_threshold(alarm.threshold());
    change.mutable_put_off()->set_until(to_micros(**wait));
    return {};
  }
  v1::ThresholdReached& reached = *change.mutable_reached();
  reached.set_threshold(alarm.threshold());
  reached.set_due(alarm.due());
  reached.set_late(alarm.late());
  reached.set_nth(alarm.nth() + 1);
  if (threshold->every() == 0) return {};

  const auto calendar = calendars_.version(clock_.calendar());
  if (!calendar) return calendar.error();
  const ClockCount count(clock_, *calendar);
  std::uint32_t last = last_come(count, *threshold, alarm.nth(), now);
  if (threshold->times() != 0) last = std::min(last, threshold->times() - 1);
  reached.set_nth(last + 1);
  // Beyond what the calendar can count nothing comes again.
  const auto next = count.point(*threshold, last + 1);
  if (!next || last + 1 == threshold->times()) return {};
  reached.mutable_next()->set_threshold(alarm.threshold());
  reached.mutable_next()->set_due(to_micros(next->due));
  reached.mutable_next()->set_nth(last + 1);
  return {};
}

}  // namespace pavior::city::inline v0
