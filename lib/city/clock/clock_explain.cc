#include "pavior/city/clock.h"

#include <algorithm>

#include "city/clock/clock_count.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {

using std::chrono::microseconds;

Result<microseconds> ClockView::left(Time now) const {
  if (clock_.phase() == v1::Clock::STOPPED) return microseconds(clock_.margin());
  const auto calendar = calendars_.version(clock_.calendar());
  if (!calendar) return calendar.error();
  const ClockCount count(clock_, *calendar);
  const Time due = from_micros(clock_.course().due());
  if (clock_.phase() == v1::Clock::PAUSED) now = std::min(now, from_micros(clock_.pauses().rbegin()->from()));
  if (now <= due) return count.length(now, due);
  const auto late = count.length(due, now);
  if (!late) return late;
  const auto paused = count.paused(due, now);
  if (!paused) return paused;
  return *paused - *late;
}

Result<Explanation> ClockView::explain(Time now) const {
  const auto calendar = calendars_.version(clock_.calendar());
  if (!calendar) return calendar.error();
  const ClockCount count(clock_, *calendar);
  Explanation explanation;
  const Time end = clock_.ended_at() != 0 ? from_micros(clock_.ended_at()) : now;
  Time at = from_micros(clock_.started_at());
  const auto add = [&](Time until, Counted::Why why, const std::string& reason = {}) {
    if (at < until) explanation.parts.push_back({at, until, why, reason});
    at = std::max(at, until);
  };
  const auto run_until = [&](Time until) -> Result<void> {
    if (!count.counts_office_hours()) return add(until, Counted::Why::running), Result<void>();
    const auto spans = calendar->working_spans(at, until);
    if (!spans) return spans.error();
    for (const WorkingSpan& span : *spans) {
      add(span.begin, Counted::Why::outside_hours);
      add(span.end, Counted::Why::office_hours);
    }
    return add(until, Counted::Why::outside_hours), Result<void>();
  };
  for (const v1::Pause& pause : clock_.pauses()) {
    if (auto ran = run_until(std::min(end, from_micros(pause.from()))); !ran) return std::move(ran).error();
    add(pause.to() == 0 ? end : std::min(end, from_micros(pause.to())), Counted::Why::paused, pause.reason());
  }
  if (auto ran = run_until(end); !ran) return std::move(ran).error();
  for (const Counted& part : explanation.parts)
    if (part.why == Counted::Why::running || part.why == Counted::Why::office_hours)
      explanation.used += part.end - part.begin;
  const auto paused = count.paused(from_micros(clock_.started_at()), end);
  if (!paused) return paused.error();
  explanation.pauses = *paused;
  return explanation;
}

}  // namespace pavior::city::inline v0
