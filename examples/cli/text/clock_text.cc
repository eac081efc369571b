#include "text/clock_text.h"

#include "fmt/format.h"
#include "pavior/city/clock.h"
#include "pavior/proto.h"
#include "text/calendar_source.h"

namespace pavior::cli {
namespace {

std::string what_text(const city::v1::ClockChange& change, const CityClock& clock) {
  using Change = city::v1::ClockChange;
  const auto time = [&](std::int64_t micros) { return clock.text(from_micros(micros)); };
  switch (change.what_case()) {
    case Change::kStarted: return "started, due " + time(change.started().course().due());
    case Change::kPaused: return "paused";
    case Change::kResumed: return "resumed, due " + time(change.resumed().course().due());
    case Change::kStopped:
      return fmt::format("stopped, {} by {}", change.stopped().met() ? "met" : "missed",
                         duration_text(std::chrono::abs(std::chrono::microseconds(change.stopped().margin()))));
    case Change::kCancelled: return "cancelled";
    case Change::kRecomputed: return "counted again, due " + time(change.recomputed().course().due());
    case Change::kBreached: return "breached";
    case Change::kReached: return "reached " + change.reached().threshold() + (change.reached().late() ? ", late" : "");
    case Change::kPutOff: return change.put_off().threshold() + " waits until " + time(change.put_off().until());
    case Change::kExempted: return "exempt";
    case Change::WHAT_NOT_SET: break;
  }
  return "changed";
}

}  // namespace

std::string duration_text(std::chrono::microseconds duration) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(std::chrono::abs(duration)).count();
  return fmt::format("{}{}:{:02}:{:02}", duration.count() < 0 ? "-" : "", seconds / 3600, seconds / 60 % 60,
                     seconds % 60);
}

std::string standing_text(const city::v1::Clock& clock) {
  using city::v1::Clock;
  const auto* phase = clock.phase() == Clock::RUNNING   ? "running"
                      : clock.phase() == Clock::PAUSED  ? "paused"
                      : clock.phase() == Clock::STOPPED ? (clock.met() ? "met" : "missed")
                                                        : "cancelled";
  return fmt::format("{}{}{}", phase, clock.phase() != Clock::STOPPED && clock.breached_at() != 0 ? ", breached" : "",
                     clock.exemption().empty() ? "" : ", exempt");
}

std::string limit_text(const city::v1::Limit& limit) {
  return fmt::format("{} {}", limit.amount(), unit_text(limit.unit()));
}

std::string change_text(const city::v1::ClockChange& change, const CityClock& clock) {
  return fmt::format("{}{} {}", change.clock(), change.instance() > 1 ? fmt::format("#{}", change.instance()) : "",
                     what_text(change, clock));
}

}  // namespace pavior::cli
