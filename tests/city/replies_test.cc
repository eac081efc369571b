// 答复: templates, the negative list and the four elements. One line, one command, one exact answer.
#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

WorkOrderPolicy replying_town() {
  return city_of(R"(
    majors { code: "01" name: "roads" minors { code: "roads" name: "pothole" kind: COMPONENT }
                                      minors { code: "lamps" name: "lamps" kind: COMPONENT } }
    templates { id: "done" version: 1 text: "{what} by {when}" outcomes: OUTCOME_RESOLVED categories: "01" }
    templates { id: "done" version: 2 text: "We have {what}, {what} well, by {when}." outcomes: OUTCOME_RESOLVED
                categories: "01" }
    templates { id: "lamps" version: 1 text: "It shines." categories: "lamps" }
    reply_rules { id: "N1" text: "blames nobody" forbidden_phrase: "not our business" }
    reply_rules { id: "N2" text: "says something" characters_min: 4 }
    reply_rules { id: "N3" text: "says when" required_phrase: "by" outcomes: OUTCOME_NOT_RESOLVED }
    reply_rules { id: "N4" text: "is a template" template_required: true outcomes: OUTCOME_PARTLY_RESOLVED }
    reply_rules { id: "E1" text: "when it was accepted" required_element: ACCEPTED_AT }
    reply_rules { id: "E2" text: "whom to ask" required_element: CONTACT }
    reply_rules { id: "E3" text: "what was done" required_element: MEASURES }
    reply_rules { id: "E4" text: "how long it takes" required_element: TIME_LIMIT outcomes: OUTCOME_NOT_RESOLVED }
    fallback_unit: "street")");
}

v1::SubmitResult resolved(const std::string& basis) {
  return of<v1::SubmitResult>("outcome: OUTCOME_RESOLVED basis { " + basis + " }");
}

const std::string bound =
    "template_id: 'done' bindings { name: 'what' value: 'filled it' } "
    "bindings { name: 'when' value: 'May' } ";

TEST_CASE("T31: a reply is made of the newest version of a template, and remembers which") {
  auto given = in_progress(replying_town()).by(actor("handler"));
  given.happens(resolved(bound));
  CHECK(order(given).reply() == "We have filled it, filled it well, by May.");
  CHECK(order(given).reply_basis().template_version() == 2);
  auto old = in_progress(replying_town()).by(actor("handler"));
  old.happens(resolved(bound + "template_version: 1"));
  CHECK(order(old).reply() == "filled it by May");
}

TEST_CASE("T31: a template is one the city has, with all its bindings, for the outcome and the category") {
  const auto given = in_progress(replying_town()).by(actor("handler"));
  CHECK(given.when(resolved("template_id: 'gone'")) ==
        "refused by has_reply_or_template: SubmitResult requires that the reply is made of a template the city has, "
        "which \"gone\" is not");
  CHECK(given.when(resolved(bound + "template_version: 3")) ==
        "refused by has_reply_or_template: SubmitResult requires that the reply is made of a template the city has, "
        "which \"done\" version 3 is not");
  CHECK(
      given.when(resolved("template_id: 'done' bindings { name: 'when' value: 'May' }")) ==
      "refused by has_reply_or_template: SubmitResult requires that the template done is given all its bindings; these "
      "are missing: what, what");
  const std::string unfit =
      "refused by template_fits: SubmitResult requires that the template is one for this outcome and category";
  CHECK(given.when(resolved("template_id: 'lamps'")) == unfit);
  CHECK(given.when(of<v1::SubmitResult>("outcome: OUTCOME_NOT_RESOLVED basis { " + bound + " }")) == unfit);
}

TEST_CASE("T31: a reply that breaks rules of the negative list is refused with all of them") {
  const auto given = in_progress(replying_town()).by(actor("handler"));
  const auto when = [&](const std::string& text) { return given.when(of<v1::SubmitResult>(text)); };
  CHECK(when("outcome: OUTCOME_RESOLVED reply: 'this is not our business'") ==
        "refused by reply_keeps_the_rules: SubmitResult requires that the reply keeps the rules it breaks: N1 (blames "
        "nobody)");
  CHECK(when("outcome: OUTCOME_NOT_RESOLVED reply: 'no'") ==
        "refused by reply_keeps_the_rules: SubmitResult requires that the reply keeps the rules it breaks: N2 (says "
        "something), N3 (says when)");
  CHECK(when("outcome: OUTCOME_PARTLY_RESOLVED reply: 'half of it'") ==
        "refused by reply_keeps_the_rules: SubmitResult requires that the reply keeps the rules it breaks: N4 (is a "
        "template)");
  CHECK(when("outcome: OUTCOME_RESOLVED reply: '修好了吗'").starts_with("ResultSubmitted{"));  // Characters, not bytes.
  CHECK(when("outcome: OUTCOME_RESOLVED reply: '修好了'").starts_with("refused by reply_keeps_the_rules: "));
}

/// Confirmed, with this basis.
Story handled_with(const std::string& basis) {
  auto given = in_progress(replying_town());
  given = after(given, v1::STAGE_IN_PROGRESS,
                of<v1::ResultSubmitted>("outcome: OUTCOME_RESOLVED reply: 'filled' basis { " + basis + " }"));
  return after(given, v1::STAGE_HANDLED, v1::ResultConfirmed()).by(actor("reviewer"));
}

TEST_CASE("T33: a reply passes with the elements that the city wants for its outcome") {
  CHECK(handled_with("accepted_at: 1000 contact: 'anna' measures: 'tar'").when(v1::PassReply()) ==
        "ReplyPassed{} -> verifying");
  CHECK(
      handled_with("contact: 'anna'").when(v1::PassReply()) ==
      "refused by reply_has_its_elements: PassReply requires that the reply has the elements the city wants; it lacks "
      "ACCEPTED_AT (E1), MEASURES (E3)");
}

TEST_CASE("T31: a result whose reply lacks an element is taken, and waits for a reviewer") {
  auto given = in_progress(replying_town()).by(actor("handler"));
  given.happens(of<v1::SubmitResult>("outcome: OUTCOME_RESOLVED reply: 'filled'"));
  given.by(machine_actor());
  CHECK(given.when(v1::ConfirmResult()) == "ResultConfirmed{} -> handled");
  auto whole = in_progress(replying_town());
  whole.happens(resolved(bound + "accepted_at: 1000 contact: 'anna' measures: 'tar'"));
  CHECK(whole.when(v1::ConfirmResult()) == "ResultConfirmed{} -> handled; then work_order/A1 PassReply{}");
}

}  // namespace
}  // namespace pavior::city::tests
