#include <cmath>

#include "city/dispatch/dispatch_check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

Mistake weights_mistake(const v1::Weights& weights) {
  double sum = 0;
  for (const auto& [field, weight] : {std::pair("near", weights.near()), std::pair("free", weights.free()),
                                      std::pair("skilled", weights.skilled()), std::pair("on_duty", weights.on_duty()),
                                      std::pair("duty", weights.duty()), std::pair("waiting", weights.waiting())}) {
    if (!std::isfinite(weight) || weight < 0)
      return DataMistake{field, fmt::format("{} is no weight; write 0 or more", weight)};
    sum += weight;
  }
  if (sum > 0 && std::isfinite(sum)) return {};
  return DataMistake{"", "are all 0, so everybody is as good as anybody; give one that is more"};
}

Mistake strategy_mistake(const v1::Strategy& strategy) {
  if (strategy.kind() == v1::Strategy::KIND_UNSPECIFIED || !v1::Strategy::Kind_IsValid(strategy.kind()))
    return DataMistake{"kind",
                       "is missing; use RESPONSIBILITY_GRID, DUTY_LIST, NEAREST, LEAST_LOADED, ROUND_ROBIN, SKILLED, "
                       "ON_DUTY or WEIGHTED"};
  if (auto mistake = list_mistake("units", strategy.units(), "a unit")) return mistake;
  if (auto mistake = list_mistake("kinds", strategy.kinds(), "a kind of unit")) return mistake;
  if (auto mistake = list_mistake("skills", strategy.skills(), "a skill")) return mistake;
  if (strategy.kind() == v1::Strategy::SKILLED && strategy.skills().empty())
    return DataMistake{"skills", "is empty, and SKILLED looks for them; name one"};
  if (!std::isfinite(strategy.metres_max()) || strategy.metres_max() < 0)
    return DataMistake{"metres_max", "is a distance in metres, or 0 for any"};
  if (strategy.kind() == v1::Strategy::WEIGHTED) {
    if (auto mistake = within("weights", weights_mistake(strategy.weights()))) return mistake;
    if (strategy.weights().skilled() > 0 && strategy.skills().empty())
      return DataMistake{"skills", "is empty, and weights.skilled asks for them; name one"};
    return {};
  }
  if (strategy.has_weights())
    return DataMistake{"weights", "count with kind: WEIGHTED only; leave them out, or use it"};
  return {};
}

}  // namespace

Mistake choice_mistake(const v1::DispatchChoice& choice) {
  const bool names = !choice.unit().empty();
  if (names && choice.has_strategy())
    return DataMistake{"strategy", "stands beside a unit, and only one of them can find the lead; leave one out"};
  if (!names && !choice.has_strategy() && choice.joint_group().empty())
    return DataMistake{"", "names nobody; give a unit, a strategy or a joint_group"};
  if (names)
    if (auto mistake = name_mistake("unit", choice.unit(), "a unit")) return mistake;
  if (choice.has_strategy())
    if (auto mistake = within("strategy", strategy_mistake(choice.strategy()))) return mistake;
  if (!choice.joint_group().empty())
    if (auto mistake = name_mistake("joint_group", choice.joint_group(), "a joint group")) return mistake;
  if (auto mistake = list_mistake("assists", choice.assists(), "a unit")) return mistake;
  for (int i = 0; i < choice.assists_size(); ++i)
    if (names && choice.assists(i) == choice.unit())
      return DataMistake{fmt::format("assists[{}]", i),
                         fmt::format("{} leads already; name others", choice.assists(i))};
  return text_mistake("reason", choice.reason());
}

}  // namespace pavior::city::inline v0
