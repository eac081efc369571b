// Who may submit what, of which order. What is not granted is denied.
#include <string>

#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

/// A city where one command is granted with a scope.
WorkOrderPolicy granting(const std::string& command, const std::string& roles, const std::string& scope) {
  return city_of("grants { command: '" + command + "' roles: " + roles + " scope: " + scope + " }");
}

/// `note` by these roles: "yes", or the rule that says no.
std::string may_note(Story given, const Actor& who) {
  const auto answer = given.by(who).when(of<v1::AddNote>("text: 'x'"));
  return answer.starts_with("NoteAdded{") ? "yes" : answer.substr(0, answer.find(':'));
}

TEST_CASE("who may not is told so before the stage and the rules are asked, and told who may") {
  CHECK(reported().by(Actor("bo", {"handler", "verifier"})).when(v1::Accept()) ==
        "refused by role: Accept may be submitted by acceptor only, not by bo (handler, verifier)");
  CHECK(closed().by(Actor("bo")).when(v1::Dispatch()) ==
        "refused by role: Dispatch may be submitted by dispatcher, shift_lead only, not by bo (no role)");
}

TEST_CASE("a command without a permission is left to the system") {
  auto given = in_progress().at(from_micros(deadline + 1));
  const auto breach = of<v1::BreachDeadline>("deadline: 5000");
  CHECK(given.by(actor("leader")).when(breach) == "refused by role: BreachDeadline may be submitted by system only");
  CHECK(given.by(Actor("timer", {"system"})).when(breach) == "DeadlineBreached{deadline: 5000} -> in_progress");
}

TEST_CASE("nobody absorbs an order that does not merge: the merge itself does") {
  CHECK(handled().by(actor("acceptor")).when(of<v1::Absorb>("source: 'B2'")) ==
        "refused by role: Absorb may be submitted by system only");
  const auto merging = reported().by(Actor("anna", {"acceptor"})).decide(of<v1::Merge>("target: 'B2'"));
  REQUIRE(merging);
  CHECK(merging->follow_ups.at(0).actor() == Actor("anna", {"system"}));
}

TEST_CASE("what follows by itself is decided by the system on the actor's behalf") {
  const auto submitting = in_progress()
                              .by(Actor("hand-1", {"handler"}))
                              .decide(of<v1::SubmitResult>("outcome: OUTCOME_RESOLVED reply: 'x'"));
  REQUIRE(submitting);
  CHECK(submitting->follow_ups.at(0).actor() == Actor("hand-1", {"system"}));
}

TEST_CASE("a city's grants take the place of all of the library's") {
  auto given = verified(granting("Close", "'mayor'", "ANY_ORDER"));
  CHECK(given.by(actor("mayor")).when(v1::Close()) == "Closed{on_time: true deadline: 5000} -> closed");
  CHECK(given.by(actor("acceptor")).when(v1::Close()) ==
        "refused by role: Close may be submitted by mayor only, not by someone (acceptor)");
  CHECK(given.by(actor("shift_lead")).when(of<v1::Void>("reason: 'x'")) ==
        "refused by role: Void may be submitted by system only");
}

TEST_CASE("LEAD_UNIT: a role in the unit that leads, or in the one below it that has the order") {
  auto given = in_progress(granting("AddNote", "['lead_department', 'handler']", "LEAD_UNIT"));
  CHECK(may_note(given, actor("lead_department@works")) == "yes");
  CHECK(may_note(given, actor("handler@works")) == "yes");
  CHECK(may_note(given, actor("lead_department")) == "refused by scope");
  CHECK(may_note(given, actor("verifier@works")) == "refused by role");
  CHECK(given.by(Actor("bo", {"lead_department@parks", "verifier@works"})).when(of<v1::AddNote>("text: 'x'")) ==
        "refused by scope: AddNote may be submitted by lead_department, handler of the unit that leads only, not by bo "
        "(lead_department@parks, verifier@works)");
  CHECK(may_note(given, actor("handler@road crew")) == "refused by scope");
  given = after(given, v1::STAGE_IN_PROGRESS, of<v1::TransferredDown>("unit: 'road crew'"));
  CHECK(may_note(given, actor("handler@road crew")) == "yes");
  CHECK(may_note(given, actor("handler@works")) == "yes");
}

TEST_CASE("LEAD_UNIT: before anybody leads, nobody is of the unit that leads") {
  const auto given = accepted(granting("AddNote", "'lead_department'", "LEAD_UNIT"));
  CHECK(may_note(given, actor("lead_department@works")) == "refused by scope");
  CHECK(may_note(given, actor("lead_department@")) == "refused by scope");
}

TEST_CASE("ASSIST_UNIT: a role in a unit that assists or was summoned") {
  auto given = in_progress(granting("AddNote", "'assist_department'", "ASSIST_UNIT"));
  CHECK(given.by(actor("assist_department@parks")).when(of<v1::AddNote>("text: 'x'")) ==
        "refused by scope: AddNote may be submitted by assist_department of a unit that assists or was summoned only, "
        "not by someone (assist_department@parks)");
  given = after(given, v1::STAGE_IN_PROGRESS, of<v1::AssistAdded>("unit: 'parks'"));
  given = after(given, v1::STAGE_IN_PROGRESS, of<v1::WhistleBlown>("number: 1 targets: 'water'"));
  CHECK(may_note(given, actor("assist_department@parks")) == "yes");
  CHECK(may_note(given, actor("assist_department@water")) == "yes");
  CHECK(may_note(given, actor("assist_department@works")) == "refused by scope");
  CHECK(may_note(given, actor("assist_department")) == "refused by scope");
}

