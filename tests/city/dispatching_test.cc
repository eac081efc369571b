// One lead gets the order, says that it has it, or hands it back. One line, one command, one exact answer.
#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

WorkOrderPolicy dispatching_town() {
  return city_of(R"(
    majors { code: "01" name: "roads" minors { code: "roads" name: "pothole" kind: COMPONENT
                                               duty_units: ["works", "parks"] } }
    bounds { hops_max: 2 }
    fallback_unit: "street")");
}

/// Handed back by its unit as often as it was dispatched.
Story came_back(WorkOrderPolicy policy = {}) {
  return after(dispatched(std::move(policy)), v1::STAGE_ACCEPTED, of<v1::Returned>("from: 'works' nth: 1"));
}

TEST_CASE("T08: a dispatch names one lead, which is the first receiver") {
  auto given = accepted().by(actor("dispatcher"));
  CHECK(given.when(of<v1::Dispatch>("lead: 'works'")) ==
        "Dispatched{lead: \"works\" first_receiver: \"works\" hop: 1} -> dispatched");
  CHECK(given.when(v1::Dispatch()) ==
        "refused by names_one_lead_or_nobody: Dispatch requires that one lead department is named, or nobody is "
        "responsible and the city has a fallback unit");
  given.happens(of<v1::Dispatch>("lead: 'works'"));
  CHECK(order(given).lead() == "works");
  CHECK(order(given).first_receiver() == "works");
  CHECK(order(given).dispatched_at() == reported_at);
}

TEST_CASE("T08: the first receiver stays the first, through every dispatch of every round") {
  auto again = after(closed(), v1::STAGE_ACCEPTED, v1::ReopenedForDispatch()).by(actor("shift_lead"));
  CHECK(order(again).lead().empty());
  CHECK(again.when(of<v1::Dispatch>("lead: 'parks'")) ==
        "Dispatched{lead: \"parks\" first_receiver: \"works\" hop: 2} -> dispatched");
  again.happens(of<v1::Dispatch>("lead: 'parks'"));
  CHECK(order(again).first_receiver() == "works");
  CHECK(order(again).lead() == "parks");
}

TEST_CASE("T08: a unit without the duty gets the order for a reason only") {
  const auto given = accepted(dispatching_town()).by(actor("dispatcher"));
  CHECK(given.when(of<v1::Dispatch>("lead: 'parks'")) ==
        "Dispatched{lead: \"parks\" first_receiver: \"parks\" hop: 1} -> dispatched");
  CHECK(given.when(of<v1::Dispatch>("lead: 'water'")) ==
        "refused by lead_has_the_duty_or_a_reason: Dispatch requires that the lead is a unit with the duty of roads "
        "(works, parks), or a reason is given");
  CHECK(given.when(of<v1::Dispatch>("lead: 'water' reason: 'its pipe'")) ==
        "Dispatched{lead: \"water\" reason: \"its pipe\" first_receiver: \"water\" hop: 1} -> dispatched");
}

TEST_CASE("T08: what nobody is responsible for goes to the fallback unit") {
  auto given = accepted(dispatching_town()).by(actor("dispatcher"));
  const auto nobody = of<v1::Dispatch>("no_responsible_body: true reason: 'no owner'");
  CHECK(given.when(nobody) ==
        "Dispatched{lead: \"street\" reason: \"no owner\" first_receiver: \"street\" hop: 1 no_responsible_body: true} "
        "-> dispatched");
  CHECK(given.when(of<v1::Dispatch>("no_responsible_body: true lead: 'works' reason: 'no owner'"))
            .starts_with("refused by names_one_lead_or_nobody: "));
  CHECK(accepted().when(nobody).starts_with("refused by names_one_lead_or_nobody: "));
  given.happens(nobody);
  CHECK(order(given).no_responsible_body());
}

TEST_CASE("T09: the lead department acknowledges") {
  CHECK(dispatched().by(actor("lead_department")).when(v1::Acknowledge()) == "Acknowledged{} -> acknowledged");
}

TEST_CASE("T10: what a unit does not acknowledge in time counts as acknowledged") {
  const auto given = under_watch(dispatched());
  CHECK(given.when(of<v1::DeemAcknowledged>("clock: 'ACC' instance: 1")) ==
        "AcknowledgementDeemed{clock: \"ACC\"} -> acknowledged");
  CHECK(given.when(of<v1::DeemAcknowledged>("clock: 'TOT' instance: 1")) ==
        "refused by clock_is_late: DeemAcknowledged requires that the clock missed its limit");
  CHECK(dispatched().by(actor("lead_department")).when(of<v1::DeemAcknowledged>("clock: 'ACC' instance: 1")) ==
        "refused by role: DeemAcknowledged may be submitted by system only");
}

TEST_CASE("T13: a return that is approved takes the order back, and the first receiver stays") {
  auto given = after(acknowledged(), v1::STAGE_ACKNOWLEDGED, of<v1::ReturnRequested>("reason: 'not ours'"));
  given = after(given, v1::STAGE_ACKNOWLEDGED, of<v1::AssistAdded>("unit: 'parks' duty: 'the tree'"));
  given.by(actor("dispatcher"));
  const auto approve = of<v1::ApproveReturn>("remark: 'right'");
  CHECK(given.when(approve) == "Returned{from: \"works\" remark: \"right\" nth: 1} -> accepted");
  CHECK(acknowledged().when(approve) ==
        "refused by return_is_requested: ApproveReturn requires that the unit asked to return the order");
  given.happens(approve);
  CHECK(order(given).lead().empty());
  CHECK(order(given).assists().empty());
  CHECK(order(given).return_request().state() == v1::REQUEST_NONE);
  CHECK(order(given).returns() == 1);
  CHECK(order(given).first_receiver() == "works");
}

