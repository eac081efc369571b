// From the report to the filed order. One line, one command, one exact answer.
#include <limits>

#include "city/cities.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

/// A city with channels, profiles and categories.
WorkOrderPolicy intake_town() {
  return city_of(R"(
    majors {
      code: "01" name: "roads"
      minors {
        code: "01.01" name: "pothole" kind: COMPONENT profile: "slow"
        conditions { code: "a" text: "deep" grade: GRADE_COMPLEX }
        conditions { code: "b" text: "any other" }
      }
      minors { code: "01.02" name: "bicycles" kind: EVENT_ITEM self_handling: true duty_units: "wardens"
               conditions { code: "a" text: "in the way" } }
    }
    channels { name: "hotline" required: [TITLE, ADDRESS] }
    channels { name: "snap" required: [PHOTO, POSITION] profile: "quick" }
    profiles { id: "plain" }
    profiles { id: "slow" }
    profiles { id: "quick" automatic: ["Accept", "Dispatch", "Acknowledge", "StartWork"] }
    profiles { id: "emergency" emergency: true summoned: ["police", "fire", "water", "power"] }
    fallback_unit: "street")");
}

TEST_CASE("T01: a report with a title, a description or evidence is taken as it is") {
  auto given = no_order().by(actor("reporter"));
  CHECK(given.when(of<v1::Report>("title: 'hole' channel: 'app' reporter { id: 'r-1' } location { latitude: 42.5 }")) ==
        "Reported{title: \"hole\" channel: \"app\" reporter { id: \"r-1\" } location { latitude: 42.5 }} -> reported");
  CHECK(given.when(of<v1::Report>("evidence { id: 'p1' }")) == "Reported{evidence { id: \"p1\" }} -> reported");
  CHECK(given.when(of<v1::Report>("description: 'hole'")) == "Reported{description: \"hole\"} -> reported");
  CHECK(given.when(v1::Report()) ==
        "refused by has_words_or_evidence: Report requires that the report has a title, a description or a piece "
        "of evidence");
  given.happens(of<v1::Report>("title: 'hole'"));
  CHECK(order(given).title() == "hole");
  CHECK(order(given).reported_at() == reported_at);
  CHECK(order(given).stage() == v1::STAGE_REPORTED);
}

TEST_CASE("T01: where the city names its channels, a report comes by one of them and brings what it asks") {
  const auto given = no_order(intake_town()).by(actor("reporter"));
  CHECK(given.when(of<v1::Report>("title: 'hole' channel: 'app'")) ==
        "refused by channel_is_known: Report requires that the report comes by one of the city's channels, not by "
        "\"app\": hotline, snap");
  CHECK(given.when(of<v1::Report>("title: 'hole' channel: 'hotline'")) ==
        "refused by brings_what_the_channel_asks: Report requires that a report by hotline brings ADDRESS");
  CHECK(given.when(of<v1::Report>("title: 'hole' channel: 'snap' location { address: 'here' }")) ==
        "refused by brings_what_the_channel_asks: Report requires that a report by snap brings PHOTO, POSITION");
  CHECK(given.when(of<v1::Report>("title: 'hole' channel: 'hotline' location { address: 'here' } profile: 'x'")) ==
        "refused by profile_is_known: Report requires that the profile is one of the city's");
}

TEST_CASE("T01: an order has the profile of the report, else of its channel, and the policy in force") {
  const auto given = no_order(intake_town()).by(actor("reporter"));
  const std::string snap = "channel: 'snap' evidence { id: 'p' } location { latitude: 1 }";
  CHECK(given.when(of<v1::Report>(snap)) ==
        "Reported{channel: \"snap\" location { latitude: 1 } evidence { id: \"p\" } profile: \"quick\" policy { id: "
        "\"city\" version: 1 }} -> reported");
  CHECK(given.when(of<v1::Report>(snap + "profile: 'slow'")) ==
        "Reported{channel: \"snap\" location { latitude: 1 } evidence { id: \"p\" } profile: \"slow\" policy { id: "
        "\"city\" version: 1 }} -> reported");
}

