// One storm of alerts is one order with many samples.
#include "pavior/city/alerts.h"

#include <limits>

#include "city/duplicates.h"

namespace pavior::city::tests {
namespace {

using std::chrono::microseconds;
using std::chrono::minutes;

Policy bridges(const std::string& rule) {
  return town_and("duplicates { alerts { rules { id: \"ice\" " + rule + " } } }");
}

v1::Alert alert(const std::string& sensor, Time at, double temperature = -1) {
  v1::Alert alert;
  alert.set_sensor(sensor);
  alert.set_scenario("ice");
  alert.set_at(at.time_since_epoch().count());
  auto& reading = *alert.add_readings();
  reading.set_name("temperature");
  reading.set_value(temperature);
  reading.set_unit("C");
  return alert;
}

/// One sensor's alerts, in minutes after noon: an 'o' for each that opens, an 's' for each sample.
std::string folded(const Policy& policy, const std::vector<int>& at) {
  AlertFolder folder(policy);
  std::string text;
  for (const int minute : at) text += folder.fold(alert("s1", noon + minutes(minute))).value().opens ? 'o' : 's';
  return text;
}

TEST_CASE("the first alert makes an order, and the others are its samples") {
  AlertFolder folder(bridges("window { amount: 30 unit: UNIT_MINUTE }"));
  const auto first = folder.fold(alert("s1", noon, -1)).value();
  CHECK(first.opens);
  (void)folder.fold(alert("s1", noon + minutes(5), -4));
  auto last = alert("s1", noon + minutes(9), -2);
  last.add_readings()->set_name("humidity");
  const auto folded = folder.fold(last).value();
  CHECK_FALSE(folded.opens);
  const auto& storm = folded.storm;
  CHECK(storm.order() == first.storm.order());
  CHECK(storm.samples() == 3);
  CHECK(storm.first() == noon.time_since_epoch().count());
  CHECK(storm.last() == (noon + minutes(9)).time_since_epoch().count());
  REQUIRE(storm.readings_size() == 2);
  CHECK(storm.readings(0).name() == "humidity");
  CHECK(storm.readings(0).count() == 1);
  CHECK(storm.readings(1).unit() == "C");
  CHECK(storm.readings(1).count() == 3);
  CHECK(storm.readings(1).least() == -4);
  CHECK(storm.readings(1).most() == -1);
  CHECK(storm.readings(1).last() == -2);
}

TEST_CASE("a window begins anew with every sample, or is fixed, or lasts as long as the order") {
  CHECK(folded(bridges("window { amount: 30 unit: UNIT_MINUTE }"), {0, 20, 40, 60, 90, 91}) == "osssos");
  CHECK(folded(bridges("lasting: FIXED window { amount: 30 unit: UNIT_MINUTE }"), {0, 20, 29, 30, 59, 60}) == "ossoso");
  CHECK(folded(bridges("lasting: UNTIL_ENDED"), {0, 1000, 100'000}) == "oss");
}

TEST_CASE("the end of a window is not part of it") {
  for (const char* lasting : {"RESTARTED", "FIXED"}) {
    const auto policy = bridges(fmt::format("lasting: {} window {{ amount: 30 unit: UNIT_MINUTE }}", lasting));
    for (const int late : {0, 1}) {
      AlertFolder folder(policy);
      (void)folder.fold(alert("s1", noon));
      const auto next = folder.fold(alert("s1", noon + minutes(30) - microseconds(1) + microseconds(late)));
      CHECK(next.value().opens == (late == 1));
    }
  }
}

TEST_CASE("after the order has ended a new alert makes a new order") {
  AlertFolder folder(bridges("window { amount: 30 unit: UNIT_MINUTE }"));
  const auto first = folder.fold(alert("s1", noon)).value().storm.order();
  folder.end("another order");
  CHECK_FALSE(folder.fold(alert("s1", noon + minutes(1))).value().opens);
  folder.end(first);
  CHECK(folder.size() == 0);
  const auto second = folder.fold(alert("s1", noon + minutes(2))).value();
  CHECK(second.opens);
  CHECK(second.storm.order() != first);
  CHECK(second.storm.samples() == 1);
  folder.end(first);
  CHECK_FALSE(folder.fold(alert("s1", noon + minutes(3))).value().opens);
}

TEST_CASE("sensors and scenarios are apart, and sensors of one place together if the rule says so") {
  const auto second_opens = [](const std::string& rule, v1::Alert second) {
    AlertFolder folder(bridges("window { amount: 30 unit: UNIT_MINUTE } " + rule));
    auto first = alert("s1", noon);
    *first.mutable_position() = crossing();
    (void)folder.fold(first);
    return folder.fold(second).value().opens;
  };
  auto other = alert("s2", noon);
  *other.mutable_position() = crossing();
  CHECK(second_opens("", other));
  CHECK_FALSE(second_opens("by: PLACE", other));
  *other.mutable_position() = crossing(5000);
  CHECK(second_opens("by: PLACE", other));
  other.clear_position();
  CHECK(second_opens("by: PLACE", other));
  *other.mutable_position() = crossing();
  other.set_scenario("water_film");
  CHECK(second_opens("by: PLACE", other));
}

TEST_CASE("alerts that no rule fits are samples until their order ends") {
  AlertFolder folder(bridges("scenarios: \"water_film\" window { amount: 1 unit: UNIT_MINUTE }"));
  CHECK(folder.fold(alert("s1", noon)).value().opens);
  CHECK_FALSE(folder.fold(alert("s1", noon + minutes(1000))).value().opens);
  AlertFolder without(policy_of(town()));
  CHECK(without.fold(alert("s1", noon)).value().opens);
  CHECK_FALSE(without.fold(alert("s1", noon + minutes(1000))).value().opens);
}

TEST_CASE("an alert that comes late moves the first instant, and the last reading stays") {
  AlertFolder folder(bridges("window { amount: 30 unit: UNIT_MINUTE }"));
  (void)folder.fold(alert("s1", noon, -1));
  const auto late = folder.fold(alert("s1", noon - minutes(29), -9)).value();
  CHECK_FALSE(late.opens);
  CHECK(late.storm.first() == (noon - minutes(29)).time_since_epoch().count());
  CHECK(late.storm.last() == noon.time_since_epoch().count());
  CHECK(late.storm.readings(0).last() == -1);
  CHECK(late.storm.readings(0).least() == -9);
}

TEST_CASE("an alert that makes no sense is refused by its field, and changes nothing") {
  AlertFolder folder(bridges("window { amount: 30 unit: UNIT_MINUTE }"));
  const auto said = [&](auto change) {
    auto one = alert("s1", noon);
    change(one);
    const auto folded = folder.fold(one);
    CHECK(folder.size() == 0);
    return folded ? "sound" : folded.error().message();
  };
  CHECK(said([](auto& one) { one.clear_sensor(); }) == "sensor: is missing; name the sensor");
  CHECK(said([](auto& one) { one.clear_scenario(); }) == "scenario: is missing; write what is sensed, as \"ice\"");
  CHECK(said([](auto& one) { one.set_at(-1); }) == "at: is no time from 1970 to 9999; write microseconds since 1970");
  CHECK(said([](auto& one) { one.mutable_readings(0)->set_value(std::numeric_limits<double>::quiet_NaN()); }) ==
        "readings[0].value: is no number; leave the reading out");
  CHECK(said([](auto& one) { *one.add_readings() = one.readings(0); }) ==
        "readings[1].name: temperature is there already; send one of the two");
  CHECK(said([](auto& one) { one.add_readings(); }) == "readings[1].name: is missing; say what was read");
}

TEST_CASE("a folder goes on from its state as if nothing had happened") {
  const auto policy = bridges("window { amount: 30 unit: UNIT_MINUTE }");
  AlertFolder folder(policy);
  const auto first = folder.fold(alert("s1", noon)).value().storm;
  (void)folder.fold(alert("s2", noon));
  auto restored = AlertFolder::restored(policy, folder.state());
  REQUIRE(restored);
  CHECK(restored->state().SerializeAsString() == folder.state().SerializeAsString());
  CHECK_FALSE(restored->fold(alert("s1", noon + minutes(29))).value().opens);
  restored->end(first.order());
  CHECK(restored->fold(alert("s1", noon + minutes(29))).value().opens);
  auto state = folder.state();
  *state.add_cases() = state.cases(0);
  CHECK(AlertFolder::restored(policy, state).error().message() ==
        "cases[2]: 3:ice|sensor s1 of rule ice is there already; rebuild the state from the alerts");
}

TEST_CASE("a row by itself is folded as the folder does") {
  const AlertRulebook rules(bridges("window { amount: 30 unit: UNIT_MINUTE }"));
  auto row = rules.storm(alert("s1", noon)).value();
  CHECK(row.samples() == 0);
  row = rules.fold(row, alert("s1", noon)).value().storm;
  CHECK(rules.fold(row, alert("s1", noon + minutes(1))).value().storm.samples() == 2);
  row.set_ended(true);
  CHECK(rules.fold(row, alert("s1", noon + minutes(1))).value().opens);
}

}  // namespace
}  // namespace pavior::city::tests
