// One line, one command, one exact answer: what each command does, and each reason for a no.
#include <limits>

#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

TEST_CASE("T01: a report with a title or with evidence is taken as it is") {
  auto given = no_order().by(actor("reporter"));
  CHECK(given.when(build<v1::Report>([](auto& m) {
    m.set_title("hole");
    m.set_channel("app");
    m.mutable_reporter()->set_id("r-1");
    m.mutable_location()->set_latitude(42.5);
  })) == "Reported{title: \"hole\" channel: \"app\" reporter { id: \"r-1\" } location { latitude: 42.5 }} -> reported");
  CHECK(given.when(build<v1::Report>([](auto& m) { m.add_evidence()->set_id("p1"); })) ==
        "Reported{evidence { id: \"p1\" }} -> reported");
  CHECK(given.when(v1::Report()) ==
        "refused by has_title_or_evidence: Report requires that the report has a title or at least one piece of "
        "evidence");
  given.happens(build<v1::Report>([](auto& m) { m.set_title("hole"); }));
  CHECK(order(given).title() == "hole");
  CHECK(order(given).reported_at() == reported_at);
  CHECK(order(given).stage() == v1::STAGE_REPORTED);
}

TEST_CASE("T05: a rejection needs a reason and a reply") {
  auto given = reported().by(actor("acceptor"));
  const auto reject = build<v1::Reject>([](auto& m) {
    m.set_reason("private land");
    m.set_reply("please ask the owner");
  });
  CHECK(given.when(reject) == "Rejected{reason: \"private land\" reply: \"please ask the owner\"} -> rejected");
  CHECK(given.when(build<v1::Reject>([](auto& m) { m.set_reply("no"); })) ==
        "refused by has_reason: Reject requires that a reason is given");
  CHECK(given.when(build<v1::Reject>([](auto& m) { m.set_reason("no"); })) ==
        "refused by has_reply: Reject requires that a reply to the reporter is given");
  given.happens(reject);
  CHECK(order(given).end_reason() == "private land");
}

