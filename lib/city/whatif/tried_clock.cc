#include "city/whatif/tried_clock.h"

#include <algorithm>
#include <utility>

#include "city/order/clock_limits.h"
#include "fmt/format.h"
#include "pavior/city/clock.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0::whatif {
namespace {

const v1::ClockSpec* spec_named(const Policy& policy, const std::string& clock) {
  const auto& specs = policy.clocks().data().clocks();
  const auto found = std::ranges::find(specs, clock, &v1::ClockSpec::name);
  return found == specs.end() ? nullptr : &*found;
}

bool starts_with_a_dispatch(const v1::ClockSpec& spec) {
  return std::ranges::any_of(spec.starts(),
                             [](const auto& fact) { return fact == "Dispatched" || fact == "Designated"; });
}

bool is_stopped(const v1::Clock* clock) { return clock != nullptr && clock->phase() == v1::Clock::STOPPED; }

}  // namespace

Result<TriedClock> TriedClock::make(const Proposal& proposal, const std::string& clock) {
  const v1::ClockSpec* spec = spec_named(proposal.policy, clock);
  if (!clock.empty() && spec == nullptr)
    return Error(ErrorCode::invalid, fmt::format("the policy that is tried has no clock {}; name one of its own, or "
                                                 "none for the orders' deadlines",
                                                 clock));
  return TriedClock(proposal, clock, spec);
}

TriedClock::TriedClock(const Proposal& proposal, std::string clock, const v1::ClockSpec* spec)
    : proposal_(proposal), clock_(std::move(clock)), spec_(spec), calendars_(proposal.policy.clocks().calendars()) {}

bool TriedClock::stops(const Passing& passing) const {
  if (spec_ == nullptr) return passing.handles();
  const v1::Clock* after = lifecycle::find_clock(passing.after, clock_);
  if (!is_stopped(after)) return false;
  const v1::Clock* before = lifecycle::find_clock(passing.before, clock_, after->instance());
  return !is_stopped(before);
}

Result<std::optional<OnTime>> TriedClock::measure(const Passing& passing, const Tried& tried) const {
  const v1::WorkOrder& order = passing.after;
  if (spec_ == nullptr) {
    if (order.deadline() == 0) return std::optional<OnTime>();
    return std::optional(
        OnTime{to_micros(passing.time) <= order.deadline(), to_micros(passing.time + tried.later) <= order.deadline()});
  }
  const v1::Clock& recorded = *lifecycle::find_clock(order, clock_);
  const auto met_as_tried = met(order, recorded, tried);
  if (!met_as_tried) return met_as_tried.error();
  if (!*met_as_tried) return std::optional<OnTime>();
  return std::optional(OnTime{!missed(recorded), **met_as_tried});
}

Result<std::optional<bool>> TriedClock::met(const v1::WorkOrder& order, const v1::Clock& recorded,
                                            const Tried& tried) const {
  lifecycle::ClockEvent event;
  event.category = order.category();
  event.grade = order.grade();
  event.condition = proposal_.policy.condition(order.category(), order.condition());
  const auto rule = lifecycle::rule_for(*spec_, clock_, event);
  if (!rule) return std::optional<bool>();
  const Time start = starts_with_a_dispatch(*spec_) ? tried.dispatched : from_micros(recorded.started_at());
  const Time stop = std::max(start, from_micros(recorded.ended_at()) + tried.later);
  auto change = ClockView::start(clock_, 1, *rule, spec_->calendar(), calendars_, start);
  v1::Clock clock;
  const auto happens = [&](Result<v1::ClockChange> next) {
    change = std::move(next);
    if (change) fold(clock, *change);
    return change.has_value();
  };
  if (!happens(std::move(change))) return change.error();
  for (const auto& pause : recorded.pauses()) {
    const Time from = std::max(from_micros(pause.from()), start);
    const Time to = std::min(from_micros(pause.to()), stop);
    if (from >= to) continue;
    if (!happens(ClockView(clock, calendars_).pause(from, pause.reason()))) return change.error();
    if (!happens(ClockView(clock, calendars_).resume(to))) return change.error();
  }
  if (!happens(ClockView(clock, calendars_).stop(stop))) return change.error();
  return std::optional(!missed(clock));
}

}  // namespace pavior::city::inline v0::whatif
