// What is found of an order beside others is on the order, and was looked for outside.
#include <string>

#include "city/cities.h"
#include "city/orders.h"
#include "fmt/format.h"
#include "pavior/city/v1/notices.pb.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

const std::string two_candidates = R"(suggestion { action: SUGGEST
  candidates { order: 'B2' score: 0.627 reasons { name: 'near' value: 0.17 why: '38 m away' } }
  candidates { order: 'C3' score: 0.5 } })";

const std::string warning = R"(warning { rule: 'often' key: 'r-1' by: REPORTER colour: YELLOW count: 5
  orders: ['A0', 'A1'] reason: '5 reports of one person within 24 hours' })";

std::string alert_at(std::int64_t at, double temperature) {
  return fmt::format("alert {{ sensor: 's1' scenario: 'ice' at: {} readings {{ name: 't' value: {} unit: 'C' }} }}", at,
                     temperature);
}

TEST_CASE("T41: the order keeps the latest suggestion, with scores and reasons") {
  auto given = reported();
  given.happens(of<v1::SuggestDuplicates>(two_candidates));
  REQUIRE(order(given).duplicates().candidates_size() == 2);
  CHECK(order(given).duplicates().candidates(0).reasons(0).why() == "38 m away");
  given.happens(of<v1::SuggestDuplicates>("suggestion { candidates { order: 'D4' score: 1 } }"));
  REQUIRE(order(given).duplicates().candidates_size() == 1);
  CHECK(order(given).duplicates().candidates(0).order() == "D4");
  CHECK(order(given).stage() == v1::STAGE_REPORTED);
}

TEST_CASE("T41: a suggestion names others, each once, with a score that is one, and not too many") {
  const auto refused = [](const std::string& suggestion) {
    return reported().when(of<v1::SuggestDuplicates>(suggestion)).starts_with("refused by suggests_others: ");
  };
  CHECK(refused(""));
  CHECK(refused("suggestion { candidates { order: 'A1' score: 0.5 } }"));
  CHECK(refused("suggestion { candidates { score: 0.5 } }"));
  CHECK(refused("suggestion { candidates { order: 'B2' score: 1.1 } }"));
  CHECK(refused("suggestion { candidates { order: 'B2' score: nan } }"));
  CHECK(refused("suggestion { candidates { order: 'B2' score: 0.5 } candidates { order: 'B2' score: 0.4 } }"));
  std::string many;
  for (int i = 0; i < 100; ++i) many += fmt::format("candidates {{ order: 'N{}' score: 0.5 }} ", i);
  CHECK_FALSE(refused("suggestion { " + many + "}"));
  CHECK(refused("suggestion { " + many + "candidates { order: 'N100' score: 0.5 } }"));
  CHECK(closed().when(of<v1::SuggestDuplicates>(two_candidates)).starts_with("refused by stage: "));
}

TEST_CASE("T48: a repeat is on the order, and the supervisors are told") {
  auto given = dispatched();
  const auto reaction = given.happens(of<v1::WarnOfRepeat>(warning));
  REQUIRE(reaction.effects.size() == 1);
  CHECK(reaction.effects[0].topic == staff_notice_topic);
  v1::StaffNotice notice;
  REQUIRE(parse(reaction.effects[0].payload, notice));
  CHECK(notice.kind() == "repeat");
  CHECK(notice.order() == "A1");
  CHECK(notice.unit() == "works");
  CHECK(notice.level() == v1::YELLOW);
  CHECK(notice.roles(0) == "supervisor");
  CHECK(notice.text() == "5 reports of one person within 24 hours");
  REQUIRE(order(given).repeats_size() == 1);
  CHECK(order(given).repeats(0).orders_size() == 2);
}

