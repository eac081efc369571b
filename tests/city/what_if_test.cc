// Other rules and limits on a short history whose figures can be reckoned by hand.
#include "pavior/city/what_if.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "city/clocked_city.h"
#include "pavior/city/dispatch_world.h"

namespace pavior::city::tests {
namespace {

using std::chrono::hours;

std::string clocks_of(int limit) {
  return "clocks { name: 'HND' calendar: 'cn' limits { limit { amount: " + std::to_string(limit) +
         " unit: UNIT_HOUR } } starts: 'Dispatched' stops: 'ResultConfirmed' cancels: 'Returned' }";
}

/// Three roads from 10:00 on: A1 takes east 10 hours; A2 is handed back by east and takes west 6 hours, 11 hours after
/// the first one began; A3 takes west 30 hours, which is 6 too many.
struct Roads {
  Roads() {
    for (const char* order : {"A1", "A2", "A3"}) {
      city.act(build<v1::Report>([](auto& m) { m.set_title("hole"); }), order);
      city.act(build<v1::Accept>([](auto& m) { m.set_category("roads"); }), order);
    }
    dispatch("A1", "east").work("A1");
    after(1).dispatch("A2", "east").dispatch("A3", "west").work("A3");
    city.act(of<v1::RequestReturn>("reason: 'not ours' basis: 'article 3'"), "A2");
    after(3).city.act(v1::ApproveReturn(), "A2");
    after(1).city.act(of<v1::Redispatch>("lead: 'west' reason: 'theirs'"), "A2");
    work("A2");
    after(5).done("A1");
    after(1).done("A2");
    after(20).done("A3");
  }

  Roads& after(int time) {
    city.runtime.advance_to(city.runtime.now() + hours(time));
    return *this;
  }
  Roads& dispatch(const std::string& order, const std::string& lead) {
    city.act(build<v1::Dispatch>([&](auto& m) { m.set_lead(lead); }), order);
    return *this;
  }
  Roads& work(const std::string& order) {
    city.act(v1::Acknowledge(), order).act(v1::StartWork(), order);
    return *this;
  }
  Roads& done(const std::string& order) {
    city.act(of<v1::SubmitResult>("outcome: OUTCOME_RESOLVED reply: 'filled'"), order);
    return *this;
  }

  [[nodiscard]] WhatIf ask(const std::string& rows, int limit = 24, const WhatIfOptions& options = {}) const {
    const auto calendars = testing::calendars_of(city.calendar);
    auto catalogue = read_catalogue("id: 'town' version: 2 zone: 'Asia/Shanghai' clocks { " + clocks_of(limit) +
                                        " } dispatch { tables { id: 'all' " + rows + " } }",
                                    calendars);
    if (!catalogue) FAIL(catalogue.error());
    v1::PolicyVersion version;
    version.set_id("units");
    std::vector<v1::HandlingUnit> units(2);
    units[0].set_id("east");
    units[1].set_id("west");
    const Proposal proposal{
        Policy::make(*catalogue, calendars).value(), std::make_shared<MemoryWorld>(version, units), {}};
    auto answer = what_if(*city.engine, proposal, options);
    if (!answer) FAIL(answer.error());
    return *std::move(answer);
  }

