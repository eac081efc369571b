// Which orders are candidates of a new report, and which are not.
#include "city/duplicates.h"

#include <limits>

namespace pavior::city::tests {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

/// The candidates of a report, of one other order.
std::string found(const std::string& rules, const DuplicateReport& known, const DuplicateReport& fresh) {
  DuplicateIndex index(town_and("duplicates { " + rules + " }"));
  index.put(known, v1::STAGE_ACCEPTED);
  return keys(index.find(fresh));
}

DuplicateReport at(std::string_view key, v1::Position position, Time time = noon) {
  auto one = report(key, time);
  one.position = position;
  return one;
}

TEST_CASE("without duplicate rules nothing is kept and nothing found") {
  DuplicateIndex index(policy_of(town()));
  index.put(report("A"), v1::STAGE_ACCEPTED);
  CHECK(index.size() == 0);
  const auto answer = index.find(report("B"));
  CHECK(answer.candidates().empty());
  CHECK(answer.action() == v1::DuplicateRule::NOTHING);
}

TEST_CASE("by default orders of the same category within 150 feet and three hours are suggested, with reasons") {
  DuplicateIndex index(town_and("duplicates {}"));
  auto known = at("A", crossing(38), noon - minutes(41));
  known.title = "Broken street light";
  known.reporter = "p1";
  index.put(known, v1::STAGE_ACCEPTED);
  auto fresh = report("B");
  fresh.title = "broken  street-light!";
  fresh.reporter = "p1";
  const auto answer = index.find(fresh);
  REQUIRE(keys(answer) == "A");
  CHECK(answer.action() == v1::DuplicateRule::SUGGEST);
  CHECK(answer.policy().id() == "town");
  CHECK(answer.policy().version() == 1);
  CHECK(answer.at() == noon.time_since_epoch().count());
  CHECK(reasons(answer.candidates(0)) ==
        "38 m away, 41 minutes earlier, same category 01.01, title 100% alike, same reporter");
  // (3 * 0.169 + 1 * 0.772 + 1 + 2 + 1) / 8
  CHECK(answer.candidates(0).score() == 0.66);
}

TEST_CASE("exactly as far away, and exactly as long ago, is still a candidate") {
  const std::string rules = "standard { metres: 50 window { amount: 30 unit: UNIT_MINUTE } }";
  const auto fresh = report("B");
  CHECK(found(rules, at("A", crossing(50)), fresh) == "A");
  CHECK(found(rules, at("A", crossing(50.001)), fresh) == "");
  CHECK(found(rules, at("A", crossing(-50)), fresh) == "A");
  CHECK(found(rules, at("A", crossing(-50.001)), fresh) == "");
  CHECK(found(rules, at("A", crossing(0, 50)), fresh) == "A");
  CHECK(found(rules, at("A", crossing(0, 50.002)), fresh) == "");
  for (const int sign : {-1, 1}) {
    CHECK(found(rules, report("A", noon + sign * minutes(30)), fresh) == "A");
    CHECK(found(rules, report("A", noon + sign * (minutes(30) + microseconds(1))), fresh) == "");
  }
}

TEST_CASE("what is no position matches nothing, whatever stands on the other side") {
  const std::string rules =
      "area { south: 31 west: 116 north: 33 east: 118 } no_places { latitude: 31.5 longitude: 117.5 }";
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& none : {position(0, 0), position(nan, 117.28), position(31.82, nan), position(117.28, 31.82),
                           position(31.82, 500), position(90, 0), position(31.5, 117.5), position(42.36, -71.06)}) {
    INFO(none.latitude() << ", " << none.longitude());
    CHECK(found(rules, at("A", none), at("B", none)) == "");
    CHECK(found(rules, at("A", crossing()), at("B", none)) == "");
    CHECK(found(rules, at("A", none), at("B", crossing())) == "");
  }
  // Swapped, Boston is in the Antarctic: only the city's area tells.
  CHECK(found("", at("A", position(-71.06, 42.36)), at("B", position(-71.06, 42.36))) == "A");
  CHECK(found(rules, at("A", position(-71.06, 42.36)), at("B", position(-71.06, 42.36))) == "");
}

TEST_CASE("places on both sides of the date line are near each other") {
  CHECK(found("", at("A", position(-17, 179.9999)), at("B", position(-17, -179.9999))) == "A");
  CHECK(found("", at("A", position(-17, 180)), at("B", position(-17, -180))) == "A");
  CHECK(found("", at("A", position(-17, 179.999)), at("B", position(-17, -179.999))) == "");
}