TEST_CASE("T06: accepting needs a category and a plausible deadline") {
  auto given = reported().by(actor("acceptor"));
  const auto accept = [](std::int64_t at) {
    return build<v1::Accept>([&](auto& m) {
      m.set_category("roads");
      m.set_deadline(at);
    });
  };
  const std::string implausible =
      "refused by deadline_is_plausible: Accept requires that the deadline is 0 or an instant before the year 10000, "
      "in microseconds since 1970 UTC";
  CHECK(given.when(accept(deadline)) == "Accepted{category: \"roads\" deadline: 5000} -> accepted");
  CHECK(given.when(accept(0)) == "Accepted{category: \"roads\"} -> accepted");
  CHECK(given.when(accept(-1)) == implausible);
  CHECK(given.when(accept(253'402'300'800'000'000)) == implausible);
  CHECK(given.when(accept(std::numeric_limits<std::int64_t>::max())) == implausible);
  CHECK(given.when(v1::Accept()) == "refused by has_category: Accept requires that a category is given");
  given.happens(accept(deadline));
  CHECK(order(given).category() == "roads");
  CHECK(order(given).deadline() == deadline);
}

TEST_CASE("T08: a dispatch names one lead; the first receiver stays the first") {
  auto given = accepted().by(actor("dispatcher"));
  const auto to = [](const char* lead) { return build<v1::Dispatch>([&](auto& m) { m.set_lead(lead); }); };
  CHECK(given.when(to("works")) == "Dispatched{lead: \"works\" first_receiver: \"works\" hop: 1} -> dispatched");
  CHECK(given.when(v1::Dispatch()) == "refused by names_one_lead: Dispatch requires that one lead department is named");

  auto again = after(closed(), v1::STAGE_ACCEPTED, v1::ReopenedForDispatch()).by(actor("shift_lead"));
  CHECK(order(again).lead().empty());
  CHECK(again.when(to("parks")) == "Dispatched{lead: \"parks\" first_receiver: \"works\" hop: 2} -> dispatched");
  again.happens(to("parks"));
  CHECK(order(again).first_receiver() == "works");
  CHECK(order(again).lead() == "parks");
}

TEST_CASE("T09: the lead department acknowledges") {
  CHECK(dispatched().by(actor("lead_department")).when(v1::Acknowledge()) == "Acknowledged{} -> acknowledged");
}

TEST_CASE("T18: who starts the work is named, or is who says so") {
  const auto given = acknowledged().by(Actor("hand-7", {"handler"}));
  CHECK(given.when(v1::StartWork()) == "WorkStarted{handler: \"hand-7\"} -> in_progress");
  CHECK(given.when(build<v1::StartWork>([](auto& m) { m.set_handler("hand-8"); })) ==
        "WorkStarted{handler: \"hand-8\"} -> in_progress");
}

TEST_CASE("T31: a result has an outcome and a reply, and evidence where the city demands it") {
  const auto result = [](v1::Outcome outcome, const char* reply) {
    return build<v1::SubmitResult>([&](auto& m) {
      m.set_outcome(outcome);
      m.set_reply(reply);
    });
  };
  const auto given = in_progress().by(actor("handler"));
  CHECK(given.when(result(v1::OUTCOME_NOT_RESOLVED, "no tar")) ==
        "ResultSubmitted{outcome: OUTCOME_NOT_RESOLVED reply: \"no tar\"} -> handled");
  const std::string no_outcome =
      "refused by has_outcome: SubmitResult requires that the outcome is resolved, partly resolved or not resolved";
  CHECK(given.when(result(v1::OUTCOME_UNSPECIFIED, "filled")) == no_outcome);
  CHECK(given.when(result(static_cast<v1::Outcome>(99), "filled")) == no_outcome);
  CHECK(given.when(result(v1::OUTCOME_RESOLVED, "")) ==
        "refused by has_reply: SubmitResult requires that a reply to the reporter is given");

  const auto strict = city_where_roads_need_evidence();
  const auto strictly = in_progress(strict).by(actor("handler"));
  auto shown = result(v1::OUTCOME_RESOLVED, "filled");
  CHECK(strictly.when(shown) ==
        "refused by has_after_evidence_if_required: SubmitResult requires that the result has a piece of evidence, "
        "which this city demands");
  shown.add_evidence()->set_id("after");
  CHECK(strictly.when(shown) ==
        "ResultSubmitted{outcome: OUTCOME_RESOLVED reply: \"filled\" evidence { id: \"after\" }} -> handled");
}

TEST_CASE("T35: nobody verifies their own work, save the system, which is nobody") {
  auto given = handled();
  CHECK(given.by(Actor("vera", {"verifier"})).when(v1::PassVerification()) == "VerificationPassed{} -> verified");
  CHECK(given.by(Actor(handler_id, {"verifier"})).when(v1::PassVerification()) ==
        "refused by verifier_is_not_handler: PassVerification requires that the work is verified by someone who did "
        "not do it");
  CHECK(given.by(Actor(handler_id, {"system"})).when(v1::PassVerification()) == "VerificationPassed{} -> verified");
}

TEST_CASE("T36: work that fails goes back to its unit with a reason and is counted") {
  auto given = handled().by(Actor("vera", {"verifier"}));
  const auto fail = build<v1::FailVerification>([](auto& m) { m.set_reason("still a hole"); });
  CHECK(given.when(fail) == "ReworkOrdered{reason: \"still a hole\" rework: 1} -> in_progress");
  CHECK(given.when(v1::FailVerification()) ==
        "refused by has_reason: FailVerification requires that a reason is given");
  CHECK(given.by(Actor(handler_id, {"verifier"})).when(fail) ==
        "refused by verifier_is_not_handler: FailVerification requires that the work is verified by someone who did "
        "not do it");
  given.by(Actor("vera", {"verifier"})).happens(fail);
  CHECK(order(given).reworks() == 1);
  CHECK(order(given).lead() == "works");
}

TEST_CASE("T37: closing is on time up to and including the deadline itself") {
  auto given = verified().by(actor("acceptor"));
  CHECK(given.at(from_micros(deadline)).when(v1::Close()) == "Closed{on_time: true deadline: 5000} -> closed");
  CHECK(given.at(from_micros(deadline + 1)).when(v1::Close()) == "Closed{deadline: 5000} -> closed");
  given.happens(v1::Close());
  CHECK(order(given).breached());
  CHECK(order(given).closed_at() == deadline + 1);
}

TEST_CASE("T37: without a deadline every closing is on time") {
  const auto given = verified_from(after(closed(), v1::STAGE_IN_PROGRESS, v1::Reopened())).by(actor("acceptor"));
  CHECK(given.when(v1::Close()) == "Closed{on_time: true} -> closed");
}

TEST_CASE("T39: a callback records what the reporter said, once a closing, or that nobody answered") {
  auto given = closed().by(actor("callback_agent"));
  const auto answered = build<v1::RecordCallback>([](auto& m) {
    m.mutable_evaluation()->set_reached(true);
    m.mutable_evaluation()->set_satisfied(true);
  });
  const auto silent = build<v1::RecordCallback>([](auto& m) { m.mutable_evaluation()->set_remark("no answer"); });
  CHECK(given.when(answered) == "Evaluated{evaluation { reached: true satisfied: true }} -> closed");
  CHECK(given.when(silent) == "ReporterUnreachable{remark: \"no answer\"} -> closed");
  given.happens(silent);
  given.happens(silent);
  CHECK(order(given).unanswered_callbacks() == 2);
  given.happens(answered);
  const std::string done =
      "refused by awaits_evaluation: RecordCallback requires that the reporter has not evaluated this closing yet";
  CHECK(given.when(answered) == done);
  CHECK(given.when(silent) == done);
}

TEST_CASE("T40: an order is reopened to the same unit or to be dispatched anew, as often as the city allows") {
  auto given = closed().by(actor("callback_agent"));
  const auto reopen = [](bool anew, std::int64_t at = 0) {
    return build<v1::Reopen>([&](auto& m) {
      m.set_reason("hole again");
      m.set_dispatch_anew(anew);
      m.set_deadline(at);
    });
  };
  CHECK(given.when(reopen(false, 9000)) == "Reopened{reason: \"hole again\" deadline: 9000 reopen: 1} -> in_progress");
  CHECK(given.when(reopen(true)) == "ReopenedForDispatch{reason: \"hole again\" reopen: 1} -> accepted");
  CHECK(given.when(v1::Reopen()) == "refused by has_reason: Reopen requires that a reason is given");
  CHECK(given.when(reopen(true, -1)).find("refused by deadline_is_plausible: ") == 0);
  given.happens(reopen(false, 9000));
  CHECK(order(given).deadline() == 9000);
  CHECK(order(given).lead() == "works");
  CHECK(order(given).reply().empty());
  CHECK(order(given).outcome() == v1::OUTCOME_UNSPECIFIED);
  CHECK(order(given).closed_at() == 0);

  const auto once = city_with([](auto& catalogue) { catalogue.mutable_bounds()->set_reopens_max(1); });
  const auto reopened = build<v1::Reopened>([](auto& m) { m.set_reopen(1); });
  const auto worn = closed_from(after(closed(once), v1::STAGE_IN_PROGRESS, reopened));
  CHECK(worn.when(reopen(false)) ==
        "refused by reopens_left: Reopen requires that the order was not yet reopened as often as the city allows");
}

TEST_CASE("T41: merging ends the order, and its reporter follows the other one in the same commit") {
  const auto given = reported().by(actor("acceptor"));
  const auto into = [](const char* target) { return build<v1::Merge>([&](auto& m) { m.set_target(target); }); };
  CHECK(given.when(into("B2")) ==
        "MergedInto{target: \"B2\"} -> merged; then work_order/B2 Absorb{source: \"A1\" reporter { id: \"r-1\" }}");
  const std::string not_another = "refused by names_another_order: Merge requires that another order is named";
  CHECK(given.when(into("A1")) == not_another);
  CHECK(given.when(into("")) == not_another);
  const auto host = after(reported(), v1::STAGE_REPORTED, build<v1::Absorbed>([](auto& m) { m.set_source("C3"); }));
  CHECK(host.when(into("B2")) ==
        "refused by has_absorbed_none: Merge requires that no other order was merged into this one");
}

TEST_CASE("T41: an open order absorbs another one and stays where it is") {
  const auto absorb = build<v1::Absorb>([](auto& m) {
    m.set_source("B2");
    m.mutable_reporter()->set_id("r-2");
  });
  auto given = handled();
  CHECK(given.when(absorb) == "Absorbed{source: \"B2\" reporter { id: \"r-2\" }} -> handled");
  given.happens(absorb);
  CHECK(order(given).merged_from(0) == "B2");
  CHECK(order(given).followers(0).id() == "r-2");
  CHECK(given.when(build<v1::Absorb>([](auto& m) { m.set_source("A1"); })) ==
        "refused by names_another_order: Absorb requires that another order is named");
  CHECK(merged().when(absorb).find("refused by stage: Absorb is not possible in stage merged, only in ") == 0);
}

TEST_CASE("T49: an open order is voided with a reason") {
  const auto given = in_progress().by(actor("shift_lead"));
  CHECK(given.when(build<v1::Void>([](auto& m) { m.set_reason("a test"); })) == "Voided{reason: \"a test\"} -> voided");
  CHECK(given.when(v1::Void()) == "refused by has_reason: Void requires that a reason is given");
}

v1::BreachDeadline breach(std::int64_t at) {
  return build<v1::BreachDeadline>([&](auto& m) { m.set_deadline(at); });
}

TEST_CASE("a breach is recorded once, after its deadline, and only of the deadline the order has now") {
  auto given = in_progress().at(from_micros(deadline + 1));
  CHECK(given.when(breach(deadline)) == "DeadlineBreached{deadline: 5000} -> in_progress");
  const std::string stale =
      "refused by deadline_is_current: BreachDeadline requires that the deadline is the one the order has now";
  CHECK(given.when(breach(4000)) == stale);
  CHECK(given.when(breach(0)) == stale);
  CHECK(given.at(from_micros(deadline)).when(breach(deadline)) ==
        "refused by deadline_has_passed: BreachDeadline requires that the deadline has passed");
  given.at(from_micros(deadline + 1)).happens(breach(deadline));
  CHECK(order(given).breached());
  CHECK(given.when(breach(deadline)) ==
        "refused by breach_is_new: BreachDeadline requires that this breach was not recorded before");
}

TEST_CASE("a breach survives closing and reopening, and the new deadline can be breached in its turn") {
  auto given = in_progress().at(from_micros(deadline + 1));
  given.happens(breach(deadline));
  given = after(closed_from(given), v1::STAGE_IN_PROGRESS, build<v1::Reopened>([](auto& m) { m.set_deadline(9000); }));
  CHECK(order(given).breached());
  CHECK(given.at(from_micros(9001)).when(breach(9000)) == "DeadlineBreached{deadline: 9000} -> in_progress");
}

}  // namespace
}  // namespace pavior::city::tests