TEST_CASE("T48: the last warning of each rule is kept, and of many rules the latest") {
  auto given = closed();
  const auto warn = [&](const std::string& rule, const char* colour) {
    given.happens(of<v1::WarnOfRepeat>(
        fmt::format("warning {{ rule: '{}' colour: {} orders: 'A1' reason: 'often' }}", rule, colour)));
  };
  warn("one", "BLUE");
  warn("two", "BLUE");
  warn("one", "RED");
  REQUIRE(order(given).repeats_size() == 2);
  CHECK(order(given).repeats(0).rule() == "two");
  CHECK(order(given).repeats(1).colour() == v1::RED);
  for (int i = 0; i < 16; ++i) warn(fmt::format("more {}", i), "BLUE");
  CHECK(order(given).repeats_size() == 16);
  CHECK(order(given).repeats(0).rule() == "more 0");
}

TEST_CASE("T48: a warning says what repeats") {
  for (const char* unsound :
       {"", "warning { colour: RED orders: 'A1' reason: 'often' }",
        "warning { rule: 'r' orders: 'A1' reason: 'often' }", "warning { rule: 'r' colour: RED reason: 'often' }",
        "warning { rule: 'r' colour: RED orders: 'A1' }"})
    CHECK(reported().when(of<v1::WarnOfRepeat>(unsound)).starts_with("refused by says_what_repeats: "));
  CHECK(merged().when(of<v1::WarnOfRepeat>(warning)).starts_with("refused by stage: "));
}

TEST_CASE("T01: a report by a sensor is the first sample of its order, and counts with the others") {
  auto given = no_order();
  given.happens(of<v1::Report>("title: 'ice' " + alert_at(2000, -1)));
  given.happens(of<v1::AddAlertSample>(alert_at(5000, -4)));
  given.happens(of<v1::AddAlertSample>(alert_at(3000, -2)));  // It came late.
  const auto& alerts = order(given).alerts();
  CHECK(alerts.scenario() == "ice");
  CHECK(alerts.samples() == 3);
  CHECK(alerts.first() == 2000);
  CHECK(alerts.last() == 5000);
  REQUIRE(alerts.readings_size() == 1);
  CHECK(alerts.readings(0).count() == 3);
  CHECK(alerts.readings(0).least() == -4);
  CHECK(alerts.readings(0).most() == -1);
  CHECK(alerts.readings(0).last() == -4);
  CHECK(order(given).stage() == v1::STAGE_REPORTED);
}

TEST_CASE("T01: however many names readings have, an order keeps 64 of them") {
  auto given = reported();
  for (int i = 0; i < 70; ++i)
    given.happens(of<v1::AddAlertSample>(
        fmt::format("alert {{ sensor: 's' scenario: 'ice' readings {{ name: 'r{:02}' value: 1 }} }}", i)));
  CHECK(order(given).alerts().samples() == 70);
  REQUIRE(order(given).alerts().readings_size() == 64);
  CHECK(order(given).alerts().readings(63).name() == "r63");
}

TEST_CASE("T01: an alert is sound, and a refusal says what is not") {
  const std::string unsound = "alert { sensor: 's1' scenario: 'ice' readings { value: 1 } }";
  CHECK(reported().when(of<v1::AddAlertSample>(unsound)) ==
        "refused by alert_is_sound: AddAlertSample requires that the alert has a sensor, a scenario, a time and sound "
        "readings, but readings[0].name: is missing; say what was read");
  CHECK(reported().when(v1::AddAlertSample()).starts_with("refused by alert_is_sound: "));
  CHECK(no_order().when(of<v1::Report>("title: 'ice' " + unsound)).starts_with("refused by alert_is_sound: "));
  CHECK(closed().when(of<v1::AddAlertSample>(alert_at(1, 1))).starts_with("refused by stage: "));
}

TEST_CASE("what is found of an order is left to the system") {
  auto given = reported();
  given.by(actor("supervisor"));
  CHECK(given.when(of<v1::SuggestDuplicates>(two_candidates)).starts_with("refused by role: "));
  CHECK(given.when(of<v1::WarnOfRepeat>(warning)).starts_with("refused by role: "));
  CHECK(given.when(of<v1::AddAlertSample>(alert_at(1, 1))).starts_with("refused by role: "));
}

}  // namespace
}  // namespace pavior::city::tests
