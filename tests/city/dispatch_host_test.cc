// A host's own rules: they veto and score, and what they do wrong harms nobody.
#include <functional>
#include <limits>
#include <stdexcept>

#include "city/dispatch.h"

namespace pavior::city::tests {
namespace {

using Ask = std::function<Verdict(const DispatchQuestion&, const v1::HandlingUnit&)>;

class Rule final : public DispatchRule {
 public:
  Rule(std::string name, Ask ask) : name_(std::move(name)), ask_(std::move(ask)) {}
  std::string_view name() const override { return name_; }
  Verdict ask(const DispatchQuestion& question, const v1::HandlingUnit& unit) const override {
    return ask_(question, unit);
  }

 private:
  std::string name_;
  Ask ask_;
};

Desk desk_with(double weight, Ask ask, std::string name = "keys") {
  Desk desk;
  desk.rules.push_back({std::make_shared<Rule>(std::move(name), std::move(ask)), weight});
  return desk;
}

const std::string crews = row("it", "", R"(strategy { kind: NEAREST units: ["north", "south"] })");
const std::string located = "location { latitude: 31.80 longitude: 117.30 }";

TEST_CASE("a host's rule vetoes, with its reason") {
  const auto policy = town_policy(one_table("FIRST", crews));
  const auto desk = desk_with(0, [](const auto&, const auto& unit) -> Verdict {
    return unit.id() == "south" ? Verdict{false, 0, "has no key to the school"} : Verdict{};
  });
  CHECK(Desk().said(policy, located) == "south by row it of main");
  CHECK(desk.said(policy, located) == "north by row it of main");
  const auto why = desk.ask(policy, located).explanation;
  CHECK(why.passed(0).why() == "vetoed by keys: has no key to the school");
  CHECK(why.rules(0).asked() == 2);
  CHECK(why.rules(0).vetoes() == 1);
  CHECK(why.candidates(0).score() == Approx(0.31).margin(0.001));  // A weight of 0 leaves the scores alone.
}

TEST_CASE("a veto also holds for a unit that a row names, but not for the fallback unit") {
  const auto policy =
      town_policy(one_table("FIRST", row("it", "", "unit: \"works\""), "fallback_unit: \"grid_centre\""));
  const auto desk = desk_with(0, [](const auto&, const auto&) { return Verdict{false, 0, "on holiday"}; });
  CHECK(desk.said(policy, "") == "grid_centre by fallback");
  CHECK(desk.ask(policy, "").explanation.tables(0).outcome() ==
        "row it fits, but nobody can have it: 1 vetoed by keys: on holiday");
}

TEST_CASE("a host's score counts by its weight, where the strategy's has 1") {
  const auto policy = town_policy(one_table("FIRST", crews));
  const auto prefers_north = [](const auto&, const auto& unit) {
    return Verdict{true, unit.id() == "north" ? 1.0 : 0.0, "knows the school"};
  };
  CHECK(desk_with(0.5, prefers_north).said(policy, located) == "south by row it of main");
  const auto why = desk_with(3, prefers_north).ask(policy, located).explanation;
  CHECK(why.lead() == "north");
  CHECK(why.candidates(0).score() == Approx((0.310 + 3) / 4).margin(0.001));
  CHECK(why.candidates(0).scores(0).name() == "keys");
  CHECK(why.candidates(0).scores(0).why() == "knows the school");
}

TEST_CASE("a rule sees the whole question") {
  const auto policy = town_policy(one_table("FIRST", crews));
  const auto desk = desk_with(0, [](const DispatchQuestion& question, const auto&) {
    return Verdict{question.order.category() != "02.01" && question.at == monday_morning, 1, ""};
  });
  CHECK(desk.said(policy, located + " category: \"01.01\"") == "south by row it of main");
  CHECK(desk.said(policy, located + " category: \"02.01\"") == "manual queue");
}

TEST_CASE("a rule that throws, or whose score is none, leaves the tables without a say") {
  const auto throws = [](const auto&, const auto&) -> Verdict { throw std::runtime_error("no connection"); };
  const auto throws_something = [](const auto&, const auto&) -> Verdict { throw 7; };
  const auto scores_two = [](const auto&, const auto&) { return Verdict{true, 2, ""}; };
  const auto scores_nan = [](const auto&, const auto&) {
    return Verdict{true, std::numeric_limits<double>::quiet_NaN(), ""};
  };
  const std::vector<std::pair<Ask, std::string>> cases = {
      {throws, "threw when asked about north: no connection"},
      {throws_something, "threw when asked about north"},
      {scores_two, "scored north with 2, which is not from 0 to 1"},
      {scores_nan, "scored north with nan, which is not from 0 to 1"}};
  const auto policy = town_policy(one_table("FIRST", crews));
  const auto safe = town_policy(one_table("FIRST", crews, "fallback_unit: \"grid_centre\""));
  for (const auto& [ask, failure] : cases) {
    INFO(failure);
    const auto desk = desk_with(1, ask);
    const auto answer = desk.ask(policy, located);
    CHECK(answer.in_manual_queue());
    CHECK(answer.explanation.rules(0).failure() == failure);
    CHECK(answer.explanation.reason() == "a rule of the host failed, and there is no fallback unit");
    CHECK(desk.said(safe, located) == "grid_centre by fallback");
  }
}

TEST_CASE("what a host's rule says is stored as text, and not at any length") {
  const auto policy = town_policy(one_table("FIRST", crews));
  const auto why = desk_with(1,
                             [](const auto&, const auto&) {
                               return Verdict{true, 1, std::string(5000, '\xff')};
                             })
                       .ask(policy, located)
                       .explanation;
  CHECK(why.candidates(0).scores(0).why() == std::string(200, '?'));
  v1::DispatchExplanation again;
  CHECK(again.ParseFromString(why.SerializeAsString()));
}

/// An organisation that is out of order.
class BrokenWorkload final : public Workload {
 public:
  UnitLoad of(std::size_t) const override { throw std::runtime_error("not counted yet"); }
};

TEST_CASE("a world or workload that throws leads to the manual queue, never further") {
  const auto policy = town_policy(one_table("FIRST", crews));
  const v1::WorkOrder order = parsed<v1::WorkOrder>(located);
  const auto dispatcher = RuleDispatcher::make(Desk().world, std::make_shared<BrokenWorkload>()).value();
  const auto answer = dispatcher.choose({order, policy, monday_morning});
  CHECK(answer.in_manual_queue());
  CHECK(answer.explanation.reason() == "the dispatcher failed: not counted yet");
}

TEST_CASE("a dispatcher is made of sound parts only") {
  const Desk desk;
  const auto rule = std::make_shared<Rule>("keys", [](const auto&, const auto&) { return Verdict(); });
  const auto nameless = std::make_shared<Rule>("", [](const auto&, const auto&) { return Verdict(); });
  const auto said = [&](std::vector<WeightedRule> rules) {
    return RuleDispatcher::make(desk.world, desk.workload, std::move(rules)).error().message();
  };
  CHECK(said({{nullptr, 1}}) == "a rule is null; leave it out");
  CHECK(said({{nameless, 1}}) == "a rule has no name; explanations need one");
  CHECK(said({{rule, 1}, {rule, 2}}) == "two rules have the name keys; rename one");
  CHECK(said({{rule, -1}}) == "the rule keys has the weight -1; give it 0 or more");
  CHECK(RuleDispatcher::make(nullptr, desk.workload).error().message() ==
        "a dispatcher needs a world and a workload; give both");
  auto units = town_units();
  units[1].set_id("works");
  CHECK(RuleDispatcher::make(Desk(units).world, desk.workload).error().message() ==
        "two units have the id works; rename one");
}

}  // namespace
}  // namespace pavior::city::tests
