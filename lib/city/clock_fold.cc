#include "pavior/city/clock.h"

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
  clock.set_due(started.due());
  clock.set_provisional(started.provisional());
  *clock.mutable_pauses() = started.pauses();
  clock.set_armed_at(change.at());
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
  clock.set_due(resumed.due());
  clock.set_provisional(resumed.provisional());
  clock.set_armed_at(change.at());
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

void happen(v1::Clock& clock, const v1::ClockChange& change, const v1::ClockRecomputed& recomputed) {
  *clock.mutable_rule() = recomputed.rule();
  *clock.mutable_calendar() = recomputed.calendar();
  clock.set_due(recomputed.due());
  clock.set_provisional(recomputed.provisional());
  clock.set_armed_at(change.at());
}

}  // namespace

void fold(v1::Clock& clock, const v1::ClockChange& change) {
  switch (change.what_case()) {
    case v1::ClockChange::kStarted: return happen(clock, change, change.started());
    case v1::ClockChange::kPaused: return happen(clock, change, change.paused());
    case v1::ClockChange::kResumed: return happen(clock, change, change.resumed());
    case v1::ClockChange::kStopped: return happen(clock, change, change.stopped());
    case v1::ClockChange::kCancelled: return end(clock, change.at(), v1::Clock::CANCELLED);
    case v1::ClockChange::kRecomputed: return happen(clock, change, change.recomputed());
    case v1::ClockChange::kBreached: return clock.set_breached_at(change.at());
    case v1::ClockChange::kReached: return clock.add_reached(change.reached().threshold());
    case v1::ClockChange::kExempted: return clock.set_exemption(change.exempted().reason());
    case v1::ClockChange::WHAT_NOT_SET: return;
  }
}

}  // namespace pavior::city::inline v0
