// The lifecycle of a schedule: this table is the document. docs/schedule_lifecycle.md is printed from it.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "city/schedule/schedule_reckoning.h"
#include "pavior/city/schedules.h"
#include "pavior/city/v1/schedule.pb.h"
#include "pavior/result.h"
#include "pavior/table.h"
#include "pavior/workflow.h"

namespace pavior::city::inline v0::scheduling {

// Rows are made of these words alone; a prefix in every cell would bury them.
using namespace machine;  // NOLINT
using namespace v1;       // NOLINT

struct Policy {
  Calendars calendars;
  SchedulePolicy city;
};
using ScheduleView = View<Schedule, Policy>;

/// Its command is submitted in this name; without one it would be submitted in the engine's.
struct owner_is_named {
  static constexpr std::string_view name = "owner_is_named";
  static constexpr std::string_view explanation = "the actor has an id, under which commands will be submitted";
  static bool test(const ScheduleView& view) { return !view.actor.id().empty(); }
};

struct occurrence_is_due {
  static constexpr std::string_view name = "occurrence_is_due";
  static constexpr std::string_view explanation = "an occurrence is due";
  static bool test(const ScheduleView& view);
};

struct run_is_wanted {
  static constexpr std::string_view name = "run_is_wanted";
  static constexpr std::string_view explanation = "missed occurrences are to run, or the last one is in its grace";
  static bool test(const ScheduleView& view);
};

struct run_awaits_submission {
  static constexpr std::string_view name = "run_awaits_submission";
  static constexpr std::string_view explanation = "its run is one of the latest, and the command was not accepted";
  static bool test(const SubmitRun& command, const ScheduleView& view);
};

using active = stage<SCHEDULE_STAGE_ACTIVE, "active">;
using paused = stage<SCHEDULE_STAGE_PAUSED, "paused">;
using removed = stage<SCHEDULE_STAGE_REMOVED, "removed">;

struct ScheduleLifecycle {
  static constexpr std::string_view name = schedule_workflow;
  using Data = Schedule;
  using Policy = scheduling::Policy;

  // clang-format off
  using Lifecycle = table<
  //  from                             command           when                                   event              to
  row<any_of<absent, active, removed>, DefineSchedule,   owner_is_named,                        ScheduleDefined,   active >,
  row<paused,                          DefineSchedule,   owner_is_named,                        ScheduleDefined,   paused >,
  row<active,                          PauseSchedule,    always,                                SchedulePaused,    paused >,
  row<paused,                          ContinueSchedule, always,                                ScheduleContinued, active >,
  row<active,                          ReckonSchedule,   always,                                ScheduleReckoned,  same   >,
  row<active,                          RunSchedule,      all<occurrence_is_due, run_is_wanted>, ScheduleRan,       same   >,
  row<active,                          RunSchedule,      occurrence_is_due,                     OccurrencesMissed, same   >,
  row<active,                          RunSchedule,      always,                                ScheduleReckoned,  same   >,
  row<any_of<active, paused>,          SubmitRun,        run_awaits_submission,                 RunSubmitted,      same   >,
  row<any_of<active, paused>,          RemoveSchedule,   always,                                ScheduleRemoved,   removed>>;
  // clang-format on

  explicit ScheduleLifecycle(Policy policy) : policy_(std::move(policy)) {}
  const Policy& policy() const { return policy_; }
  Result<void> may(std::string_view command, const ScheduleView& view) const;

  // schedule_facts.cc: what each command records.
  static ScheduleDefined make(const DefineSchedule& command, const ScheduleView& view, tag<ScheduleDefined>);
  static SchedulePaused make(const PauseSchedule& command, const ScheduleView& view, tag<SchedulePaused>);
  static ScheduleContinued make(const ContinueSchedule& command, const ScheduleView& view, tag<ScheduleContinued>);
  static ScheduleReckoned make(const ReckonSchedule& command, const ScheduleView& view, tag<ScheduleReckoned>);
  static ScheduleReckoned make(const RunSchedule& command, const ScheduleView& view, tag<ScheduleReckoned>);
  static ScheduleRan make(const RunSchedule& command, const ScheduleView& view, tag<ScheduleRan>);
  static OccurrencesMissed make(const RunSchedule& command, const ScheduleView& view, tag<OccurrencesMissed>);
  static RunSubmitted make(const SubmitRun& command, const ScheduleView& view, tag<RunSubmitted>);
  static ScheduleRemoved make(const RemoveSchedule& command, const ScheduleView& view, tag<ScheduleRemoved>);
  /// Checks the definition and finds its first occurrence.
  static Result<void> complete(ScheduleDefined& fact, const ScheduleView& view);

  // schedule_fold.cc: what each fact means, and what follows.
  static void apply(Schedule& schedule, ScheduleDefined&& fact, const Event& meta);
  static void apply(Schedule& schedule, SchedulePaused&& fact, const Event& meta);
  static void apply(Schedule& schedule, ScheduleContinued&& fact, const Event& meta);
  static void apply(Schedule& schedule, ScheduleReckoned&& fact, const Event& meta);
  static void apply(Schedule& schedule, ScheduleRan&& fact, const Event& meta);
  static void apply(Schedule& schedule, OccurrencesMissed&& fact, const Event& meta);
  static void apply(Schedule& schedule, RunSubmitted&& fact, const Event& meta);
  static void apply(Schedule& schedule, ScheduleRemoved&& fact, const Event& meta);

  static void react(const Schedule& schedule, const ScheduleDefined& fact, const Event& meta, Reaction& reaction);
  static void react(const Schedule& schedule, const SchedulePaused& fact, const Event& meta, Reaction& reaction);
  static void react(const Schedule& schedule, const ScheduleContinued& fact, const Event& meta, Reaction& reaction);
  static void react(const Schedule& schedule, const ScheduleReckoned& fact, const Event& meta, Reaction& reaction);
  static void react(const Schedule& schedule, const ScheduleRan& fact, const Event& meta, Reaction& reaction);
  static void react(const Schedule& schedule, const OccurrencesMissed& fact, const Event& meta, Reaction& reaction);
  static void react(const Schedule& schedule, const RunSubmitted& fact, const Event& meta, Reaction& reaction);
  static void react(const Schedule& schedule, const ScheduleRemoved& fact, const Event& meta, Reaction& reaction);
  static std::vector<Command> follow_up(const RunSubmitted& fact, const ScheduleView& view);

 private:
  Policy policy_;
};

}  // namespace pavior::city::inline v0::scheduling
