// 处置: from starting the work to the result the unit stands for. One line, one command, one exact answer.
#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

WorkOrderPolicy by_hand() { return city_of("profiles { id: 'by_hand' }"); }

v1::SubmitResult result(v1::Outcome outcome, const char* reply) {
  return build<v1::SubmitResult>([&](auto& m) {
    m.set_outcome(outcome);
    m.set_reply(reply);
  });
}

TEST_CASE("T17: the unit assigns a handler, and takes the order back before it assigns another") {
  auto given = acknowledged().by(actor("lead_department"));
  const auto assign = of<v1::AssignHandler>("handler: 'hand-2'");
  CHECK(given.when(assign) == "HandlerAssigned{handler: \"hand-2\"} -> acknowledged");
  CHECK(given.when(v1::AssignHandler()) == "refused by names_handler: AssignHandler requires that a handler is named");
  CHECK(given.when(of<v1::RevokeHandler>("reason: 'ill'")) ==
        "refused by assignment: RevokeHandler is not possible while the assignment is nobody, only while it is "
        "assigned");
  given.happens(assign);
  CHECK(
      given.when(assign) ==
      "refused by assignment: AssignHandler is not possible while the assignment is assigned, only while it is nobody");
  CHECK(given.when(v1::RevokeHandler()) == "refused by has_reason: RevokeHandler requires that a reason is given");
  CHECK(given.when(of<v1::RevokeHandler>("reason: 'ill'")) ==
        "HandlerRevoked{handler: \"hand-2\" reason: \"ill\"} -> acknowledged");
  given.happens(of<v1::RevokeHandler>("reason: 'ill'"));
  CHECK(order(given).handler().empty());
}

TEST_CASE("T18: who starts the work is named, or is assigned, or is who says so") {
  auto given = acknowledged().by(Actor("hand-7", {"handler"}));
  CHECK(given.when(v1::StartWork()) == "WorkStarted{handler: \"hand-7\"} -> in_progress");
  CHECK(given.when(of<v1::StartWork>("handler: 'hand-8'")) == "WorkStarted{handler: \"hand-8\"} -> in_progress");
  given = after(given, v1::STAGE_ACKNOWLEDGED, of<v1::HandlerAssigned>("handler: 'hand-2'"));
  CHECK(given.when(v1::StartWork()) == "WorkStarted{handler: \"hand-2\"} -> in_progress");
}

TEST_CASE("T19: the lead hands the order down to a unit below it, and stays the first receiver") {
  auto given = in_progress().by(actor("lead_department"));
  const auto down = of<v1::TransferDown>("unit: 'road crew' reason: 'their street'");
  CHECK(given.when(down) == "TransferredDown{unit: \"road crew\" reason: \"their street\"} -> in_progress");
  CHECK(given.when(of<v1::TransferDown>("unit: 'works' reason: 'x'")) ==
        "refused by unit_is_not_the_lead: TransferDown requires that the unit is another one than the lead");
  CHECK(given.when(of<v1::TransferDown>("reason: 'x'")) ==
        "refused by names_unit: TransferDown requires that a unit is named");
  CHECK(given.when(of<v1::TransferDown>("unit: 'road crew'")) ==
        "refused by has_reason: TransferDown requires that a reason is given");
  given.happens(down);
  CHECK(order(given).subordinate() == "road crew");
  CHECK(order(given).handler().empty());
  CHECK(order(given).lead() == "works");
  CHECK(order(given).first_receiver() == "works");
}

TEST_CASE("T25: milestones are done once, in the order of the filing condition") {
  const auto town = city_of(R"(
    majors { code: "01" name: "roads" minors { code: "roads" name: "pothole" kind: COMPONENT conditions {
      code: "a" text: "deep" milestones { name: "fenced" limit { amount: 3 unit: UNIT_HOUR } }
      milestones { name: "filled" limit { amount: 8 unit: UNIT_HOUR } } } } }
    fallback_unit: "street")");
  auto given =
      after(in_progress(town), v1::STAGE_IN_PROGRESS, of<v1::Reclassified>("category: 'roads' condition: 'a'"));
  given.by(actor("handler"));
  CHECK(given.when(of<v1::CompleteMilestone>("milestone: 'filled'")) ==
        "refused by milestone_is_next: CompleteMilestone requires that it is the next milestone of the order's filing "
        "condition, fenced");
  CHECK(given.when(of<v1::CompleteMilestone>("milestone: 'fenced'")) ==
        "MilestoneDone{milestone: \"fenced\"} -> in_progress");
  given.happens(of<v1::CompleteMilestone>("milestone: 'fenced'"));
  CHECK(given.when(of<v1::CompleteMilestone>("milestone: 'fenced'")) ==
        "refused by milestone_is_new: CompleteMilestone requires that a milestone is named that is not yet done");
  given.happens(of<v1::CompleteMilestone>("milestone: 'filled'"));
  CHECK(given.when(of<v1::CompleteMilestone>("milestone: 'painted'")) ==
        "refused by milestone_is_next: CompleteMilestone requires that it is the next milestone of the order's filing "
        "condition, of which none is left");
  CHECK(in_progress().when(of<v1::CompleteMilestone>("milestone: 'painted'")) ==
        "MilestoneDone{milestone: \"painted\"} -> in_progress");
}

