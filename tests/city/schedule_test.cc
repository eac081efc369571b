// What a schedule's commands record and arm, told without a store.
#include <functional>

#include "city/schedule/schedule_lifecycle.h"
#include "city/schedules.h"
#include "fmt/format.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/diagram.h"
#include "support/golden.h"
#include "support/rules_text.h"
#include "support/story.h"

namespace pavior::city::tests {
namespace {

using testing::Story;
using Definition = v1::ScheduleDefinition;

const Actor anna("anna", {"leader"});
const Actor timer("timer", {"system"});
const std::string friday = "2024-02-09 16:00";

Story no_schedule() {
  return Story(make_schedule_workflow(calendars()), schedule_id("bulletin")).at(at(friday)).by(anna);
}

/// As `define`, but it closes an order.
v1::DefineSchedule define_close(const std::string& cron, Definition::Missed missed = Definition::ONCE) {
  auto command = define(cron, missed);
  auto& close = *command.mutable_definition()->mutable_command();
  close.set_stream("work_order/4711");
  close.set_type(message_type<v1::Close>());
  close.clear_payload();
  return command;
}

Story mondays(Definition::Missed missed = Definition::ONCE) {
  Story story = no_schedule();
  (void)story.happens(define_close("0 9 * * MON", missed));
  return story.by(timer);
}

/// `run at 2024-02-12 09:00; not submit 3`
std::string timers_text(const Reaction& reaction) {
  std::string text = reaction.disarm_all ? "nothing" : "";
  for (const auto& name : reaction.disarm) text += (text.empty() ? "not " : "; not ") + name;
  for (const auto& armed : reaction.arm)
    text += (text.empty() ? "" : "; ") + armed.name + " at " + wall(to_micros(armed.due));
  return text;
}

const v1::Schedule& schedule_of(const Story& story) { return *schedule(*story.state()); }

/// `message` after `change`, defined by anna.
std::string refusal(const std::function<void(Definition&)>& change) {
  auto command = define_close("0 9 * * MON");
  change(*command.mutable_definition());
  return no_schedule().when(command);
}

TEST_CASE("docs/schedule_lifecycle.md is the table") {
  const auto workflow = make_schedule_workflow(calendars());
  testing::check_golden(
      "docs/schedule_lifecycle.md",
      fmt::format("# The lifecycle of a schedule\n\n"
                  "Printed from the table in `lib/city/schedule/schedule_lifecycle.h` by a test; do not edit.\n\n"
                  "{}\n```mermaid\n{}```\n\n## Rules\n\n{}",
                  to_markdown(workflow->transitions()), to_mermaid(workflow->transitions()),
                  testing::rules_text<scheduling::ScheduleLifecycle>()));
}

TEST_CASE("a definition finds its first occurrence and arms it") {
  Story story = no_schedule();
  CHECK(timers_text(story.happens(define_close("0 9 * * MON"))) == "run at 2024-02-12 09:00");
  const auto& schedule = schedule_of(story);
  CHECK(schedule.owner() == "anna");
  CHECK(wall(schedule.through()) == friday);
  CHECK(schedule.upcoming().calendar().id() == "plain");
  CHECK(schedule.upcoming().calendar().version() == 1);
}

TEST_CASE("a run carries its occurrence, its number and the next one, and arms both the next and the submission") {
  Story story = mondays();
  story.at(at("2024-02-12 09:00"));
  CHECK(timers_text(story.happens(v1::RunSchedule())) == "run at 2024-02-19 09:00; submit 1 at 2024-02-12 09:00");
  CHECK(schedule_of(story).runs() == 1);
  CHECK(schedule_of(story).unsubmitted_size() == 1);
  v1::SubmitRun submit;
  submit.set_number(1);
  CHECK(story.when(submit) == "RunSubmitted{number: 1} -> active; then work_order/4711 Close{}");
}

TEST_CASE("nothing runs early: a run that is not due only reckons again") {
  Story story = mondays();
  story.at(at("2024-02-12 09:00") - std::chrono::microseconds(1));
  const auto decision = story.decide(v1::RunSchedule());
  REQUIRE(decision);
  CHECK(short_name(decision->facts.at(0).type) == "ScheduleReckoned");
}

TEST_CASE("what was missed runs once, or each, or not") {
  const auto after_three = [](Definition::Missed missed) {
    Story story = mondays(missed);
    return story.at(at("2024-02-26 11:00"));
  };
  Story once = after_three(Definition::ONCE);
  CHECK(timers_text(once.happens(v1::RunSchedule())) == "run at 2024-03-04 09:00; submit 1 at 2024-02-26 11:00");
  CHECK(wall(schedule_of(once).through()) == "2024-02-26 09:00");
  CHECK(schedule_of(once).missed() == 2);

  Story each = after_three(Definition::EACH);
  for (const auto* occurrence : {"2024-02-12 09:00", "2024-02-19 09:00", "2024-02-26 09:00"}) {
    (void)each.happens(v1::RunSchedule());
    CHECK(wall(schedule_of(each).through()) == occurrence);
  }
  CHECK(schedule_of(each).runs() == 3);
  CHECK(schedule_of(each).missed() == 0);
  CHECK(wall(schedule_of(each).upcoming().at()) == "2024-03-04 09:00");

  Story none = after_three(Definition::NONE);
  CHECK(timers_text(none.happens(v1::RunSchedule())) == "run at 2024-03-04 09:00");
  CHECK(schedule_of(none).runs() == 0);
  CHECK(schedule_of(none).missed() == 3);
}

TEST_CASE("a run within its grace is not missed") {
  Story story = mondays(Definition::NONE);
  story.at(at("2024-02-19 09:01"));
  (void)story.happens(v1::RunSchedule());
  CHECK(schedule_of(story).runs() == 1);
  CHECK(schedule_of(story).missed() == 1);
}

TEST_CASE("a backlog goes a second apart, so that each run can be submitted before the next") {
  Story story = mondays(Definition::EACH);
  story.at(at("2024-02-26 11:00"));
  const auto reaction = story.happens(v1::RunSchedule());
  CHECK(reaction.arm.at(0).due == at("2024-02-26 11:00") + std::chrono::seconds(1));
}

TEST_CASE("a pause disarms, and what lies in it is passed over") {
  Story story = mondays();
  story.by(anna);
  CHECK(timers_text(story.happens(v1::PauseSchedule())) == "not run");
  CHECK(story.when(v1::RunSchedule()) == "refused by role: RunSchedule may be submitted by system only");
  story.by(timer).at(at("2024-02-20 12:00"));
  CHECK(story.when(v1::RunSchedule()) ==
        "refused by stage: RunSchedule is not possible in stage paused, only in active");
  Story defined_again = story;
  CHECK(timers_text(defined_again.happens(define_close("0 9 * * TUE"))).empty());
  CHECK(defined_again.state()->stage() == scheduling::paused::number);
  CHECK(timers_text(story.happens(v1::ContinueSchedule())) == "run at 2024-02-26 09:00");
  CHECK(schedule_of(story).missed() == 0);
}

TEST_CASE("continuing after the clock went back runs nothing twice") {
  Story story = mondays();
  story.at(at("2024-02-12 09:00"));
  (void)story.happens(v1::RunSchedule());
  (void)story.happens(v1::PauseSchedule());
  story.at(at("2024-02-12 08:00"));
  CHECK(timers_text(story.happens(v1::ContinueSchedule())) == "run at 2024-02-19 09:00");
}

TEST_CASE("a removed schedule arms nothing and can be defined again") {
  Story story = mondays();
  CHECK(timers_text(story.happens(v1::RemoveSchedule())) == "nothing");
  CHECK(timers_text(story.happens(define_close("0 9 * * TUE"))) == "run at 2024-02-13 09:00");
}

TEST_CASE("the command is submitted with the owner's roles, not the timer's") {
  Story story = mondays();
  story.at(at("2024-02-12 09:00"));
  (void)story.happens(v1::RunSchedule());
  v1::SubmitRun submit;
  submit.set_number(1);
  CHECK(story.decide(submit)->follow_ups.at(0).actor() == anna);
  CHECK(no_schedule().by(Actor("", {"system"})).when(define_close("0 9 * * MON")) ==
        "refused by owner_is_named: DefineSchedule requires that the actor has an id, under which commands will be "
        "submitted");
}

TEST_CASE("a run is submitted once, and only if it awaits it") {
  Story story = mondays();
  story.at(at("2024-02-12 09:00"));
  (void)story.happens(v1::RunSchedule());
  v1::SubmitRun submit;
  submit.set_number(1);
  (void)story.happens(submit);
  const std::string no =
      "refused by run_awaits_submission: SubmitRun requires that its run is one of the latest, and the command was not "
      "accepted";
  CHECK(story.when(submit) == no);
  submit.set_number(2);
  CHECK(story.when(submit) == no);
}

TEST_CASE("a definition that cannot work is refused with the field and the mend") {
  CHECK(refusal([](auto& d) { d.mutable_recurrence()->set_cron("0 9 * * FRY"); }) ==
        "invalid: definition.recurrence.cron: day of week \"FRY\": write * or values from 0 to 7 or SUN to SAT");
  CHECK(
      refusal([](auto& d) { d.mutable_recurrence()->set_cron("0 9 30 2 *"); }) ==
      "invalid: definition.recurrence.cron: day of month \"30\": no year has such a day in month \"2\"; change one of "
      "the two");
  CHECK(refusal([](auto& d) { d.mutable_recurrence()->set_calendar("mars"); }) ==
        "refused by calendar_is_known: no calendar mars is loaded; name one that is, or have the host load it");
  CHECK(refusal([](auto& d) {
          d.mutable_recurrence()->set_cron("0 9 * * SAT");
          d.mutable_recurrence()->set_rest_day(v1::Recurrence::SKIP);
        }).starts_with("refused by calendar_horizon: the answer depends on days from 2031-01-04"));
  CHECK(refusal([](auto& d) { d.clear_command(); }) ==
        "invalid: definition: has neither a command nor an effect, so a run would do nothing");
  CHECK(refusal([](auto& d) { d.mutable_command()->set_stream("ledger"); }) ==
        "invalid: definition.command.stream: \"ledger\" is no stream; write it as \"work_order/4711\"");
  CHECK(refusal([](auto& d) { d.mutable_command()->clear_type(); }) ==
        "invalid: definition.command.type: is missing; write a full name, e.g. \"pavior.city.v1.Close\"");
  CHECK(refusal([](auto& d) { d.mutable_command()->set_payload(std::string(70'000, 'x')); }) ==
        "invalid: definition.command.payload: has 70000 bytes, 65536 at most");
  CHECK(refusal([](auto& d) { d.mutable_effect()->set_topic("a\nb"); }) ==
        "invalid: definition.effect.topic: \"a?b\" is none; write the topic of a courier, 1 to 256 bytes");
  CHECK(refusal([](auto& d) { d.set_missed(static_cast<Definition::Missed>(7)); }) ==
        "invalid: definition.missed: is none of ONCE, EACH and NONE");
  CHECK(no_schedule().by(Actor("bo", {"handler"})).when(define_close("0 9 * * MON")) ==
        "refused by role: DefineSchedule may be submitted by shift_lead, leader only, not by bo");
}

TEST_CASE("the bytes of every fact are those of the first release") {
  std::string text;
  Story story = no_schedule();
  const auto add = [&](const auto& command) {
    const auto decision = story.decide(command);
    REQUIRE(decision);
    const auto& payload = decision->facts.at(0).payload;
    text += fmt::format("{}: {:02x}.\n", short_name(decision->facts.at(0).type),
                        fmt::join(std::vector<unsigned char>(payload.begin(), payload.end()), ""));
    (void)story.happens(command);
  };
  auto definition = define_close("0 9 * * MON", Definition::NONE);
  definition.mutable_definition()->mutable_recurrence()->set_rest_day(v1::Recurrence::NEXT);
  definition.mutable_definition()->mutable_effect()->set_topic("post");
  definition.mutable_definition()->mutable_effect()->set_payload("p");
  definition.mutable_definition()->set_grace_seconds(90);
  add(definition);
  story.by(timer);
  add(v1::RunSchedule());
  story.at(at("2024-02-19 09:00"));
  add(v1::RunSchedule());
  v1::SubmitRun submit;
  submit.set_number(1);
  add(submit);
  story.at(at("2024-02-27 09:00"));
  add(v1::RunSchedule());
  v1::PauseSchedule pause;
  pause.set_reason("r");
  add(pause);
  add(v1::ContinueSchedule());
  v1::RemoveSchedule remove;
  remove.set_reason("r");
  add(remove);
  testing::check_golden("tests/golden/schedule_facts.txt", text);
}

}  // namespace
}  // namespace pavior::city::tests
