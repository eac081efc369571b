// A storm of alerts goes through an engine and is one order.
#include <map>
#include <string>

#include "city/watched_town.h"
#include "fmt/format.h"
#include "pavior/city/alerts.h"

namespace pavior::city::tests {
namespace {

using std::chrono::seconds;

v1::Alert ice(int number, Time at) {
  v1::Alert alert;
  alert.set_id(fmt::format("a{}", number));
  alert.set_sensor("bridge 4");
  alert.set_scenario("black_ice");
  *alert.mutable_position() = crossing();
  alert.set_at(to_micros(at));
  auto& reading = *alert.add_readings();
  reading.set_name("temperature");
  reading.set_value(-number % 7);
  reading.set_unit("C");
  return alert;
}

const std::string ice_rules = R"(
  channels { name: "sensor" profile: "plain" }
  duplicates { alerts { rules { id: "ice" window { amount: 30 unit: UNIT_MINUTE } } } })";

TEST_CASE("a thousand alerts are one order with a thousand samples, and the next one after its end makes another") {
  WatchedTown town(ice_rules);
  AlertFolder folder(town.policy.policies.versions()->in_force(noon));
  const auto send = [&](const v1::Alert& alert) {
    const auto folded = folder.fold(alert).value();
    const auto receipt = town.engine->submit_and_wait(alert_command(folded, alert, {"sensor", "", pothole}));
    if (!receipt) FAIL(receipt.error());
    return folded.storm.order();
  };
  std::map<std::string, int> sent;
  for (int i = 0; i < 1000; ++i) {
    ++sent[send(ice(i, town.runtime.now()))];
    town.runtime.advance_by(seconds(2));
  }
  REQUIRE(sent.size() == 1);
  const auto first = sent.begin()->first;
  const auto order = town.order(first);
  CHECK(order.title() == "black ice");
  CHECK(order.description() == "temperature 0 C");
  CHECK(order.channel() == "sensor");
  CHECK(order.profile() == "plain");
  CHECK(order.external_reference() == "a0");
  CHECK(order.location().latitude() == crossing().latitude());
  CHECK(order.alerts().samples() == 1000);
  CHECK(order.alerts().first() == to_micros(noon));
  CHECK(order.alerts().last() == to_micros(noon + seconds(1998)));
  CHECK(order.alerts().readings(0).least() == -6);
  CHECK(order.alerts().readings(0).most() == 0);

  town.act(first, of<v1::ForceClose>("reason: 'gritted'"));
  const auto late = ice(1000, town.runtime.now());
  const auto refused = town.engine->submit_and_wait(alert_command(folder.fold(late).value(), late));
  CHECK(refused.error().rule() == "stage");
  folder.end(first);
  const auto second = send(late);  // Under the id that was refused.
  CHECK(second != first);
  CHECK(town.order(second).alerts().samples() == 1);
  CHECK(town.order(first).alerts().samples() == 1000);
  CHECK(town.engine->verify().value().problems.empty());
}

TEST_CASE("an alert that is sent again adds nothing") {
  WatchedTown town(ice_rules);
  AlertFolder folder(town.policy.policies.versions()->in_force(noon));
  const auto send = [&](const v1::Alert& alert) {
    return town.engine->submit_and_wait(alert_command(folder.fold(alert).value(), alert));
  };
  REQUIRE(send(ice(1, noon)));
  REQUIRE(send(ice(2, noon + seconds(1))));
  CHECK(send(ice(2, noon + seconds(1)))->repeated);
  CHECK(send(ice(1, noon)).error().code() == ErrorCode::conflict);
  const auto order =
      AlertRulebook(town.policy.policies.versions()->in_force(noon)).fold({}, ice(1, noon))->storm.order();
  CHECK(town.order(order).alerts().samples() == 2);
}

TEST_CASE("an alert without an id, a place and readings is a report as well") {
  v1::Alert alert;
  alert.set_sensor("s");
  alert.set_scenario("fog");
  const AlertRulebook rulebook(town_and(ice_rules));
  const auto command = alert_command(rulebook.fold({}, alert).value(), alert);
  CHECK(command.id().empty());
  CHECK(command.actor().has_role(roles::system));
  const auto report = unpack<v1::Report>(command.type(), command.payload()).value();
  CHECK(report.title() == "fog");
  CHECK(report.description().empty());
  CHECK_FALSE(report.has_location());
  CHECK(report.reporter().kind() == "sensor");
  CHECK(report.alert().sensor() == "s");
}

}  // namespace
}  // namespace pavior::city::tests
