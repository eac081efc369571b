#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "city/schedule/schedule_lifecycle.h"
#include "core/text.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {

StreamId schedule_id(std::string key) { return {std::string(schedule_workflow), std::move(key)}; }

const v1::Schedule* schedule(const State& state) noexcept { return state_data<v1::Schedule>(state); }

namespace scheduling {
namespace {

DueRuns due_runs_of(const ScheduleView& view) { return due_runs(view.data, view.policy.calendars, view.now); }

UpcomingRun upcoming_after(const ScheduleView& view, Time after) {
  return upcoming_run(view.data.definition().recurrence(), view.policy.calendars, after);
}

std::chrono::seconds grace_of(const ScheduleDefinition& definition) {
  return std::chrono::seconds(definition.grace_seconds() == 0 ? 60 : definition.grace_seconds());
}

// What a run carries fits into any row, so that nothing but the command's target can refuse it.
constexpr std::size_t payload_bytes_max = 64 << 10;
constexpr std::size_t topic_bytes_max = 256;

Error invalid(std::string_view field, std::string_view what) {
  return {ErrorCode::invalid, fmt::format("definition.{}: {}", field, what)};
}

Result<void> check_payload(std::string_view field, std::size_t bytes) {
  if (bytes <= payload_bytes_max) return {};
  return invalid(field, fmt::format("has {} bytes, {} at most", bytes, payload_bytes_max));
}

Result<void> check(const ScheduledCommand& command) {
  const auto stream = StreamId::parse(command.stream());
  if (stream.workflow().empty() || stream.key().empty())
    return invalid("command.stream",
                   fmt::format("\"{}\" is no stream; write it as \"work_order/4711\"", printable(command.stream())));
  if (command.type().empty())
    return invalid("command.type", "is missing; write a full name, e.g. \"pavior.city.v1.Close\"");
  return check_payload("command.payload", command.payload().size());
}

Result<void> check(const ScheduledEffect& effect) {
  const auto& topic = effect.topic();
  if (topic.empty() || topic.size() > topic_bytes_max || !is_printable_utf8(topic))
    return invalid("effect.topic", fmt::format("\"{}\" is none; write the topic of a courier, 1 to {} bytes",
                                               printable(topic.substr(0, topic_bytes_max)), topic_bytes_max));
  return check_payload("effect.payload", effect.payload().size());
}

Result<void> check(const ScheduleDefinition& definition) {
  if (!definition.has_command() && !definition.has_effect())
    return Error(ErrorCode::invalid, "definition: has neither a command nor an effect, so a run would do nothing");
  if (definition.has_command())
    if (auto fit = check(definition.command()); !fit) return fit;
  if (definition.has_effect())
    if (auto fit = check(definition.effect()); !fit) return fit;
  if (!ScheduleDefinition::Missed_IsValid(definition.missed()))
    return invalid("missed", "is none of ONCE, EACH and NONE");
  return {};
}

}  // namespace

bool occurrence_is_due::test(const ScheduleView& view) { return due_runs_of(view).count > 0; }

bool run_is_wanted::test(const ScheduleView& view) {
  const auto& definition = view.data.definition();
  return definition.missed() != ScheduleDefinition::NONE || view.now - due_runs_of(view).last <= grace_of(definition);
}

bool run_awaits_submission::test(const SubmitRun& command, const ScheduleView& view) {
  return std::ranges::count(view.data.unsubmitted(), command.number()) > 0;
}

Result<void> ScheduleLifecycle::may(std::string_view command, const ScheduleView& view) const {
  const Actor& actor = view.actor;
  if (actor.has_role(roles::system)) return {};
  if (command == short_name(message_type<RunSchedule>()))
    return Error::refused("role", fmt::format("{} may be submitted by {} only", command, roles::system));
  const auto& managers = policy_.city.managers;
  if (std::ranges::any_of(managers, [&](const std::string& role) { return actor.has_role(role); })) return {};
  return Error::refused(
      "role", fmt::format("{} may be submitted by {} only, not by {}", command, fmt::join(managers, ", "), actor.id()));
}

ScheduleDefined ScheduleLifecycle::make(const DefineSchedule& command, const ScheduleView& view, tag<ScheduleDefined>) {
  ScheduleDefined fact;
  *fact.mutable_definition() = command.definition();
  fact.set_owner(view.actor.id());
  for (const auto& role : view.actor.roles()) fact.add_owner_roles(role);
  fact.set_through(to_micros(view.now));
  return fact;
}

Result<void> ScheduleLifecycle::complete(ScheduleDefined& fact, const ScheduleView& view) {
  if (auto fit = check(fact.definition()); !fit) return fit;
  auto upcoming = reckon(fact.definition().recurrence(), view.policy.calendars, view.now);
  if (upcoming) return *fact.mutable_upcoming() = *std::move(upcoming), Result<void>();
  const std::string& message = upcoming.error().message();
  switch (upcoming.error().code()) {
    case ErrorCode::invalid: return Error(ErrorCode::invalid, "definition.recurrence." + message);
    case ErrorCode::not_found:
      return Error::refused("calendar_is_known", message + "; name one that is, or have the host load it");
    default: return upcoming.error();
  }
}

SchedulePaused ScheduleLifecycle::make(const PauseSchedule& command, const ScheduleView&, tag<SchedulePaused>) {
  SchedulePaused fact;
  fact.set_reason(command.reason());
  return fact;
}

ScheduleContinued ScheduleLifecycle::make(const ContinueSchedule&, const ScheduleView& view, tag<ScheduleContinued>) {
  // A clock that went back shall not run again what has run.
  const Time through = std::max(view.now, from_micros(view.data.through()));
  ScheduleContinued fact;
  fact.set_through(to_micros(through));
  *fact.mutable_upcoming() = upcoming_after(view, through);
  return fact;
}

ScheduleReckoned ScheduleLifecycle::make(const ReckonSchedule&, const ScheduleView& view, tag<ScheduleReckoned>) {
  ScheduleReckoned fact;
  *fact.mutable_upcoming() = upcoming_after(view, from_micros(view.data.through()));
  return fact;
}

ScheduleReckoned ScheduleLifecycle::make(const RunSchedule&, const ScheduleView& view, tag<ScheduleReckoned> event) {
  return make(ReckonSchedule(), view, event);
}

ScheduleRan ScheduleLifecycle::make(const RunSchedule&, const ScheduleView& view, tag<ScheduleRan>) {
  const auto due = due_runs_of(view);
  const bool each = view.data.definition().missed() == ScheduleDefinition::EACH;
  const Time occurrence = each ? due.first : due.last;
  ScheduleRan fact;
  fact.set_number(view.data.runs() + 1);
  fact.set_occurrence(to_micros(occurrence));
  fact.set_missed(each ? 0 : due.count - 1);
  *fact.mutable_upcoming() = upcoming_after(view, occurrence);
  return fact;
}

OccurrencesMissed ScheduleLifecycle::make(const RunSchedule&, const ScheduleView& view, tag<OccurrencesMissed>) {
  const auto due = due_runs_of(view);
  OccurrencesMissed fact;
  fact.set_count(due.count);
  fact.set_last(to_micros(due.last));
  *fact.mutable_upcoming() = upcoming_after(view, due.last);
  return fact;
}

RunSubmitted ScheduleLifecycle::make(const SubmitRun& command, const ScheduleView&, tag<RunSubmitted>) {
  RunSubmitted fact;
  fact.set_number(command.number());
  return fact;
}

ScheduleRemoved ScheduleLifecycle::make(const RemoveSchedule& command, const ScheduleView&, tag<ScheduleRemoved>) {
  ScheduleRemoved fact;
  fact.set_reason(command.reason());
  return fact;
}

}  // namespace scheduling
}  // namespace pavior::city::inline v0
