// 审核, 核查: somebody reads the reply, somebody goes and looks. One line, one command, one exact answer.
#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

const char* const someone_else = "the work is verified by someone who did not do it";

v1::FailVerification fail() { return of<v1::FailVerification>("reason: 'still a hole'"); }

TEST_CASE("T33: a reply that passes is verified in the field, or at once in a profile without field checks") {
  CHECK(handled().by(actor("reviewer")).when(of<v1::PassReply>("remark: 'clear'")) ==
        "ReplyPassed{remark: \"clear\"} -> verifying");
  const auto given = handled(city_of("profiles { id: 'desk' no_field_check: true }")).by(actor("reviewer"));
  CHECK(given.when(v1::PassReply()) == "ReplySufficed{} -> verified");
}

TEST_CASE("T34: a reply goes back to the unit with a reason and the rules it breaks") {
  auto given = handled().by(actor("reviewer"));
  const auto back = of<v1::FailReply>("reason: 'rude' rules: ['N1', 'N2']");
  CHECK(given.when(back) == "ReplyReturned{reason: \"rude\" rules: \"N1\" rules: \"N2\"} -> in_progress");
  CHECK(given.when(v1::FailReply()) == "refused by has_reason: FailReply requires that a reason is given");
  given.happens(back);
  CHECK(given.by(actor("handler"))
            .when(of<v1::SubmitResult>("outcome: OUTCOME_RESOLVED reply: 'filled'"))
            .starts_with("ResultSubmitted{"));
}

TEST_CASE("T35: nobody verifies their own work, save the system, which is nobody") {
  auto given = verifying();
  CHECK(given.by(Actor("vera", {"verifier"})).when(of<v1::PassVerification>("evidence { id: 'p' }")) ==
        "VerificationPassed{evidence { id: \"p\" }} -> verified");
  CHECK(given.by(Actor(handler_id, {"verifier"})).when(v1::PassVerification()) ==
        std::string("refused by verifier_is_not_handler: PassVerification requires that ") + someone_else);
  CHECK(given.by(Actor(handler_id, {"system"})).when(v1::PassVerification()) == "VerificationPassed{} -> verified");
}

TEST_CASE("T35: in a profile without separated duties the handler may verify") {
  const auto given = verifying(city_of("profiles { id: 'small' handler_may_verify: true }"));
  CHECK(Story(given).by(Actor(handler_id, {"verifier"})).when(v1::PassVerification()) ==
        "VerificationPassed{} -> verified");
}

TEST_CASE("T35, T36: only the roles that the profile lets verify do so, in whatever unit") {
  auto given =
      verifying(city_of("profiles { id: 'two' verifiers: 'community_verifier' verifiers: 'verifier' } "
                        "grants { command: 'PassVerification' roles: ['verifier', 'dispatcher'] } "
                        "grants { command: 'FailVerification' roles: ['verifier', 'dispatcher'] }"));
  CHECK(given.by(actor("verifier@3411")).when(v1::PassVerification()) == "VerificationPassed{} -> verified");
  const std::string not_by = "refused by verifies_by_the_profile: ";
  const std::string role = " requires that the order's profile lets this role verify";
  CHECK(given.by(actor("dispatcher")).when(v1::PassVerification()) == not_by + "PassVerification" + role);
  CHECK(given.when(fail()) == not_by + "FailVerification" + role);
  CHECK(given.by(machine_actor()).when(v1::PassVerification()) == "VerificationPassed{} -> verified");
}

TEST_CASE("T36: work that fails goes back to its unit with a reason and is counted") {
  auto given = verifying().by(Actor("vera", {"verifier"}));
  CHECK(given.when(fail()) == "ReworkOrdered{reason: \"still a hole\" rework: 1} -> in_progress");
  CHECK(given.when(v1::FailVerification()) ==
        "refused by has_reason: FailVerification requires that a reason is given");
  CHECK(given.by(Actor(handler_id, {"verifier"})).when(fail()) ==
        std::string("refused by verifier_is_not_handler: FailVerification requires that ") + someone_else);
  given.by(Actor("vera", {"verifier"})).happens(fail());
  CHECK(order(given).reworks() == 1);
  CHECK(order(given).lead() == "works");
  CHECK(order(given).handler() == handler_id);
  CHECK(order(given).field_check() == "still a hole");
}

TEST_CASE("T36: the third rework makes a supervision, and the fourth no second one while it is open") {
  auto given = verifying();
  given.happens(fail());
  given = verifying_from(given);
  given.happens(fail());
  given = verifying_from(given);
  CHECK(given.when(fail()) ==
        "ReworkOrdered{reason: \"still a hole\" rework: 3} -> in_progress; then work_order/A1 Supervise{cause: "
        "\"rework\" "
        "roles: \"supervisor\" reason: \"sent back again and again\"}");
  given.happens(fail());
  given = after(given, v1::STAGE_IN_PROGRESS, of<v1::SupervisionOrdered>("cause: 'rework'"));
  given = verifying_from(given);
  CHECK(given.when(fail()) == "ReworkOrdered{reason: \"still a hole\" rework: 4} -> in_progress");
}

TEST_CASE("T33, T35: a profile verifies and closes by itself, if nothing is left to wait for") {
  const auto quick = city_of("profiles { id: 'quick' automatic: ['PassVerification', 'Close'] }");
  CHECK(handled(quick).when(v1::PassReply()) == "ReplyPassed{} -> verifying; then work_order/A1 PassVerification{}");
  CHECK(verifying(quick).when(v1::PassVerification()) ==
        "VerificationPassed{} -> verified; then work_order/A1 Close{}");
  const auto supervised = after(verifying(quick), v1::STAGE_VERIFYING, of<v1::SupervisionOrdered>("cause: 'quality'"));
  CHECK(supervised.when(v1::PassVerification()) == "VerificationPassed{} -> verified");
}

}  // namespace
}  // namespace pavior::city::tests
