#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "city/schedule/schedule_lifecycle.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0::scheduling {
namespace {

/// How soon to look again for an occurrence that could not be told.
constexpr std::chrono::hours unknown_retry{24};
/// Between the runs of a backlog: each can have its command submitted first, and people get in between.
constexpr std::chrono::seconds backlog_step{1};

Time wake_time(const UpcomingRun& upcoming, Time now) {
  if (upcoming.at() == 0) return now + unknown_retry;
  const Time at = from_micros(upcoming.at());
  return at > now ? at : now + backlog_step;
}

void arm(const UpcomingRun& upcoming, const Event& meta, Reaction& reaction) {
  reaction.arm.push_back(make_timer(std::string(run_timer), wake_time(upcoming, meta.time), RunSchedule()));
}

std::string submit_timer_name(std::uint64_t number) { return fmt::format("{} {}", submit_timer, number); }

void arm_submission(std::uint64_t number, const Event& meta, Reaction& reaction) {
  if (number > unsubmitted_max) reaction.disarm.push_back(submit_timer_name(number - unsubmitted_max));
  SubmitRun submit;
  submit.set_number(number);
  reaction.arm.push_back(make_timer(submit_timer_name(number), meta.time, submit));
}

/// Takes out the runs for which `drop` holds.
template <class Drop>
void forget(Schedule& schedule, Drop drop) {
  auto& numbers = *schedule.mutable_unsubmitted();
  numbers.erase(std::remove_if(numbers.begin(), numbers.end(), drop), numbers.end());
}

}  // namespace

void ScheduleLifecycle::apply(Schedule& schedule, ScheduleDefined&& fact, const Event&) {
  *schedule.mutable_definition() = std::move(*fact.mutable_definition());
  schedule.set_owner(std::move(*fact.mutable_owner()));
  schedule.mutable_owner_roles()->Swap(fact.mutable_owner_roles());
  schedule.set_through(fact.through());
  *schedule.mutable_upcoming() = std::move(*fact.mutable_upcoming());
  if (!schedule.definition().has_command()) schedule.clear_unsubmitted();
}

void ScheduleLifecycle::apply(Schedule& schedule, SchedulePaused&&, const Event&) { schedule.clear_upcoming(); }

void ScheduleLifecycle::apply(Schedule& schedule, ScheduleContinued&& fact, const Event&) {
  schedule.set_through(fact.through());
  *schedule.mutable_upcoming() = std::move(*fact.mutable_upcoming());
}

void ScheduleLifecycle::apply(Schedule& schedule, ScheduleReckoned&& fact, const Event&) {
  *schedule.mutable_upcoming() = std::move(*fact.mutable_upcoming());
}

void ScheduleLifecycle::apply(Schedule& schedule, ScheduleRan&& fact, const Event&) {
  schedule.set_through(fact.occurrence());
  *schedule.mutable_upcoming() = std::move(*fact.mutable_upcoming());
  schedule.set_runs(fact.number());
  schedule.set_missed(schedule.missed() + fact.missed());
  forget(schedule, [&](std::uint64_t number) { return number + unsubmitted_max <= fact.number(); });
  if (schedule.definition().has_command()) schedule.add_unsubmitted(fact.number());
}

void ScheduleLifecycle::apply(Schedule& schedule, OccurrencesMissed&& fact, const Event&) {
  schedule.set_through(fact.last());
  *schedule.mutable_upcoming() = std::move(*fact.mutable_upcoming());
  schedule.set_missed(schedule.missed() + fact.count());
}

void ScheduleLifecycle::apply(Schedule& schedule, RunSubmitted&& fact, const Event&) {
  forget(schedule, [&](std::uint64_t number) { return number == fact.number(); });
}

void ScheduleLifecycle::apply(Schedule& schedule, ScheduleRemoved&&, const Event&) {
  schedule.clear_upcoming();
  schedule.clear_unsubmitted();
}

void ScheduleLifecycle::react(const Schedule&, const ScheduleDefined& fact, const Event& meta, Reaction& reaction) {
  if (meta.stage == active::number) arm(fact.upcoming(), meta, reaction);
}

void ScheduleLifecycle::react(const Schedule&, const SchedulePaused&, const Event&, Reaction& reaction) {
  reaction.disarm.emplace_back(run_timer);
}

void ScheduleLifecycle::react(const Schedule&, const ScheduleContinued& fact, const Event& meta, Reaction& reaction) {
  arm(fact.upcoming(), meta, reaction);
}

void ScheduleLifecycle::react(const Schedule&, const ScheduleReckoned& fact, const Event& meta, Reaction& reaction) {
  arm(fact.upcoming(), meta, reaction);
}

void ScheduleLifecycle::react(const Schedule& schedule, const ScheduleRan& fact, const Event& meta,
                              Reaction& reaction) {
  arm(fact.upcoming(), meta, reaction);
  if (schedule.definition().has_command()) arm_submission(fact.number(), meta, reaction);
  if (!schedule.definition().has_effect()) return;
  ScheduledRun run;
  run.set_schedule(std::string(meta.key));
  run.set_number(fact.number());
  run.set_occurrence(fact.occurrence());
  run.set_missed(fact.missed());
  run.set_payload(schedule.definition().effect().payload());
  reaction.effects.push_back(make_effect(schedule.definition().effect().topic(), run));
}

void ScheduleLifecycle::react(const Schedule&, const OccurrencesMissed& fact, const Event& meta, Reaction& reaction) {
  arm(fact.upcoming(), meta, reaction);
}

void ScheduleLifecycle::react(const Schedule&, const RunSubmitted& fact, const Event&, Reaction& reaction) {
  reaction.disarm.push_back(submit_timer_name(fact.number()));
}

void ScheduleLifecycle::react(const Schedule&, const ScheduleRemoved&, const Event&, Reaction& reaction) {
  reaction.disarm_all = true;
}

/// In the owner's name: a schedule does nothing its owner may not do.
std::vector<Command> ScheduleLifecycle::follow_up(const RunSubmitted&, const ScheduleView& view) {
  const auto& command = view.data.definition().command();
  const auto& owner_roles = view.data.owner_roles();
  return {Command(StreamId::parse(command.stream()), command.type(), command.payload())
              .by(Actor(view.data.owner(), {owner_roles.begin(), owner_roles.end()}))};
}

}  // namespace pavior::city::inline v0::scheduling
