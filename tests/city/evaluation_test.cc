// 回访, 评价, 考核: what the reporter says when called back, and what others think. One line, one command, one answer.
#include "city/cities.h"
#include "city/orders.h"
#include "city/standings.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

TEST_CASE("T39: a callback records what the reporter said, once a closing, or that nobody answered") {
  auto given = closed().by(actor("callback_agent"));
  const auto answered = of<v1::RecordCallback>("evaluation { reached: true satisfied: true }");
  const auto silent = of<v1::RecordCallback>("evaluation { remark: 'no answer' }");
  CHECK(given.when(answered) == "Evaluated{evaluation { reached: true satisfied: true }} -> closed");
  CHECK(given.when(silent) == "ReporterUnreachable{remark: \"no answer\" attempt: 1} -> closed");
  given.happens(silent);
  CHECK(given.when(silent) == "ReporterUnreachable{remark: \"no answer\" attempt: 2} -> closed");
  given.happens(silent);
  CHECK(order(given).unanswered_callbacks() == 2);
  given.happens(answered);
  const std::string done =
      "refused by evaluation: RecordCallback is not possible while the evaluation is evaluated, only while it is due "
      "or "
      "unreachable";
  CHECK(given.when(answered) == done);
  CHECK(given.when(silent) == done);
}

TEST_CASE("T39: nobody is called back who did not report, and an archived order may still be evaluated") {
  auto nobodys = after(no_order(), v1::STAGE_REPORTED, of<v1::Reported>("title: 'hole'"));
  nobodys = after(nobodys, v1::STAGE_CLOSED, of<v1::HandledOnSpot>("category: 'roads'"));
  CHECK(nobodys.when(of<v1::RecordCallback>("evaluation { reached: true }")) ==
        "refused by has_a_reporter: RecordCallback requires that somebody reported it who can be asked");
  CHECK(archived().when(of<v1::RecordCallback>("evaluation { reached: true }")) ==
        "Evaluated{evaluation { reached: true }} -> archived");
}

TEST_CASE("T40: the reporter asks once to reopen a closing, and somebody decides") {
  auto given = closed().by(Actor("r-1", {"reporter"}));
  CHECK(given.when(of<v1::RequestReopening>("reason: 'hole again'")) ==
        "ReopeningRequested{reason: \"hole again\"} -> closed");
  CHECK(given.when(v1::RequestReopening()) ==
        "refused by has_reason: RequestReopening requires that a reason is given");
  given.happens(of<v1::RequestReopening>("reason: 'hole again'"));
  CHECK(given.when(of<v1::RequestReopening>("reason: 'hole again'")) ==
        "refused by reopening_is_not_requested: RequestReopening requires that nobody has asked yet to reopen this "
        "closing");
  given.by(actor("acceptor")).happens(of<v1::Reopen>("reason: 'hole again'"));
  CHECK_FALSE(order(given).reopening_requested());
}

TEST_CASE("T39, T40: where the city wants it, an order is reopened when its reporter is dissatisfied") {
  const auto town = city_of("bounds { reopen_when_dissatisfied: true reopens_max: 1 }");
  const auto dissatisfied = of<v1::RecordCallback>("evaluation { reached: true remark: 'hole again' }");
  CHECK(closed(town).when(dissatisfied) ==
        "Evaluated{evaluation { reached: true remark: \"hole again\" }} -> closed; then work_order/A1 Reopen{reason: "
        "\"the reporter is not satisfied: hole again\"}");
  const auto reopens = [&](const Story& given, const std::string& evaluation) {
    const auto text = given.when(of<v1::RecordCallback>("evaluation { " + evaluation + " }"));
    return text.find("; then ") != std::string::npos;
  };
  CHECK(reopens(closed(town), "reached: true"));
  CHECK_FALSE(reopens(closed(town), "reached: true satisfied: true"));
  CHECK_FALSE(reopens(closed(town), ""));
  CHECK_FALSE(reopens(closed(), "reached: true"));
  CHECK_FALSE(reopens(archived(town), "reached: true"));
  CHECK_FALSE(reopens(in_standing(closed(town), {"", {window(true)}}).value(), "reached: true"));
  const auto worn = closed_from(after(closed(town), v1::STAGE_IN_PROGRESS, of<v1::Reopened>("reopen: 1")));
  CHECK_FALSE(reopens(worn, "reached: true"));
}