TEST_CASE("T02: who finds something handles it on the spot, with evidence of before and after") {
  const auto given = after(reported(intake_town()), v1::STAGE_REPORTED, of<v1::Attached>("evidence { id: 'before' }"))
                         .by(actor("collector"));
  CHECK(given.when(of<v1::SelfHandle>("category: '01.02' reply: 'moved' evidence { id: 'after' }")) ==
        "HandledOnSpot{category: \"01.02\" reply: \"moved\" evidence { id: \"after\" }} -> closed");
  CHECK(given.when(of<v1::SelfHandle>("category: '01.01' evidence { id: 'after' }")) ==
        "refused by category_allows_self_handling: SelfHandle requires that the category is one that may be handled on "
        "the spot");
  CHECK(given.when(of<v1::SelfHandle>("category: '01.02'")) ==
        "refused by has_evidence: SelfHandle requires that a piece of evidence is given");
  CHECK(given.when(of<v1::SelfHandle>("category: '01.09' evidence { id: 'after' }")) ==
        "refused by category_is_known: SelfHandle requires that the category is a minor one of the city's catalogue, "
        "which \"01.09\" is not; it is city version 1");
  CHECK(given.when(v1::SelfHandle()) == "refused by has_category: SelfHandle requires that a category is given");
  CHECK(reported(intake_town()).when(of<v1::SelfHandle>("category: '01.02' evidence { id: 'after' }")) ==
        "refused by has_evidence_of_before: SelfHandle requires that the report has a piece of evidence of the place "
        "before");
}

TEST_CASE("T02: a report of what was handled already closes the order in its own commit") {
  auto given = no_order().by(Actor("co-1", {"collector"}));
  const auto report = of<v1::Report>(
      "title: 'bicycle' evidence { id: 'before' } handled { category: 'bicycles' evidence { id: 'after' } }");
  const auto decided = given.decide(report);
  REQUIRE(decided);
  REQUIRE(decided->follow_ups.size() == 1);
  CHECK(decided->follow_ups[0].type() == message_type<v1::SelfHandle>());
  CHECK(decided->follow_ups[0].actor() == Actor("co-1", {"system"}));
  given.happens(report);
  given.happens(of<v1::SelfHandle>("category: 'bicycles' evidence { id: 'after' }"));
  CHECK(order(given).stage() == v1::STAGE_CLOSED);
  CHECK(order(given).self_handled());
  CHECK(order(given).outcome() == v1::OUTCOME_RESOLVED);
  CHECK(order(given).closed_at() == reported_at);
}

TEST_CASE("T03, T04: what is missing is found out before the order is filed") {
  auto given = reported().by(actor("acceptor"));
  const auto ask = of<v1::OrderPrecheck>("missing: 'how deep it is'");
  CHECK(given.when(ask) == "PrecheckOrdered{missing: \"how deep it is\"} -> precheck");
  CHECK(given.when(v1::OrderPrecheck()) ==
        "refused by says_what_is_missing: OrderPrecheck requires that it says what is to be found out");
  given.happens(ask);
  CHECK(order(given).precheck() == "how deep it is");
  given.by(actor("grid_worker"));
  CHECK(given.when(v1::SubmitPrecheck()) ==
        "refused by has_evidence: SubmitPrecheck requires that a piece of evidence is given");
  const auto found = of<v1::SubmitPrecheck>("finding: '20 cm' evidence { id: 'p2' }");
  CHECK(given.when(found) == "PrecheckDone{finding: \"20 cm\" evidence { id: \"p2\" }} -> reported");
  given.happens(found);
  CHECK(order(given).precheck().empty());
  CHECK(order(given).evidence(0).id() == "p2");
}