TEST_CASE("T15: an order that came back is dispatched again with a reason, and not as one that is new") {
  auto given = came_back().by(actor("dispatcher"));
  CHECK(given.when(of<v1::Redispatch>("lead: 'parks' reason: 'a tree'")) ==
        "Dispatched{lead: \"parks\" reason: \"a tree\" first_receiver: \"works\" hop: 2} -> dispatched");
  CHECK(given.when(of<v1::Redispatch>("lead: 'parks'")) ==
        "refused by has_reason: Redispatch requires that a reason is given");
  CHECK(given.when(of<v1::Redispatch>("reason: 'a tree'")) ==
        "refused by names_one_lead: Redispatch requires that one lead department is named");
  CHECK(given.when(of<v1::Dispatch>("lead: 'parks'")) ==
        "refused by is_first_of_the_round: Dispatch requires that the order was not dispatched since it was filed or "
        "reopened; Redispatch is for one that came back");
  CHECK(accepted().when(of<v1::Redispatch>("lead: 'parks' reason: 'a tree'")) ==
        "refused by came_back: Redispatch requires that the order was dispatched before, and came back");
}

TEST_CASE("T15, T16: after as many dispatches as the city allows a unit is designated, and cannot hand it back") {
  auto given = came_back(dispatching_town()).by(actor("dispatcher"));
  const auto to_parks = of<v1::Redispatch>("lead: 'parks' reason: 'a tree'");
  given.happens(to_parks);
  given = after(given, v1::STAGE_ACCEPTED, of<v1::Returned>("from: 'parks' nth: 2"));
  CHECK(given.when(to_parks) ==
        "refused by hops_left: Redispatch requires that the order was not yet dispatched as often as the city allows; "
        "the shift lead may Designate a unit");
  const auto designate = of<v1::Designate>("lead: 'works' reason: 'decided'");
  given.by(actor("shift_lead"));
  CHECK(given.when(designate) ==
        "Designated{lead: \"works\" reason: \"decided\" first_receiver: \"works\" hop: 3} -> dispatched");
  CHECK(given.when(of<v1::Designate>("lead: 'works'")) ==
        "refused by has_reason: Designate requires that a reason is given");
  given.happens(designate);
  CHECK(given.by(actor("lead_department")).when(of<v1::RequestReturn>("reason: 'no' basis: 'article 3'")) ==
        "refused by return_request: RequestReturn is not possible while the return request is barred, only while it is "
        "none");
}

TEST_CASE("T16: a leader designates another unit while a return is asked for, and nothing of the former unit stays") {
  auto given = after(dispatched(), v1::STAGE_DISPATCHED, of<v1::AssistAdded>("unit: 'parks' duty: 'the tree'"));
  const auto designate = of<v1::Designate>("lead: 'parks' reason: 'decided'");
  CHECK(given.by(actor("leader")).when(designate) ==
        "refused by return_is_requested: Designate requires that the unit asked to return the order");
  given = after(given, v1::STAGE_DISPATCHED, of<v1::ReturnRequested>("reason: 'not ours'"));
  CHECK(given.when(designate) ==
        "Designated{lead: \"parks\" reason: \"decided\" first_receiver: \"works\" hop: 2} -> dispatched");
  given.happens(designate);
  CHECK(order(given).assists().empty());
  CHECK(order(given).return_request().state() == v1::REQUEST_BARRED);
}

TEST_CASE("T30: what a community cannot solve goes up to be dispatched, and it stays the first receiver") {
  auto given = in_progress().by(actor("community"));
  const auto escalate = of<v1::CannotSolve>("reason: 'a broken wall' tier: 'street'");
  CHECK(given.when(escalate) ==
        "EscalatedByCapability{unit: \"works\" tier: \"street\" reason: \"a broken wall\"} -> accepted");
  CHECK(given.when(of<v1::CannotSolve>("reason: 'a broken wall'")) ==
        "refused by names_tier: CannotSolve requires that it names who shall coordinate, e.g. street");
  given.happens(escalate);
  CHECK(order(given).tier() == "street");
  CHECK(order(given).lead().empty());
  CHECK(given.by(actor("dispatcher")).when(of<v1::Redispatch>("lead: 'street' reason: 'its wall'")) ==
        "Dispatched{lead: \"street\" reason: \"its wall\" first_receiver: \"works\" hop: 2} -> dispatched");
}

TEST_CASE("T08: a profile acknowledges and starts the work by itself") {
  const auto quick = city_of("profiles { id: 'quick' automatic: ['Acknowledge', 'StartWork'] }");
  CHECK(accepted(quick).when(of<v1::Dispatch>("lead: 'works'")) ==
        "Dispatched{lead: \"works\" first_receiver: \"works\" hop: 1} -> dispatched; then work_order/A1 Acknowledge{}");
  CHECK(dispatched(quick).when(v1::Acknowledge()) == "Acknowledged{} -> acknowledged; then work_order/A1 StartWork{}");
}

}  // namespace
}  // namespace pavior::city::tests