TEST_CASE("where no distance is known the same address does, written in whatever way") {
  auto known = report("A");
  known.position.reset();
  known.address = "人民路１２号，Building Ｂ";
  auto fresh = report("B");
  fresh.address = "人民路 12 号 building b";
  CHECK(found("", known, fresh) == "A");
  fresh.position.reset();
  CHECK(found("", known, fresh) == "A");
  fresh.address = "人民路 13 号 building b";
  CHECK(found("", known, fresh) == "");
  fresh.address = known.address = "，";
  CHECK(found("", known, fresh) == "");
}

TEST_CASE("the same address far away is another one") {
  auto known = at("A", crossing(500)), fresh = report("B");
  known.address = fresh.address = "Main Street";
  CHECK(found("", known, fresh) == "");
}

TEST_CASE("the same reporter counts as the rule says") {
  struct Case {
    const char* rule;
    const char* near_same;
    const char* near_other;
    const char* nowhere_same;
    const char* far_same;
  };
  for (const auto& one : {Case{"WEIGHED", "A", "A", "", ""}, Case{"STANDS_FOR_PLACE", "A", "A", "A", ""},
                          Case{"NEEDED", "A", "", "A", ""}, Case{"EXCLUDED", "", "A", "", ""}}) {
    INFO(one.rule);
    const auto rules = fmt::format("standard {{ same_reporter: {} }}", one.rule);
    auto known = report("A"), fresh = report("B");
    known.reporter = fresh.reporter = "p1";
    CHECK(found(rules, known, fresh) == one.near_same);
    fresh.position.reset();
    CHECK(found(rules, known, fresh) == one.nowhere_same);
    fresh.position = crossing(100);
    CHECK(found(rules, known, fresh) == one.far_same);
    fresh.position = crossing();
    fresh.reporter = "p2";
    CHECK(found(rules, known, fresh) == one.near_other);
    // Nobody is not the same as nobody.
    known.reporter = fresh.reporter = "";
    CHECK(found(rules, known, fresh) == one.near_other);
  }
}

TEST_CASE("categories match as the rule of the new report's category says") {
  const auto of = [](std::string_view key, std::string_view category) {
    auto one = report(key);
    one.category = category;
    return one;
  };
  CHECK(found("", of("A", "01.02"), of("B", "01.01")) == "");
  const std::string major = "categories { category: \"01.01\" rule { match: SAME_MAJOR } }";
  CHECK(found(major, of("A", "01.02"), of("B", "01.01")) == "A");
  CHECK(found(major, of("A", "01.01"), of("B", "01.02")) == "");
  CHECK(found(major, of("A", "elsewhere"), of("B", "01.01")) == "");
  CHECK(found("standard { match: ANY_CATEGORY }", of("A", "elsewhere"), of("B", "01.01")) == "A");
  // What a minor's rule leaves out is its major's, then the standard one.
  const std::string nested =
      "standard { metres: 10 } categories { category: \"01\" rule { metres: 100 } } "
      "categories { category: \"01.02\" rule { match: SAME_MAJOR } }";
  auto far = of("A", "01.02");
  far.position = crossing(90);
  CHECK(found(nested, far, of("B", "01.02")) == "A");
  CHECK(found("categories { category: \"01.02\" rule { action: NOTHING } }", of("A", "01.02"), of("B", "01.02")) == "");
}

TEST_CASE("texts that are too different are no duplicates, and texts that are missing say nothing") {
  auto known = report("A"), fresh = report("B");
  known.title = "人民路与解放路交叉口路灯不亮";
  fresh.title = "解放路交叉口的路灯不亮了";
  CHECK(found("standard { text_min: 0.5 }", known, fresh) == "A");
  CHECK(found("standard { text_min: 0.9 }", known, fresh) == "");
  fresh.title = "小区门口有人乱停车";
  CHECK(found("standard { text_min: 0.1 }", known, fresh) == "");
  fresh.title = "";
  CHECK(found("standard { text_min: 0.9 }", known, fresh) == "A");
  known.address = "12 Main Street";
  fresh.address = "9 Harbor View Avenue";
  CHECK(found("standard { address_min: 0.5 }", known, fresh) == "");
}

TEST_CASE("only a candidate that scores enough is merged") {
  const std::string rules =
      "standard { action: MERGE merge_score_min: 0.9 score_min: 0.5 weights { near: 1 } metres: 100 }";
  DuplicateIndex index(town_and("duplicates { " + rules + " }"));
  index.put(at("far", crossing(51)), v1::STAGE_ACCEPTED);
  index.put(at("middle", crossing(50)), v1::STAGE_ACCEPTED);
  auto answer = index.find(report("new"));
  CHECK(keys(answer) == "middle");
  CHECK(answer.action() == v1::DuplicateRule::SUGGEST);
  index.put(at("near", crossing(10)), v1::STAGE_ACCEPTED);
  answer = index.find(report("new"));
  CHECK(keys(answer) == "near, middle");
  CHECK(answer.action() == v1::DuplicateRule::MERGE);
  CHECK(answer.candidates(0).score() == 0.9);
}

