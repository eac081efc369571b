#include "pavior/city/clock.h"

#include <algorithm>

namespace pavior::city::inline v0 {
namespace {

void happen(v1::Clock& clock, const v1::ClockChange& change, const v1::ClockStarted& started) {
  clock.Clear();
  clock.set_name(change.clock());
  clock.set_instance(change.instance());
  clock.set_phase(v1::Clock::RUNNING);
  *clock.mutable_rule() = started.rule();
  *clock.mutable_calendar() = started.calendar();
  clock.set_started_at(started.from());
  *clock.mutable_course() = started.course();
  *clock.mutable_pauses() = started.pauses();
}

void happen(v1::Clock& clock, const v1::ClockChange& change, const v1::ClockPaused& paused) {
  clock.set_phase(v1::Clock::PAUSED);
  v1::Pause& pause = *clock.add_pauses();
  pause.set_from(change.at());
  pause.set_reason(paused.reason());
}

void happen(v1::Clock& clock, const v1::ClockChange& change, const v1::ClockResumed& resumed) {
  clock.set_phase(v1::Clock::RUNNING);
  clock.mutable_pauses()->rbegin()->set_to(change.at());
  *clock.mutable_course() = resumed.course();
}

/// What stops while it is paused was paused until then.
void end(v1::Clock& clock, std::int64_t at, v1::Clock::Phase phase) {
  if (clock.phase() == v1::Clock::PAUSED) clock.mutable_pauses()->rbegin()->set_to(at);
  clock.set_phase(phase);
  clock.set_ended_at(at);
}

void happen(v1::Clock& clock, const v1::ClockChange& change, const v1::ClockStopped& stopped) {
  end(clock, change.at(), v1::Clock::STOPPED);
  clock.set_met(stopped.met());
  clock.set_margin(stopped.margin());
}

/// What is late stays late, also if it ends before anybody noticed.
void cancel(v1::Clock& clock, std::int64_t at) {
  const bool late = clock.phase() == v1::Clock::RUNNING && at > clock.course().due();
  if (late && clock.breached_at() == 0) clock.set_breached_at(at);
  end(clock, at, v1::Clock::CANCELLED);
}

void happen(v1::Clock& clock, const v1::ClockRecomputed& recomputed) {
  *clock.mutable_rule() = recomputed.rule();
  *clock.mutable_calendar() = recomputed.calendar();
  *clock.mutable_course() = recomputed.course();
}

/// Takes an alarm off the list; none of this name changes nothing.
void take(v1::Clock& clock, const std::string& threshold) {
  auto& alarms = *clock.mutable_course()->mutable_alarms();
  const auto found = std::ranges::find(alarms, threshold, &v1::Alarm::threshold);
  if (found != alarms.end()) alarms.erase(found);
}

void happen(v1::Clock& clock, const v1::ClockChange& change, const v1::ClockBreached&) {
  take(clock, {});
  clock.set_breached_at(change.at());
}

void happen(v1::Clock& clock, const v1::ThresholdReached& reached) {
  take(clock, reached.threshold());
  if (std::ranges::find(clock.reached(), reached.threshold()) == clock.reached().end())
    clock.add_reached(reached.threshold());
  if (reached.has_next()) *clock.mutable_course()->add_alarms() = reached.next();
}

void happen(v1::Clock& clock, const v1::AlarmPutOff& put_off) {
  auto& alarms = *clock.mutable_course()->mutable_alarms();
  const auto found = std::ranges::find(alarms, put_off.threshold(), &v1::Alarm::threshold);
  if (found != alarms.end()) found->set_until(put_off.until());
}

}  // namespace

bool is_open(const v1::Clock& clock) noexcept {
  return clock.phase() == v1::Clock::RUNNING || clock.phase() == v1::Clock::PAUSED;
}

bool missed(const v1::Clock& clock) noexcept {
  return clock.breached_at() != 0 || (clock.phase() == v1::Clock::STOPPED && !clock.met());
}

void fold(v1::Clock& clock, const v1::ClockChange& change) {
  switch (change.what_case()) {
    case v1::ClockChange::kStarted: return happen(clock, change, change.started());
    case v1::ClockChange::kPaused: return happen(clock, change, change.paused());
    case v1::ClockChange::kResumed: return happen(clock, change, change.resumed());
    case v1::ClockChange::kStopped: return happen(clock, change, change.stopped());
    case v1::ClockChange::kCancelled: return cancel(clock, change.at());
    case v1::ClockChange::kRecomputed: return happen(clock, change.recomputed());
    case v1::ClockChange::kBreached: return happen(clock, change, change.breached());
    case v1::ClockChange::kReached: return happen(clock, change.reached());
    case v1::ClockChange::kPutOff: return happen(clock, change.put_off());
    case v1::ClockChange::kExempted: return clock.set_exemption(change.exempted().reason());
    case v1::ClockChange::WHAT_NOT_SET: return;
  }
}

}  // namespace pavior::city::inline v0
