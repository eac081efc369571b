// Who asks the city's rules, when, and what becomes of the answer.
#include <utility>

#include "city/cities.h"
#include "city/orders.h"
#include "pavior/city/dispatch.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

/// Answers with the unit it is told, and keeps what it was asked.
class ToldDispatcher final : public Dispatcher {
 public:
  explicit ToldDispatcher(std::string lead) : lead_(std::move(lead)) {}

  [[nodiscard]] DispatchAnswer choose(const DispatchQuestion& question) const override {
    DispatchAnswer answer;
    answer.lead = lead_;
    answer.explanation.set_reason(lead_.empty() ? "no row fits" : "the row says so");
    for (const char* unit : {"police", "gas"}) {
      if (lead_.empty()) break;
      auto& assist = *answer.explanation.add_assists();
      assist.set_unit(unit);
      assist.set_why("is to secure the place");
    }
    asked = question.order;
    handed_back = question.handed_back;
    return answer;
  }

  mutable v1::WorkOrder asked;
  mutable std::vector<std::string> handed_back;

 private:
  std::string lead_;
};

WorkOrderPolicy town(std::shared_ptr<const Dispatcher> dispatcher) {
  auto policy = city_of(R"(profiles { id: "by_itself" automatic: ["Dispatch", "Redispatch"] })");
  policy.dispatcher = std::move(dispatcher);
  return policy;
}

TEST_CASE("T08: where the profile dispatches by itself, the city's rules name lead and assists, and say why") {
  const auto rules = std::make_shared<ToldDispatcher>("works");
  auto given = reported(town(rules)).by(actor("acceptor"));
  given.happens(of<v1::Accept>("category: 'roads' grid: '3411/05'"));
  CHECK(rules->asked.category() == "roads");
  CHECK(rules->asked.grid() == "3411/05");
  CHECK(rules->asked.title() == "hole");
  const std::string answer = given.by(machine_actor())
                                 .when(of<v1::Dispatch>("lead: 'works' reason: 'the row says so' assists { unit: "
                                                        "'police' duty: 'closes the road' } explanation { "
                                                        "reason: 'the row says so' }"));
  CHECK(answer.starts_with("Dispatched{lead: \"works\" reason: \"the row says so\" first_receiver: \"works\" hop: 1 "));
  CHECK(answer.find("then work_order/A1 AddAssist{unit: \"police\" duty: \"closes the road\"}") != std::string::npos);
}

TEST_CASE("T08: an assisting unit has a duty, is named once, and is not the lead") {
  const auto given = accepted().by(actor("dispatcher"));
  for (const char* assists : {"unit: 'works' duty: 'x'", "unit: 'police'", "duty: 'x'",
                              "unit: 'police' duty: 'x' } assists { unit: 'police' duty: 'y'"})
    CHECK(given.when(of<v1::Dispatch>("lead: 'works' assists { " + std::string(assists) + " }"))
              .starts_with("refused by assists_are_others: "));
}

TEST_CASE("T08: what no rule names waits for a dispatcher, who is told why") {
  auto given = reported(town(std::make_shared<ToldDispatcher>(""))).by(actor("acceptor"));
  CHECK(given.when(of<v1::Accept>("category: 'roads'"))
            .ends_with("-> accepted; then work_order/A1 LeaveToDispatcher{explanation { reason: \"no row fits\" }}"));
  given.happens(of<v1::Accept>("category: 'roads'"));
  given.by(machine_actor()).happens(of<v1::LeaveToDispatcher>("explanation { reason: 'no row fits' }"));
  CHECK(order(given).waits_for_dispatcher());
  given.by(actor("dispatcher")).happens(of<v1::Dispatch>("lead: 'works'"));
  CHECK_FALSE(order(given).waits_for_dispatcher());
}

TEST_CASE("T15: what was handed back goes on by the rules, which know who had it") {
  const auto rules = std::make_shared<ToldDispatcher>("parks");
  auto given = dispatched(town(rules));
  given.happens(of<v1::RequestReturn>("reason: 'not ours' basis: 'article 3'"));
  CHECK(given.when(v1::ApproveReturn()).find("then work_order/A1 Redispatch{lead: \"parks\"") != std::string::npos);
  CHECK(rules->handed_back == std::vector<std::string>{"works"});
  given.happens(v1::ApproveReturn());
  CHECK(order(given).handed_back_size() == 1);
}

TEST_CASE("T15: it is redispatched by itself only while it has hops left") {
  auto city = city_of(R"(profiles { id: "by_itself" automatic: ["Redispatch"] } bounds { hops_max: 1 })");
  city.dispatcher = std::make_shared<ToldDispatcher>("parks");
  auto given = dispatched(city);
  given.happens(of<v1::RequestReturn>("reason: 'not ours' basis: 'article 3'"));
  CHECK(given.when(v1::ApproveReturn()).ends_with("-> accepted"));
}

}  // namespace
}  // namespace pavior::city::tests
