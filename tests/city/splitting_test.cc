// 拆单: parts of an order become orders of their own. One line, one command, one exact answer.
#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

v1::Split split(const std::string& parts) { return of<v1::Split>("reason: 'two things' " + parts); }

Story child() {
  return after(no_order(), v1::STAGE_ACCEPTED, of<v1::FiledAsChild>("parent: 'P0' title: 'lamp' category: 'lamps'"));
}

/// That was split off and went on to its end.
Story closed_child() {
  auto given = child();
  given = after(given, v1::STAGE_DISPATCHED, of<v1::Dispatched>("lead: 'works' first_receiver: 'works' hop: 1"));
  given = after(after(given, v1::STAGE_ACKNOWLEDGED, v1::Acknowledged()), v1::STAGE_IN_PROGRESS, v1::WorkStarted());
  return closed_from(given);
}

TEST_CASE("T43: a part has what it names, and the rest of the order it is split off from") {
  const auto given = accepted().by(actor("dispatcher"));
  CHECK(given.when(split("parts { key: 'D4' title: 'lamp' category: 'lamps' } parts { key: 'E5' title: 'tree' }")) ==
        "ChildrenCreated{parts { key: \"D4\" title: \"lamp\" category: \"lamps\" } parts { key: \"E5\" title: \"tree\" "
        "category: \"roads\" } reason: \"two things\"} -> accepted; then work_order/D4 FileChild{parent: \"A1\" part { "
        "key: \"D4\" title: \"lamp\" category: \"lamps\" }}; then work_order/E5 FileChild{parent: \"A1\" part { key: "
        "\"E5\" title: \"tree\" category: \"roads\" }}");
  CHECK(given.when(of<v1::Split>("parts { key: 'D4' title: 'lamp' }")) ==
        "refused by has_reason: Split requires that a reason is given");
}

TEST_CASE("T43: parts are new orders, each of them once, and not more than the city allows") {
  auto given = accepted(city_of("bounds { children_max: 2 }")).by(actor("dispatcher"));
  const std::string unfit =
      "refused by parts_are_new_orders: Split requires that each part has a title and the key of a new order, each of "
      "them once";
  CHECK(given.when(split("")) == unfit);
  CHECK(given.when(split("parts { key: 'D4' }")) == unfit);
  CHECK(given.when(split("parts { title: 'lamp' }")) == unfit);
  CHECK(given.when(split("parts { key: 'A1' title: 'lamp' }")) == unfit);
  CHECK(given.when(split("parts { key: 'D4' title: 'lamp' } parts { key: 'D4' title: 'tree' }")) == unfit);
  given.happens(split("parts { key: 'D4' title: 'lamp' }"));
  CHECK(given.when(split("parts { key: 'D4' title: 'lamp' }")) == unfit);
  CHECK(given.when(split("parts { key: 'E5' title: 'x' } parts { key: 'F6' title: 'y' }")) ==
        "refused by children_left: Split requires that the order has no more parts than the city allows");
}

TEST_CASE("T43: a part is filed at once, under the policy of its parent, and is not split again") {
  auto given = no_order();
  const auto file = of<v1::FileChild>(
      "parent: 'P0' part { key: 'A1' title: 'lamp' category: 'lamps' grade: GRADE_GENERAL } grid: '3411/05' profile: "
      "'x'");
  CHECK(
      given.when(file) ==
      "FiledAsChild{parent: \"P0\" title: \"lamp\" category: \"lamps\" grade: GRADE_GENERAL grid: \"3411/05\" profile: "
      "\"x\"} -> accepted");
  given.happens(file);
  CHECK(order(given).parent() == "P0");
  CHECK(order(given).grid() == "3411/05");
  CHECK(order(given).accepted_at() == reported_at);
  CHECK(given.when(split("parts { key: 'D4' title: 'x' }")) ==
        "refused by is_no_child: Split requires that the order was not itself split off from another");
}

