#include <cmath>
#include <exception>
#include <set>

#include "city/dispatch/decision.h"
#include "city/dispatch/host_text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

Error invalid(std::string message) { return {ErrorCode::invalid, std::move(message)}; }

/// What is left to be said when world or workload fail: nothing is lost, a person decides.
DispatchAnswer manual_queue(const DispatchQuestion& question, std::string_view what) {
  DispatchAnswer answer;
  answer.explanation.mutable_policy()->set_id(question.policy.data().id());
  answer.explanation.mutable_policy()->set_version(question.policy.data().version());
  answer.explanation.set_reason(fmt::format("the dispatcher failed: {}", host_text(what)));
  return answer;
}

}  // namespace

Result<RuleDispatcher> RuleDispatcher::make(std::shared_ptr<const DispatchWorld> world,
                                            std::shared_ptr<const Workload> workload, std::vector<WeightedRule> rules) {
  if (world == nullptr || workload == nullptr) return invalid("a dispatcher needs a world and a workload; give both");
  std::vector<NamedRule> named;
  std::set<std::string> names;
  for (auto& [rule, weight] : rules) {
    if (rule == nullptr) return invalid("a rule is null; leave it out");
    std::string name(rule->name());
    if (name.empty()) return invalid("a rule has no name; explanations need one");
    if (!names.insert(name).second) return invalid(fmt::format("two rules have the name {}; rename one", name));
    if (!std::isfinite(weight) || weight < 0)
      return invalid(fmt::format("the rule {} has the weight {}; give it 0 or more", name, weight));
    named.push_back({std::move(name), std::move(rule), weight});
  }
  auto units = UnitIndex::make(*world);
  if (!units) return std::move(units).error();
  return RuleDispatcher(
      std::make_shared<const Parts>(Parts{std::move(world), std::move(workload), std::move(named), *std::move(units)}));
}

DispatchAnswer RuleDispatcher::choose(const DispatchQuestion& question) const {
  try {
    return Decision(*parts_, question).run();
  } catch (const std::exception& thrown) {
    return manual_queue(question, thrown.what());
  } catch (...) {
    return manual_queue(question, "something was thrown that is no exception");
  }
}

}  // namespace pavior::city::inline v0