TEST_CASE("T05: a rejection needs a reason and a reply") {
  auto given = reported().by(actor("acceptor"));
  const auto reject = of<v1::Reject>("reason: 'private land' reply: 'please ask the owner'");
  CHECK(given.when(reject) == "Rejected{reason: \"private land\" reply: \"please ask the owner\"} -> rejected");
  CHECK(given.when(of<v1::Reject>("reply: 'no'")) == "refused by has_reason: Reject requires that a reason is given");
  CHECK(given.when(of<v1::Reject>("reason: 'no'")) ==
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
  CHECK(order(given).accepted_at() == reported_at);
}

TEST_CASE("T06: a filing condition of the category is named, unless it has one only, and says the grade") {
  const auto given = reported(intake_town()).by(actor("acceptor"));
  CHECK(given.when(of<v1::Accept>("category: '01.01' condition: 'a'")) ==
        "Accepted{category: \"01.01\" grade: GRADE_COMPLEX condition: \"a\" profile: \"slow\"} -> accepted");
  CHECK(given.when(of<v1::Accept>("category: '01.01' condition: 'a' grade: GRADE_GENERAL profile: 'plain'")) ==
        "Accepted{category: \"01.01\" grade: GRADE_GENERAL condition: \"a\" profile: \"plain\"} -> accepted");
  CHECK(given.when(of<v1::Accept>("category: '01.02'")) ==
        "Accepted{category: \"01.02\" condition: \"a\"} -> accepted");
  const std::string which =
      "refused by condition_is_known: Accept requires that one of the filing conditions of 01.01 is named: a (deep), b "
      "(any other)";
  CHECK(given.when(of<v1::Accept>("category: '01.01'")) == which);
  CHECK(given.when(of<v1::Accept>("category: '01.01' condition: 'c'")) == which);
  CHECK(given.when(of<v1::Accept>("category: '01'")).starts_with("refused by category_is_known: "));
  CHECK(given.when(of<v1::Accept>("category: '01.02' grade: 9")) ==
        "refused by grade_is_one_of_three: Accept requires that the grade is general, complex or major hazard, or left "
        "out");
  CHECK(given.when(of<v1::Accept>("category: '01.02' profile: 'x'")).starts_with("refused by profile_is_known: "));
}

TEST_CASE("T06: what is accepted as a major hazard is declared one in the same commit") {
  CHECK(reported().when(of<v1::Accept>("category: 'gas' grade: GRADE_MAJOR_HAZARD")) ==
        "Accepted{category: \"gas\" grade: GRADE_MAJOR_HAZARD} -> accepted; then work_order/A1 "
        "DeclareMajorHazard{reason: \"accepted as a major hazard\"}");
}

TEST_CASE("T06: the emergency profile summons its four units when the order is accepted") {
  CHECK(reported(intake_town()).when(of<v1::Accept>("category: '01.02' profile: 'emergency'")) ==
        "Accepted{category: \"01.02\" condition: \"a\" profile: \"emergency\"} -> accepted; then work_order/A1 "
        "BlowWhistle{kind: \"emergency\" targets: \"police\" targets: \"fire\" targets: \"water\" targets: \"power\" "
        "reason: \"the profile emergency summons these units at once\"}");
}

TEST_CASE("T01: a profile accepts by itself what the reporter suggests, if the city knows it") {
  const auto given = no_order(intake_town()).by(actor("reporter"));
  const std::string snap = "channel: 'snap' evidence { id: 'p' } location { latitude: 1 } suggested_category: ";
  const auto follows = [&](const std::string& category) {
    const auto text = given.when(of<v1::Report>(snap + category));
    const auto at = text.find("; then ");
    return at == std::string::npos ? "nothing" : text.substr(at + 7);
  };
  CHECK(follows("'01.02'") == "work_order/A1 Accept{category: \"01.02\"}");
  CHECK(follows("'01.09'") == "nothing");
  CHECK(follows("'01.01'") == "nothing");  // Which of its conditions?
}

TEST_CASE("T06: a profile dispatches by itself to the only unit that has the duty") {
  auto given =
      after(no_order(intake_town()), v1::STAGE_REPORTED, of<v1::Reported>("title: 'bicycle' profile: 'quick'"));
  CHECK(given.when(of<v1::Accept>("category: '01.02'")) ==
        "Accepted{category: \"01.02\" condition: \"a\" profile: \"quick\"} -> accepted; then work_order/A1 "
        "Dispatch{lead: \"wardens\"}");
  CHECK(given.when(of<v1::Accept>("category: '01.01' condition: 'b'")) ==
        "Accepted{category: \"01.01\" condition: \"b\" profile: \"quick\"} -> accepted");
}

TEST_CASE("T50: what another body answers for goes to it against its receipt") {
  auto given = accepted().by(actor("dispatcher"));
  const auto transfer = of<v1::TransferOut>("body: 'province' receipt: 'P-7' reason: 'a trunk road'");
  CHECK(given.when(transfer) ==
        "TransferredOut{body: \"province\" receipt: \"P-7\" reason: \"a trunk road\"} -> transferred_out");
  const std::string unnamed =
      "refused by names_body_and_receipt: TransferOut requires that the receiving body and its receipt are named";
  CHECK(given.when(of<v1::TransferOut>("body: 'province' reason: 'x'")) == unnamed);
  CHECK(given.when(of<v1::TransferOut>("receipt: 'P-7' reason: 'x'")) == unnamed);
  CHECK(dispatched().when(transfer) ==
        "refused by stage: TransferOut is not possible in stage dispatched, only in reported, accepted");
  given.happens(transfer);
  CHECK(order(given).transferred_to() == "province");
}

}  // namespace
}  // namespace pavior::city::tests