TEST_CASE("UNIT: a role in a unit that leads, assists or was summoned") {
  auto given = after(in_progress(granting("AddNote", "'staff'", "UNIT")), v1::STAGE_IN_PROGRESS,
                     of<v1::AssistAdded>("unit: 'parks'"));
  CHECK(may_note(given, actor("staff@works")) == "yes");
  CHECK(may_note(given, actor("staff@parks")) == "yes");
  CHECK(
      given.by(actor("staff@water")).when(of<v1::AddNote>("text: 'x'")) ==
      "refused by scope: AddNote may be submitted by staff of a unit that leads, assists or was summoned only, not by "
      "someone (staff@water)");
}

TEST_CASE("GRID: a role in the order's grid or in one around it") {
  auto given = after(reported(granting("AddNote", "'grid_worker'", "GRID")), v1::STAGE_ACCEPTED,
                     of<v1::Accepted>("category: 'roads' grid: '3411/05'"));
  CHECK(may_note(given, actor("grid_worker@3411/05")) == "yes");
  CHECK(may_note(given, actor("grid_worker@3411")) == "yes");
  CHECK(may_note(given, actor("grid_worker@3411/05/2")) == "refused by scope");
  CHECK(may_note(given, actor("grid_worker@3411/0")) == "refused by scope");
  CHECK(may_note(given, actor("grid_worker@34")) == "refused by scope");
  CHECK(may_note(given, actor("grid_worker@")) == "refused by scope");
  CHECK(given.by(actor("grid_worker")).when(of<v1::AddNote>("text: 'x'")) ==
        "refused by scope: AddNote may be submitted by grid_worker of the order's grid only, not by someone "
        "(grid_worker)");
}

TEST_CASE("OWN: who reported the order, in person or for someone, and who handles it") {
  const auto given = in_progress(granting("AddNote", "['reporter', 'handler']", "OWN"));
  CHECK(may_note(given, Actor("r-1", {"reporter"})) == "yes");
  CHECK(may_note(given, Actor(handler_id, {"handler"})) == "yes");
  CHECK(may_note(given, Actor("r-1", {"verifier"})) == "refused by role");
  CHECK(Story(given).by(Actor("r-2", {"reporter"})).when(of<v1::AddNote>("text: 'x'")) ==
        "refused by scope: AddNote may be submitted by reporter, handler who reported or handles it only, not by r-2 "
        "(reporter)");
  const auto for_another = after(no_order(granting("AddNote", "'reporter'", "OWN")), v1::STAGE_REPORTED,
                                 of<v1::Reported>("title: 'hole' reporter { id: 'r-1' agent: 'a-1' }"));
  CHECK(may_note(for_another, Actor("a-1", {"reporter"})) == "yes");
  const auto nobodys =
      after(no_order(granting("AddNote", "'reporter'", "OWN")), v1::STAGE_REPORTED, of<v1::Reported>("title: 'hole'"));
  CHECK(may_note(nobodys, Actor("", {"reporter"})) == "refused by scope");
}

TEST_CASE("a scope is asked once the order exists") {
  const auto given = no_order(granting("Report", "'grid_worker'", "GRID"));
  CHECK(Story(given).by(actor("grid_worker@3411")).when(of<v1::Report>("title: 'hole'")).starts_with("Reported{"));
  CHECK(Story(given).by(actor("reporter")).when(of<v1::Report>("title: 'hole'")) ==
        "refused by role: Report may be submitted by grid_worker of the order's grid only, not by someone (reporter)");
}

TEST_CASE("several grants of one command: any of them will do, and a refusal names them all") {
  auto given =
      in_progress(city_of("grants { command: 'AddNote' roles: 'mayor' } "
                          "grants { command: 'AddNote' roles: 'staff' scope: LEAD_UNIT }"));
  CHECK(may_note(given, actor("mayor")) == "yes");
  CHECK(may_note(given, actor("mayor@parks")) == "yes");
  CHECK(may_note(given, actor("staff@works")) == "yes");
  CHECK(given.by(actor("staff@parks")).when(of<v1::AddNote>("text: 'x'")) ==
        "refused by scope: AddNote may be submitted by mayor, or by staff of the unit that leads only, not by someone "
        "(staff@parks)");
}

TEST_CASE("the system has no place: a role of that name in a unit is not it") {
  CHECK(may_note(in_progress(granting("AddNote", "'mayor'", "ANY_ORDER")), actor("system@works")) == "refused by role");
  CHECK(may_note(in_progress(granting("AddNote", "'mayor'", "ANY_ORDER")), actor("system")) == "yes");
}

}  // namespace
}  // namespace pavior::city::tests