TEST_CASE("T31: a result has an outcome and a reply, and the unit confirms it by itself") {
  const auto given = in_progress().by(actor("handler"));
  CHECK(given.when(result(v1::OUTCOME_NOT_RESOLVED, "no tar")) ==
        "ResultSubmitted{outcome: OUTCOME_NOT_RESOLVED reply: \"no tar\"} -> in_progress; then work_order/A1 "
        "ConfirmResult{}");
  const std::string no_outcome =
      "refused by has_outcome: SubmitResult requires that the outcome is resolved, partly resolved or not resolved";
  CHECK(given.when(result(v1::OUTCOME_UNSPECIFIED, "filled")) == no_outcome);
  CHECK(given.when(result(static_cast<v1::Outcome>(99), "filled")) == no_outcome);
  CHECK(
      given.when(result(v1::OUTCOME_RESOLVED, "")) ==
      "refused by has_reply_or_template: SubmitResult requires that a reply to the reporter is given: its text, or one "
      "of the city's templates with all its bindings");
}

TEST_CASE("T31: a result shows the place after the work where its category demands it") {
  const auto town = city_of(R"(
    majors { code: "01" name: "roads" minors { code: "roads" name: "pothole" kind: COMPONENT after_evidence: true } }
    fallback_unit: "street")");
  const auto given = in_progress(town).by(actor("handler"));
  auto shown = result(v1::OUTCOME_RESOLVED, "filled");
  CHECK(
      given.when(shown) ==
      "refused by has_after_evidence_if_required: SubmitResult requires that the result has a piece of evidence of the "
      "place after the work, which its category demands");
  shown.add_evidence()->set_id("after");
  CHECK(given.when(shown).starts_with(
      "ResultSubmitted{outcome: OUTCOME_RESOLVED reply: \"filled\" evidence { id: \"after\" }} -> in_progress"));
}

TEST_CASE("T31, T32: in a profile that confirms nothing by itself, the unit confirms a result or returns it") {
  auto given = in_progress(by_hand()).by(actor("handler"));
  CHECK(in_progress(by_hand()).by(actor("lead_department")).when(v1::ConfirmResult()) ==
        "refused by result_is_submitted: ConfirmResult requires that the handler submitted a result");
  CHECK(given.when(result(v1::OUTCOME_RESOLVED, "filled")) ==
        "ResultSubmitted{outcome: OUTCOME_RESOLVED reply: \"filled\"} -> in_progress");
  given.happens(result(v1::OUTCOME_RESOLVED, "filled"));
  CHECK(given.when(result(v1::OUTCOME_RESOLVED, "filled")) ==
        "refused by result: SubmitResult is not possible while the result is submitted, only while it is none");
  given.by(actor("lead_department"));
  CHECK(given.when(of<v1::ConfirmResult>("remark: 'ours'")) == "ResultConfirmed{remark: \"ours\"} -> handled");
  CHECK(given.when(v1::ReturnToHandler()) == "refused by has_reason: ReturnToHandler requires that a reason is given");
  CHECK(given.when(of<v1::ReturnToHandler>("reason: 'not level'")) ==
        "ReturnedToHandler{reason: \"not level\"} -> in_progress");
  given.happens(of<v1::ReturnToHandler>("reason: 'not level'"));
  CHECK(given.by(actor("handler")).when(result(v1::OUTCOME_RESOLVED, "level")).starts_with("ResultSubmitted{"));
  CHECK(order(given).results() == 1);
}

TEST_CASE("T31: what the unit still asks for lapses when the unit confirms the result") {
  auto given = under_watch(in_progress());
  given = after(given, v1::STAGE_IN_PROGRESS, of<v1::ExtensionRequested>("reason: 'rain'"));
  given = after(given, v1::STAGE_IN_PROGRESS, of<v1::SuspensionRequested>("reason: 'rain' until: 6000"));
  given = after(given, v1::STAGE_IN_PROGRESS, of<v1::JointRequested>("reason: 'a tree' units: 'parks'"));
  given = handled_from(given);
  CHECK(order(given).extension_request().state() == v1::REQUEST_NONE);
  CHECK(order(given).suspension_request().state() == v1::REQUEST_NONE);
  CHECK(order(given).joint_request().state() == v1::REQUEST_NONE);
  CHECK(order(given).result() == v1::RESULT_NONE);
}

}  // namespace
}  // namespace pavior::city::tests
