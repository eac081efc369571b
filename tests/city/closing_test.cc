// 结案, 强制结案, 重办, 作废, 归档: how an order ends, and how it does not. One line, one command, one exact answer.
#include "city/cities.h"
#include "city/orders.h"
#include "city/standings.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

v1::Reopen reopen(bool anew, std::int64_t at = 0) {
  return build<v1::Reopen>([&](auto& m) {
    m.set_reason("hole again");
    m.set_dispatch_anew(anew);
    m.set_deadline(at);
  });
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

TEST_CASE("T37: an order is not closed while somebody waits for something") {
  const auto with = [](const Fact& fact) {
    return in_standing(verified(), {"", {fact}}).value().by(actor("acceptor")).when(v1::Close());
  };
  CHECK(with(beside<v1::WhistleBlown>("number: 1 targets: 'water'")) ==
        "refused by nothing_is_asked: Close requires that no request for joint handling waits for an answer, and no "
        "whistle");
  CHECK(with(beside<v1::SupervisionOrdered>("cause: 'quality'")) ==
        "refused by supervisions_are_answered: Close requires that every supervision is answered");
  const auto parent = after(in_progress(), v1::STAGE_IN_PROGRESS, of<v1::ChildrenCreated>("parts { key: 'D4' }"));
  CHECK(verified_from(parent).when(v1::Close()) ==
        "refused by children_have_ended: Close requires that all orders that were split off have ended");
}

TEST_CASE("T38: a leader closes an open order by force, whatever it waits for") {
  auto given = after(in_progress(), v1::STAGE_IN_PROGRESS, of<v1::SupervisionOrdered>("cause: 'quality'"));
  given.by(actor("leader"));
  const auto force = of<v1::ForceClose>("reason: 'a new road'");
  CHECK(given.when(force) == "ForceClosed{reason: \"a new road\"} -> closed");
  CHECK(given.when(v1::ForceClose()) == "refused by has_reason: ForceClose requires that a reason is given");
  auto late = given;
  given.happens(force);
  CHECK(order(given).forced());
  CHECK(order(given).closed_at() == reported_at);
  CHECK_FALSE(order(given).breached());
  late.at(from_micros(deadline + 1)).happens(force);
  CHECK(order(late).breached());
}

TEST_CASE("T40: an order is reopened to the same unit or to be dispatched anew, as often as the city allows") {
  auto given = closed().by(actor("callback_agent"));
  CHECK(given.when(reopen(false, 9000)) == "Reopened{reason: \"hole again\" deadline: 9000 reopen: 1} -> in_progress");
  CHECK(given.when(reopen(true)) == "ReopenedForDispatch{reason: \"hole again\" reopen: 1} -> accepted");
  CHECK(given.when(v1::Reopen()) == "refused by has_reason: Reopen requires that a reason is given");
  CHECK(given.when(reopen(true, -1)).starts_with("refused by deadline_is_plausible: "));
  given.happens(reopen(false, 9000));
  CHECK(order(given).deadline() == 9000);
  CHECK(order(given).lead() == "works");
  CHECK(order(given).reply().empty());
  CHECK(order(given).outcome() == v1::OUTCOME_UNSPECIFIED);
  CHECK(order(given).closed_at() == 0);

  const auto worn = closed_from(
      after(closed(city_of("bounds { reopens_max: 1 }")), v1::STAGE_IN_PROGRESS, of<v1::Reopened>("reopen: 1")));
  CHECK(worn.when(reopen(false)) ==
        "refused by reopens_left: Reopen requires that the order was not yet reopened as often as the city allows");
}

TEST_CASE("T40: an order to be dispatched anew is nobody's, and its first dispatch is the round's first") {
  auto given = closed();
  given.happens(reopen(true));
  CHECK(order(given).lead().empty());
  CHECK(order(given).hops() == 0);
  CHECK(order(given).dispatches() == 1);
  CHECK(given.when(of<v1::Dispatch>("lead: 'parks'")).starts_with("Dispatched{"));
}

TEST_CASE("T40: what no unit had is dispatched when it is reopened") {
  const auto given = after(reported(), v1::STAGE_CLOSED, of<v1::HandledOnSpot>("category: 'bicycles'"));
  CHECK(given.when(reopen(false)) ==
        "refused by asks_for_dispatch: Reopen requires that the order is to be dispatched anew");
  CHECK(given.when(reopen(true)) == "ReopenedForDispatch{reason: \"hole again\" reopen: 1} -> accepted");
}

TEST_CASE("T40, T54: an order is reopened while its window is open, and archived when it is over") {
  const auto open = in_standing(closed(), {"", {window(false)}}).value();
  const auto over = in_standing(closed(), {"", {window(true)}}).value();
  CHECK(open.when(reopen(false)).starts_with("Reopened{"));
  CHECK(open.when(v1::Archive()) ==
        "refused by window_is_over: Archive requires that the order cannot be reopened any more, and nobody has to be "
        "called back");
  CHECK(over.when(reopen(false)) ==
        "refused by reopening_window_is_open: Reopen requires that the time in which a closed order may be reopened is "
        "not over");
  CHECK(over.when(v1::Archive()) ==
        "Archived{clocks { clock: \"WIN\" instance: 1 at: 1000 cancelled { reason: \"Archived\" } }} -> archived");
  CHECK(closed().when(v1::Archive()) == "Archived{} -> archived");
}

TEST_CASE("T40: nothing that was asked before a forced close is asked of the next round") {
  auto given = in_progress(city_of("profiles { id: 'by_hand' }"));
  for (const auto& fact :
       {beside<v1::ResultSubmitted>("outcome: OUTCOME_RESOLVED reply: 'filled'"), beside<v1::HandlerRevoked>(),
        beside<v1::ReturnRequested>("reason: 'not ours'"), beside<v1::ExtensionRequested>("reason: 'rain'"),
        beside<v1::SuspensionRequested>("until: 6000"), beside<v1::JointRequested>("units: 'parks'")})
    given = in_standing(given, {"", {fact}}).value();
  given.happens(of<v1::ForceClose>("reason: 'a new road'"));
  given.happens(reopen(false));
  CHECK(order(given).return_request().state() == v1::REQUEST_NONE);
  CHECK(order(given).extension_request().state() == v1::REQUEST_NONE);
  CHECK(order(given).suspension_request().state() == v1::REQUEST_NONE);
  CHECK(order(given).joint_request().state() == v1::REQUEST_NONE);
  CHECK(given.when(v1::ConfirmResult()).starts_with("refused by result_is_submitted: "));
  CHECK(given.when(of<v1::SubmitResult>("outcome: OUTCOME_RESOLVED reply: 'filled'")).starts_with("ResultSubmitted{"));
}

TEST_CASE("T40: a unit that may not hand the order back may not do so after it was reopened to it") {
  auto given =
      after(accepted(), v1::STAGE_DISPATCHED, of<v1::Designated>("lead: 'works' first_receiver: 'works' hop: 1"));
  given.happens(v1::Acknowledge());
  given.happens(v1::StartWork());
  given = closed_from(given);
  given.happens(reopen(false));
  given.happens(of<v1::RevokeHandler>("reason: 'not ours'"));
  CHECK(given.when(of<v1::RequestReturn>("reason: 'not ours' basis: 'article 3'"))
            .starts_with("refused by return_request: "));
}

TEST_CASE("T49: an open order is voided with a reason") {
  auto given = in_progress().by(actor("shift_lead"));
  CHECK(given.when(of<v1::Void>("reason: 'a test'")) == "Voided{reason: \"a test\"} -> voided");
  CHECK(given.when(v1::Void()) == "refused by has_reason: Void requires that a reason is given");
  CHECK(closed()
            .when(of<v1::Void>("reason: 'a test'"))
            .starts_with("refused by stage: Void is not possible in stage "
                         "closed, only in reported, "));
  given.happens(of<v1::Void>("reason: 'a test'"));
  CHECK(order(given).end_reason() == "a test");
}

}  // namespace
}  // namespace pavior::city::tests