TEST_CASE("T40: what was handled on the spot is dispatched when its reporter is dissatisfied") {
  const auto town = city_of("bounds { reopen_when_dissatisfied: true }");
  const auto given = after(reported(town), v1::STAGE_CLOSED, of<v1::HandledOnSpot>("category: 'roads'"));
  CHECK(given.when(of<v1::RecordCallback>("evaluation { reached: true }")) ==
        "Evaluated{evaluation { reached: true }} -> closed; then work_order/A1 Reopen{reason: \"the reporter is not "
        "satisfied\" dispatch_anew: true}");
}

TEST_CASE("T52: what does not count is excluded by a rule and for a reason, and stays what it was") {
  auto given = in_progress().by(actor("assessor"));
  const auto exclude = of<v1::ExcludeFromAssessment>("rule: 'R-1' reason: 'a storm' evidence { id: 'p' }");
  CHECK(given.when(exclude) ==
        "ExcludedFromAssessment{rule: \"R-1\" reason: \"a storm\" evidence { id: \"p\" }} -> in_progress");
  CHECK(given.when(of<v1::ExcludeFromAssessment>("reason: 'a storm'")) ==
        "refused by has_rule: ExcludeFromAssessment requires that the rule is named by which the order does not count");
  CHECK(given.when(of<v1::ExcludeFromAssessment>("rule: 'R-1'")) ==
        "refused by has_reason: ExcludeFromAssessment requires that a reason is given");
  given.happens(exclude);
  CHECK(order(given).exclusions(0).rule() == "R-1");
  CHECK(voided().when(exclude).ends_with(" -> voided"));
}

TEST_CASE("T53: an ended order is assessed for a period by a formula") {
  const auto given = closed().by(actor("assessor"));
  CHECK(given.when(of<v1::Assess>("assessment { period: '2024-W10' formula: 'f-1' unit: 'works' score: 9.5 }")) ==
        "Assessed{assessment { period: \"2024-W10\" formula: \"f-1\" unit: \"works\" score: 9.5 }} -> closed");
  const std::string unnamed =
      "refused by names_period_and_formula: Assess requires that the period and the formula are named";
  CHECK(given.when(of<v1::Assess>("assessment { period: '2024-W10' }")) == unnamed);
  CHECK(given.when(of<v1::Assess>("assessment { formula: 'f-1' }")) == unnamed);
  CHECK(verified().when(of<v1::Assess>("assessment { period: '2024-W10' formula: 'f-1' }")) ==
        "refused by stage: Assess is not possible in stage verified, only in closed, archived");
}

TEST_CASE("T53: a party scores different dimensions from 0 to 100") {
  const auto given = archived().by(actor("community"));
  const auto scores = [&](const std::string& text) {
    return given.when(of<v1::EvaluateAsParty>("evaluation { " + text + " }"));
  };
  const std::string one = "scores { dimension: 'effect' value: 0 }";
  CHECK(scores("party: 'public' " + one + " scores { dimension: 'efficiency' value: 100 }") ==
        "PartyEvaluated{evaluation { party: \"public\" scores { dimension: \"effect\" } scores { dimension: "
        "\"efficiency\" value: 100 } }} -> archived");
  const std::string unfit =
      "refused by names_party_and_scores: EvaluateAsParty requires that the party is named, and gives one score or "
      "several of different dimensions, from 0 to 100";
  CHECK(scores(one) == unfit);
  CHECK(scores("party: 'public'") == unfit);
  CHECK(scores("party: 'public' " + one + one) == unfit);
  CHECK(scores("party: 'public' scores { value: 5 }") == unfit);
  CHECK(scores("party: 'public' scores { dimension: 'effect' value: 101 }") == unfit);
}

}  // namespace
}  // namespace pavior::city::tests
