// 退单, 延期, 挂起: what a unit asks for and what becomes of it. One line, one command, one exact answer.
#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

v1::RequestReturn request_return() { return of<v1::RequestReturn>("reason: 'not ours' basis: 'article 3'"); }
v1::RequestExtension request_extension() { return of<v1::RequestExtension>("reason: 'rain'"); }
v1::RequestSuspension request_suspension() { return of<v1::RequestSuspension>("reason: 'rain' until: 6000"); }

TEST_CASE("T12: a unit asks to return an order with a reason and its basis, once") {
  auto given = dispatched().by(Actor("anna", {"lead_department"}));
  CHECK(given.when(request_return()) == "ReturnRequested{reason: \"not ours\" basis: \"article 3\"} -> dispatched");
  CHECK(given.when(of<v1::RequestReturn>("reason: 'not ours'")) ==
        "refused by has_basis: RequestReturn requires that the basis is named by which the order is another unit's");
  CHECK(given.when(of<v1::RequestReturn>("basis: 'article 3'")) ==
        "refused by has_reason: RequestReturn requires that a reason is given");
  given.happens(request_return());
  CHECK(order(given).return_request().by() == "anna");
  CHECK(order(given).return_request().at() == reported_at);
  CHECK(given.when(request_return()) ==
        "refused by return_request: RequestReturn is not possible while the return request is requested, only while it "
        "is none");
}

TEST_CASE("T12: a return is asked for within the city's window, and not more often than it allows") {
  const auto town =
      city_of("bounds { returns_max: 1 return_window { amount: 1 unit: UNIT_MINUTE } return_calendar: 'plain' }");
  auto given = dispatched(town).by(actor("lead_department"));
  const auto last = from_micros(reported_at) + std::chrono::minutes(1);
  CHECK(given.at(last).when(request_return()).starts_with("ReturnRequested{"));
  CHECK(given.at(last + std::chrono::microseconds(1)).when(request_return()) ==
        "refused by return_window_is_open: RequestReturn requires that the time since the dispatch in which it may be "
        "returned is not over");

  auto again = after(dispatched(town), v1::STAGE_ACCEPTED, of<v1::Returned>("from: 'works' nth: 1"));
  again = after(again, v1::STAGE_DISPATCHED, of<v1::Dispatched>("lead: 'parks' first_receiver: 'works' hop: 2"));
  CHECK(again.by(actor("lead_department")).when(request_return()) ==
        "refused by returns_left: RequestReturn requires that the order was not yet returned as often as the city "
        "allows");
}

TEST_CASE("T12: a unit takes the order from its handler before it asks to return it") {
  auto given = in_progress().by(actor("lead_department"));
  CHECK(given.when(request_return()) ==
        "refused by handler_is_revoked: RequestReturn requires that the unit took the order back from its handler "
        "(RevokeHandler)");
  given.happens(of<v1::RevokeHandler>("reason: 'not ours'"));
  CHECK(given.when(request_return()).starts_with("ReturnRequested{"));
}

TEST_CASE("T14: a return that is refused bars the unit from asking again") {
  auto given = dispatched();
  given.happens(request_return());
  given.by(actor("dispatcher"));
  CHECK(given.when(v1::RefuseReturn()) == "refused by has_reason: RefuseReturn requires that a reason is given");
  given.happens(of<v1::RefuseReturn>("reason: 'yours'"));
  CHECK(given.by(actor("lead_department")).when(request_return()) ==
        "refused by return_request: RequestReturn is not possible while the return request is barred, only while it is "
        "none");
  CHECK(given.by(actor("dispatcher")).when(v1::ApproveReturn()).starts_with("refused by return_is_requested: "));
}

/// A clock TOT that can be extended, and runs until the deadline.
WorkOrderPolicy extending_town(const std::string& bounds) {
  return city_of(R"(clocks { clocks { name: "TOT" calendar: "plain" limits { limit { amount: 1 unit: UNIT_HOUR } }
                                      starts: "Reported" extends: "ExtensionApproved" } }
                    bounds { )" +
                 bounds + " }");
}

TEST_CASE("T26: an extension is asked for while a clock runs that has not run out, and not too often") {
  auto given = under_watch(in_progress(extending_town("extensions_max: 1"))).by(actor("handler"));
  CHECK(given.when(request_extension()) == "ExtensionRequested{reason: \"rain\"} -> in_progress");
  CHECK(given.when(v1::RequestExtension()) ==
        "refused by has_reason: RequestExtension requires that a reason is given");
  const std::string late =
      "refused by is_not_late_to_extend: RequestExtension requires that a clock runs that can be extended, and no such "
      "clock has run out";
  CHECK(given.at(from_micros(deadline)).when(request_extension()).starts_with("ExtensionRequested{"));
  CHECK(given.at(from_micros(deadline + 1)).when(request_extension()) == late);
  CHECK(in_progress().by(actor("handler")).when(request_extension()) == late);

  given.at(from_micros(deadline)).happens(request_extension());
  given.by(machine_actor()).happens(v1::ApproveExtension());
  CHECK(order(given).extensions() == 1);
  CHECK(
      given.when(request_extension()) ==
      "refused by extensions_left: RequestExtension requires that the order was not yet extended as often as the city "
      "allows");
}