TEST_CASE("equal scores are told oldest first, then by key, and only so many") {
  DuplicateIndex index(town_and("duplicates { standard { weights { category: 1 } } candidates_max: 3 }"));
  for (const auto* key : {"D", "B", "E"}) index.put(report(key), v1::STAGE_ACCEPTED);
  index.put(report("Z", noon - hours(1)), v1::STAGE_ACCEPTED);
  const auto answer = index.find(report("new"));
  CHECK(keys(answer) == "Z, B, D");
  CHECK(answer.candidates_left_off() == 1);
}

TEST_CASE("an order is a candidate while it is open, and again once it is reopened") {
  DuplicateIndex index(town_and("duplicates {}"));
  index.put(report("A"), v1::STAGE_REPORTED);
  CHECK(keys(index.find(report("A"))) == "");
  CHECK(keys(index.find(report("B"))) == "A");
  for (const auto ended : {v1::STAGE_CLOSED, v1::STAGE_MERGED, v1::STAGE_VOIDED, v1::STAGE_ARCHIVED}) {
    index.set_stage("A", ended);
    CHECK(keys(index.find(report("B"))) == "");
    index.set_stage("A", v1::STAGE_IN_PROGRESS);
    CHECK(keys(index.find(report("B"))) == "A");
  }
  index.set_stage("nobody", v1::STAGE_CLOSED);
  CHECK(index.size() == 1);
}

TEST_CASE("an order that was moved or classified anew is found where it is now") {
  DuplicateIndex index(town_and("duplicates {}"));
  index.put(report("A"), v1::STAGE_REPORTED);
  index.put(at("A", crossing(1000)), v1::STAGE_ACCEPTED);
  CHECK(index.size() == 1);
  CHECK(keys(index.find(report("B"))) == "");
  CHECK(keys(index.find(at("B", crossing(1000)))) == "A");
  index.set_category("A", "01.02");
  index.set_category("nobody", "01.02");
  CHECK(keys(index.find(at("B", crossing(1000)))) == "");
  auto other = at("B", crossing(1000));
  other.category = "01.02";
  CHECK(keys(index.find(other)) == "A");
  index.erase("A");
  index.erase("A");
  CHECK(keys(index.find(at("B", crossing(1000)))) == "");
}

TEST_CASE("orders leave when their window has passed, and not a microsecond before") {
  DuplicateIndex index(town_and("duplicates {}"));
  CHECK(index.window_max() == hours(3));
  index.put(report("A"), v1::STAGE_REPORTED);
  index.forget(noon + hours(3));
  CHECK(keys(index.find(report("B", noon + hours(3)))) == "A");
  index.forget(noon + hours(3) + microseconds(1));
  CHECK(index.size() == 0);
}

TEST_CASE("beyond the limit the oldest leave, and are counted") {
  DuplicateLimits limits;
  limits.entries_max = 2;
  DuplicateIndex index(town_and("duplicates {}"), limits);
  for (int i = 3; i > 0; --i) index.put(report(std::to_string(i), noon + minutes(i)), v1::STAGE_REPORTED);
  CHECK(index.size() == 2);
  CHECK(index.left_early() == 1);
  CHECK(keys(index.find(report("new", noon + minutes(3)))) == "3, 2");
}

TEST_CASE("an order's own fields are compared") {
  v1::WorkOrder order;
  order.set_title("title");
  order.set_description("description");
  order.set_category("01.01");
  order.mutable_reporter()->set_id("p1");
  order.mutable_location()->set_latitude(31.82);
  order.mutable_location()->set_longitude(117.28);
  order.mutable_location()->set_address("address");
  order.set_reported_at(noon.time_since_epoch().count());
  DuplicateIndex index(town_and("duplicates {}"));
  index.put(duplicate_report("A", order), v1::STAGE_REPORTED);
  const auto answer = index.find(duplicate_report("B", order));
  REQUIRE(keys(answer) == "A");
  CHECK(reasons(answer.candidates(0)) ==
        "0 m away, at the same time, same category 01.01, title 100% alike, description 100% alike, same address, same "
        "reporter");
  CHECK(answer.candidates(0).score() == 1);
}

}  // namespace
}  // namespace pavior::city::tests
