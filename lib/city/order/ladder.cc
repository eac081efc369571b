#include <algorithm>

#include "city/order/lifecycle.h"
#include "fmt/format.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

std::vector<Command> by_system(std::vector<Command> commands, const OrderView& view) {
  // On the actor's behalf: what a ladder or a grade asks for is not the actor's to be allowed.
  for (Command& command : commands) command.by(Actor(view.actor.id(), {std::string(roles::system)}));
  return commands;
}

Remind remind(const v1::Clock& clock, const v1::Threshold& threshold) {
  Remind command;
  *command.mutable_roles() = threshold.roles();
  command.set_clock(clock.name());
  command.set_threshold(threshold.name());
  return command;
}

Escalate escalate(const v1::Clock& clock, const v1::Threshold& threshold) {
  Escalate command;
  *command.mutable_roles() = threshold.roles();
  command.set_level(threshold.level());
  command.set_clock(clock.name());
  command.set_threshold(threshold.name());
  return command;
}

Supervise supervise(const v1::Clock& clock, const v1::Threshold& threshold) {
  Supervise command;
  *command.mutable_roles() = threshold.roles();
  command.set_cause(fmt::format("{} {}", clock.name(), threshold.name()));
  return command;
}

std::vector<Command> declare_if_major(v1::Grade grade, std::string_view reason, const OrderView& view) {
  if (grade != GRADE_MAJOR_HAZARD || view.data.major_hazard_at() != 0) return {};
  DeclareMajorHazard declare;
  declare.set_reason(std::string(reason));
  return by_system({make_command(view.stream, declare)}, view);
}

}  // namespace

std::vector<Command> WorkOrderLifecycle::follow_up(const ClockRang& fact, const OrderView& view) {
  std::vector<Command> commands;
  for (const v1::ClockChange& change : fact.clocks()) {
    if (!change.has_reached()) continue;
    const v1::Clock& clock = *find_clock(view.data, change.clock(), change.instance());
    const auto& ladder = clock.rule().thresholds();
    const auto threshold = std::ranges::find(ladder, change.reached().threshold(), &v1::Threshold::name);
    switch (threshold->step()) {
      case REMIND: commands.push_back(make_command(view.stream, remind(clock, *threshold))); break;
      case ESCALATE: commands.push_back(make_command(view.stream, escalate(clock, *threshold))); break;
      case SUPERVISE:
        if (const auto order = supervise(clock, *threshold); !is_supervised(view.data, order.cause()))
          commands.push_back(make_command(view.stream, order));
        break;
      default: break;
    }
  }
  return by_system(std::move(commands), view);
}

std::vector<Command> WorkOrderLifecycle::follow_up(const Accepted& fact, const OrderView& view) {
  return declare_if_major(fact.grade(), "accepted as a major hazard", view);
}

std::vector<Command> WorkOrderLifecycle::follow_up(const Reclassified& fact, const OrderView& view) {
  return declare_if_major(fact.grade(), fact.reason(), view);
}

}  // namespace pavior::city::inline v0::lifecycle