  ClockedCity city{"2024-03-08 10:00", clocks_of(24)};
};

const std::string all_to_west = "rows { id: 'r' then { unit: 'west' } }";

TEST_CASE("what the rules in force did comes out as it was") {
  const Roads roads;
  const auto answer = roads.ask("rows { id: 'r' then { unit: 'east' } }");
  CHECK(answer.orders == 3);
  CHECK(answer.rounds == 3);
  CHECK(answer.recorded.dispatches == 4);
  CHECK(answer.recorded.handed_back == 1);
  CHECK(answer.recorded.measured == 3);
  CHECK(answer.recorded.on_time == 2);
  CHECK(answer.recorded.handling.mean == std::chrono::minutes(1000));
  CHECK(answer.recorded.handling.median == hours(10));
  CHECK(answer.recorded.handling.p90 == hours(30));
  CHECK(answer.recorded.units.at("east").orders == 2);
  CHECK(answer.recorded.units.at("east").at_work_most == 2);
  CHECK(answer.recorded.units.at("west").at_work_most == 2);
}

TEST_CASE(
    "an order that goes to the right unit at once is done earlier, and one that moves takes what they take there") {
  const Roads roads;
  const auto answer = roads.ask(all_to_west);
  CHECK(answer.same == 1);
  CHECK(answer.moved == std::vector<Moved>{{"east", "west", 2}});
  CHECK(answer.handled == 3);
  CHECK(answer.right_recorded == 2);
  CHECK(answer.right_proposed == 2);
  CHECK(answer.proposed.dispatches == 3);
  CHECK(answer.proposed.handed_back == 0);
  CHECK(answer.proposed.handling.mean == hours(42) / 3);
  CHECK(answer.proposed.handling.median == hours(6));
  CHECK(answer.proposed.units.at("west").orders == 3);
  CHECK(answer.proposed.units.at("west").at_work_most == 3);
  CHECK(answer.proposed.units.count("east") == 0);
  REQUIRE(answer.examples.size() == 2);
  CHECK(answer.examples[0].order == "A1");
  CHECK(answer.examples[0].why.row() == "r");
}

TEST_CASE("a unit that hands the order back would do so again, and the rules are asked again") {
  const Roads roads;
  const auto answer = roads.ask("rows { id: 'r' then { unit: 'east' } }");
  CHECK(answer.proposed.handed_back == 1);
  CHECK(answer.proposed.dispatches == 4);
}

TEST_CASE("other limits are tried on the same work") {
  const Roads roads;
  CHECK(roads.ask(all_to_west, 24).proposed.on_time == 2);
  CHECK(roads.ask(all_to_west, 5).proposed.on_time == 0);
  CHECK(roads.ask(all_to_west, 6).proposed.on_time == 2);
  CHECK(roads.ask(all_to_west, 30).proposed.on_time == 3);
  CHECK(roads.ask(all_to_west, 30).recorded.on_time == 2);
}

TEST_CASE("what no row names waits for a dispatcher, and goes on as it did") {
  const Roads roads;
  const auto answer = roads.ask("rows { id: 'r' when { channels: 'hotline' } then { unit: 'west' } }");
  CHECK(answer.proposed.waited == 4);
  CHECK(answer.same == 0);
  CHECK(answer.moved == std::vector<Moved>{{"east", "", 2}, {"west", "", 1}});
  CHECK(answer.proposed.handling.mean == answer.recorded.handling.mean);
}

TEST_CASE("the rules see the load of the trial") {
  const Roads roads;
  const auto answer = roads.ask("rows { id: 'r' then { strategy { kind: LEAST_LOADED } } }");
  CHECK(answer.proposed.units.at("east").at_work_most <= 2);
  CHECK(answer.proposed.units.at("east").orders + answer.proposed.units.at("west").orders ==
        answer.proposed.dispatches);
}

TEST_CASE("only rounds that begin within the time count, and a clock nobody has is told") {
  const Roads roads;
  WhatIfOptions options;
  options.from = testing::at(roads.city.calendar, "2024-03-08 11:00");
  CHECK(roads.ask(all_to_west, 24, options).rounds == 2);
  options.to = options.from;
  const auto nothing = roads.ask(all_to_west, 24, options);
  CHECK(nothing.rounds == 0);
  CHECK(nothing.proposed.handling.orders == 0);

  v1::PolicyVersion version;
  const Proposal proposal{Policy(), std::make_shared<MemoryWorld>(version, std::vector<v1::HandlingUnit>(1)), {}};
  const auto answer = what_if(*roads.city.engine, proposal);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().message() ==
        "the policy that is tried has no clock HND; name one of its own, or none for the orders' deadlines");
  CHECK_FALSE(what_if(*roads.city.engine, Proposal{}));
}

TEST_CASE("trying changes nothing, and gives the same answer again") {
  const Roads roads;
  const auto before = roads.city.engine->last();
  const auto first = roads.ask(all_to_west);
  const auto again = roads.ask(all_to_west);
  CHECK(first.moved == again.moved);
  CHECK(first.proposed.handling.mean == again.proposed.handling.mean);
  CHECK(roads.city.engine->last() == before);
}

}  // namespace
}  // namespace pavior::city::tests
