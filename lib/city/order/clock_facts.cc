#include "city/order/clock_facts.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "city/order/closing.h"
#include "city/order/supervisions.h"
#include "fmt/format.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

/// A fact that is nothing but what its clock says.
template <class Fact>
Result<Fact> clock_fact(Result<ClockChange> change) {
  if (!change) return std::move(change).error();
  Fact fact;
  *fact.add_clocks() = *std::move(change);
  return fact;
}

/// The rule of the row has found it.
ClockView clock_of(const auto& command, const OrderView& view) {
  return {*find_clock(view.data, command.clock(), command.instance()), view.policy.versions->calendars()};
}

Remind remind(const Clock& clock, const Threshold& threshold) {
  Remind command;
  *command.mutable_roles() = threshold.roles();
  command.set_clock(clock.name());
  command.set_threshold(threshold.name());
  return command;
}

Escalate escalate(const Clock& clock, const Threshold& threshold) {
  Escalate command;
  *command.mutable_roles() = threshold.roles();
  command.set_level(threshold.level());
  command.set_clock(clock.name());
  command.set_threshold(threshold.name());
  return command;
}

Supervise supervise(const Clock& clock, const Threshold& threshold) {
  Supervise command;
  *command.mutable_roles() = threshold.roles();
  command.set_cause(fmt::format("{} {}", clock.name(), threshold.name()));
  return command;
}

DeemAcknowledged deem_acknowledged(const Clock& clock) {
  DeemAcknowledged command;
  command.set_clock(clock.name());
  command.set_instance(clock.instance());
  return command;
}

/// What a rung asks for, if the order is one to ask it of.
std::optional<Command> asked_by(const Threshold& threshold, const Clock& clock, const ClockRang& fact,
                                const OrderView& view) {
  switch (threshold.step()) {
    case REMIND: return make_command(view.stream, remind(clock, threshold));
    case ESCALATE: return make_command(view.stream, escalate(clock, threshold));
    case SUPERVISE: {
      const auto order = supervise(clock, threshold);
      if (is_supervised(view.data, order.cause())) return std::nullopt;
      return make_command(view.stream, order);
    }
    case ACKNOWLEDGE:
      if (view.stage != dispatched::number) return std::nullopt;
      return make_command(view.stream, deem_acknowledged(clock));
    case ARCHIVE:
      if (!may_archive_after(fact.clocks(), view)) return std::nullopt;
      return make_command(view.stream, Archive());
    default: return std::nullopt;
  }
}

}  // namespace

bool calendar_is_newer::test(const RecountClock& command, const OrderView& view) {
  const Clock* clock = find_clock(view.data, command.clock(), command.instance());
  if (clock == nullptr || !is_open(*clock)) return false;
  const auto newest = view.policy.versions->calendars().newest(clock->calendar().id());
  return newest && newest->version() > clock->calendar().version();
}

Result<ClockRang> ClockFacts::make(const RingClock& command, const OrderView& view, machine::tag<ClockRang>) {
  auto changes = clock_of(command, view).ring(view.now);
  if (!changes) {
    // A calendar that is not loaded leaves the timer waiting.
    if (changes.error().code() == ErrorCode::not_found) return Error(ErrorCode::unavailable, changes.error().message());
    return std::move(changes).error();
  }
  ClockRang fact;
  fact.mutable_clocks()->Add(changes->begin(), changes->end());
  return fact;
}

Result<ClockRecounted> ClockFacts::make(const RecountClock& command, const OrderView& view,
                                        machine::tag<ClockRecounted>) {
  return clock_fact<ClockRecounted>(clock_of(command, view).recount(view.now));
}

Result<Exempted> ClockFacts::make(const Exempt& command, const OrderView& view, machine::tag<Exempted>) {
  return clock_fact<Exempted>(clock_of(command, view).exempt(view.now, command.reason()));
}

void ClockFacts::apply(WorkOrder& order, DeadlineBreached&& fact, const Event&) {
  order.set_breached(true);
  order.set_breached_deadline(fact.deadline());
}

std::vector<Command> ClockFacts::follow_up(const ClockRang& fact, const OrderView& view) {
  std::vector<Command> commands;
  for (const ClockChange& change : fact.clocks()) {
    if (!change.has_reached()) continue;
    const Clock& clock = *find_clock(view.data, change.clock(), change.instance());
    const auto& ladder = clock.rule().thresholds();
    const auto threshold = std::ranges::find(ladder, change.reached().threshold(), &Threshold::name);
    if (auto command = asked_by(*threshold, clock, fact, view)) commands.push_back(*std::move(command));
  }
  return by_system(std::move(commands), view);
}

}  // namespace pavior::city::inline v0::lifecycle