TEST_CASE("T26, T27: where the city wants it, a unit endorses before the dispatcher decides") {
  auto given = under_watch(acknowledged(extending_town("extension_endorsed: true")));
  CHECK(
      given.when(v1::EndorseExtension()) ==
      "refused by extension_request: EndorseExtension is not possible while the extension request is none, only while "
      "it is requested");
  given.happens(request_extension());
  CHECK(given.by(actor("dispatcher")).when(v1::ApproveExtension()) ==
        "refused by is_endorsed_if_needed: ApproveExtension requires that the request was endorsed, which this city "
        "demands");
  given.by(actor("lead_department")).happens(of<v1::EndorseExtension>("remark: 'yes'"));
  CHECK(order(given).extension_request().state() == v1::REQUEST_ENDORSED);
  given.by(actor("dispatcher")).happens(of<v1::ApproveExtension>("remark: 'yes'"));
  CHECK(order(given).extension_request().state() == v1::REQUEST_NONE);
  CHECK(order(given).extensions() == 1);
}

TEST_CASE("T26: where the city does not want it, nobody endorses") {
  auto given = under_watch(acknowledged(extending_town("")));
  given.happens(request_extension());
  CHECK(given.when(v1::EndorseExtension()) ==
        "refused by needs_endorsement: EndorseExtension requires that the city wants such requests endorsed");
  CHECK(given.when(v1::ApproveExtension()).starts_with("ExtensionApproved{nth: 1 clocks {"));
}

TEST_CASE("T27: an extension that is refused does not count, and may be asked for again") {
  auto given = under_watch(acknowledged(extending_town("extensions_max: 1")));
  given.happens(request_extension());
  CHECK(given.when(v1::RefuseExtension()) == "refused by has_reason: RefuseExtension requires that a reason is given");
  given.happens(of<v1::RefuseExtension>("reason: 'no'"));
  CHECK(order(given).extensions() == 0);
  CHECK(given.when(request_extension()) == "ExtensionRequested{reason: \"rain\"} -> acknowledged");
}

TEST_CASE("T28: a suspension is asked for until an instant ahead, in time, and not too often") {
  auto given = in_progress().by(actor("lead_department"));
  CHECK(given.when(request_suspension()) == "SuspensionRequested{reason: \"rain\" until: 6000} -> in_progress");
  const std::string far =
      "refused by until_is_near: RequestSuspension requires that the suspension ends at an instant ahead, no later "
      "than "
      "the city allows, in microseconds since 1970 UTC";
  CHECK(given.when(of<v1::RequestSuspension>("reason: 'rain' until: 1000")) == far);
  const auto year = to_micros(from_micros(reported_at) + std::chrono::days(366));
  const auto until = [](std::int64_t at) {
    return build<v1::RequestSuspension>([&](auto& m) {
      m.set_reason("rain");
      m.set_until(at);
    });
  };
  CHECK(given.when(until(year)).starts_with("SuspensionRequested{"));
  CHECK(given.when(until(year + 1)) == far);
  CHECK(
      given.at(from_micros(deadline + 1)).when(request_suspension()) ==
      "refused by is_not_late_to_pause: RequestSuspension requires that no clock that would pause has run out, and no "
      "deadline has passed");

  auto once = after(suspended(), v1::STAGE_IN_PROGRESS, v1::Resumed());
  CHECK(once.by(actor("lead_department")).when(request_suspension()) ==
        "refused by suspensions_left: RequestSuspension requires that the order was not yet suspended as often as the "
        "city allows");
}

TEST_CASE("T28: a leader approves a suspension as it was asked for, or shorter") {
  auto given = in_progress();
  CHECK(given.by(actor("leader")).when(v1::ApproveSuspension()) ==
        "refused by suspension_is_ready: ApproveSuspension requires that the unit asked for a suspension, and it was "
        "endorsed where the city demands that");
  given.by(machine_actor()).happens(request_suspension());
  given.by(actor("leader"));
  CHECK(given.when(v1::ApproveSuspension()) == "Suspended{reason: \"rain\" until: 6000} -> suspended");
  CHECK(given.when(of<v1::ApproveSuspension>("until: 5500")) == "Suspended{reason: \"rain\" until: 5500} -> suspended");
  CHECK(given.at(from_micros(6000)).when(v1::ApproveSuspension()).starts_with("refused by until_is_near: "));
  given.at(from_micros(reported_at)).happens(v1::ApproveSuspension());
  CHECK(order(given).suspended_until() == 6000);
  CHECK(order(given).suspensions() == 1);
  CHECK(order(given).suspension_request().state() == v1::REQUEST_NONE);
}

TEST_CASE("T28: where the city wants it, the dispatcher endorses before the leader decides") {
  auto given = in_progress(city_of("bounds { suspension_endorsed: true }"));
  given.happens(request_suspension());
  CHECK(given.by(actor("leader")).when(v1::ApproveSuspension()).starts_with("refused by suspension_is_ready: "));
  CHECK(given.by(actor("dispatcher")).when(v1::EndorseSuspension()) == "SuspensionEndorsed{} -> in_progress");
  given.happens(v1::EndorseSuspension());
  CHECK(given.by(actor("leader")).when(v1::ApproveSuspension()) ==
        "Suspended{reason: \"rain\" until: 6000} -> suspended");
  given.happens(of<v1::RefuseSuspension>("reason: 'work on'"));
  CHECK(order(given).suspension_request().state() == v1::REQUEST_NONE);
}

TEST_CASE("T29: a suspended order is resumed by the dispatcher, or by its timer") {
  auto given = suspended();
  CHECK(given.by(actor("dispatcher")).when(of<v1::Resume>("remark: 'dry'")) ==
        "Resumed{remark: \"dry\"} -> in_progress");
  given.happens(v1::Resume());
  CHECK(order(given).suspended_until() == 0);
}

}  // namespace
}  // namespace pavior::city::tests