TEST_CASE("T43: a part's clocks are its parent's policy's from the first, whatever is in force by then") {
  const auto version = [](int number, int hours) {
    auto catalogue = of<v1::Catalogue>(R"(
      clocks { clocks { name: "TOT" calendar: "plain" limits { limit { unit: UNIT_HOUR } } starts: "FiledAsChild" } })");
    catalogue.set_version(static_cast<std::uint32_t>(number));
    catalogue.mutable_clocks()->mutable_clocks(0)->mutable_limits(0)->mutable_limit()->set_amount(hours);
    return policy_of_catalogue(catalogue, two_plain_calendars()).taking_effect(from_micros(number));
  };
  WorkOrderPolicy policy;
  policy.policies = PolicyBook::of(version(1, 3), two_plain_calendars());
  REQUIRE(policy.policies.add(version(2, 5)));
  auto given = no_order(policy);
  given.happens(of<v1::FileChild>("parent: 'P0' part { key: 'A1' title: 'lamp' } policy { id: 'city' version: 1 }"));
  REQUIRE(order(given).clocks_size() == 1);
  CHECK(order(given).clocks(0).rule().limit().amount() == 3);
}

TEST_CASE("T43: a parent waits for its children, and learns of their ends in their commits") {
  const std::string told = "; then work_order/P0 RecordChild{child: \"A1\" ended: ";
  CHECK(child().when(of<v1::Void>("reason: 'x'")) == "Voided{reason: \"x\"} -> voided" + told + "STAGE_VOIDED}");
  CHECK(child().when(of<v1::ForceClose>("reason: 'x'")) ==
        "ForceClosed{reason: \"x\"} -> closed" + told + "STAGE_CLOSED}");
  CHECK(child().when(of<v1::TransferOut>("body: 'b' receipt: 'r' reason: 'x'")) ==
        "TransferredOut{body: \"b\" receipt: \"r\" reason: \"x\"} -> transferred_out" + told +
            "STAGE_TRANSFERRED_OUT}");
  CHECK(verified().when(v1::Close()) == "Closed{on_time: true deadline: 5000} -> closed");  // Nobody's child.
  CHECK(closed_child().when(of<v1::Reopen>("reason: 'x'")) ==
        "Reopened{reason: \"x\" reopen: 1} -> in_progress; then work_order/P0 RecordChild{child: \"A1\"}");
  CHECK(closed_child().when(of<v1::Reopen>("reason: 'x' dispatch_anew: true")) ==
        "ReopenedForDispatch{reason: \"x\" reopen: 1} -> accepted; then work_order/P0 RecordChild{child: \"A1\"}");
}

TEST_CASE("T43: a parent records what became of its own children, and waits for one that goes on only while open") {
  auto given = in_progress();
  given.happens(split("parts { key: 'D4' title: 'lamp' }"));
  const auto ended = of<v1::RecordChild>("child: 'D4' ended: STAGE_VOIDED");
  const auto goes_on = of<v1::RecordChild>("child: 'D4'");
  CHECK(given.when(ended) == "ChildRecorded{child: \"D4\" ended: STAGE_VOIDED} -> in_progress");
  CHECK(given.when(of<v1::RecordChild>("child: 'Z9' ended: STAGE_CLOSED")) ==
        "refused by is_its_child: RecordChild requires that the other order was split off from this one");
  CHECK(verified_from(given).when(v1::Close()).starts_with("refused by children_have_ended: "));
  given.happens(ended);
  CHECK(verified_from(given).when(v1::Close()).starts_with("Closed{"));
  CHECK(given.when(goes_on) == "ChildRecorded{child: \"D4\"} -> in_progress");
  CHECK(closed_from(given).when(goes_on) ==
        "refused by parent_waits: RecordChild requires that the order it was split off from is still open, so that it "
        "can wait again");
  CHECK(closed_from(given).when(ended).starts_with("ChildRecorded{"));
}

}  // namespace
}  // namespace pavior::city::tests
