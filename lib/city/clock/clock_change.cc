#include "city/clock/clock_change.h"

#include <algorithm>
#include <string>

#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

std::string_view phase_text(v1::Clock::Phase phase) {
  switch (phase) {
    case v1::Clock::RUNNING: return "runs";
    case v1::Clock::PAUSED: return "is paused";
    case v1::Clock::STOPPED: return "has stopped";
    case v1::Clock::CANCELLED: return "was cancelled";
    default: return "never started";
  }
}

}  // namespace

v1::ClockChange change_of(std::string_view clock, std::uint32_t instance, Time at) {
  v1::ClockChange change;
  change.set_clock(std::string(clock));
  change.set_instance(instance);
  change.set_at(to_micros(at));
  return change;
}

v1::ClockChange change_of(const v1::Clock& clock, Time at) { return change_of(clock.name(), clock.instance(), at); }

Result<void> require(const v1::Clock& clock, std::initializer_list<v1::Clock::Phase> phases, std::string_view rule,
                     std::string_view doing) {
  if (std::ranges::find(phases, clock.phase()) != phases.end()) return {};
  return Error::refused(std::string(rule), fmt::format("the clock {} {}, so it cannot be {}", clock.name(),
                                                       phase_text(clock.phase()), doing));
}

}  // namespace pavior::city::inline v0
