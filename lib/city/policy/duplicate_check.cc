#include <utility>

#include "city/policy/catalogue_check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

constexpr double near_metres_max = 5000;
constexpr double weight_max = 1000;
constexpr std::uint32_t candidates_limit = 100;
constexpr int no_places_max = 100;

Mistake share_mistake(std::string path, double share) {
  if (share >= 0 && share <= 1) return {};
  return DataMistake{std::move(path), fmt::format("is a share from 0 to 1, not {}", share)};
}

Mistake weights_mistake(const v1::DuplicateWeights& weights) {
  double sum = 0;
  for (const auto& [name, weight] :
       {std::pair("near", weights.near()), std::pair("recent", weights.recent()),
        std::pair("category", weights.category()), std::pair("title", weights.title()),
        std::pair("description", weights.description()), std::pair("address", weights.address()),
        std::pair("reporter", weights.reporter())}) {
    if (!(weight >= 0 && weight <= weight_max))
      return DataMistake{name, fmt::format("is a weight from 0 to {}, not {}", weight_max, weight)};
    sum += weight;
  }
  if (sum > 0) return {};
  return DataMistake{"", "weighs nothing; give one of them, or leave the weights out"};
}

Mistake choices_mistake(const v1::DuplicateRule& rule) {
  if (!v1::DuplicateRule::Action_IsValid(rule.action()))
    return DataMistake{"action", "there is no such action; use NOTHING, SUGGEST or MERGE"};
  if (!v1::DuplicateRule::Match_IsValid(rule.match()))
    return DataMistake{"match", "there is no such match; use SAME_MINOR, SAME_MAJOR or ANY_CATEGORY"};
  if (!v1::DuplicateRule::SameReporter_IsValid(rule.same_reporter()))
    return DataMistake{"same_reporter", "there is no such choice; use WEIGHED, STANDS_FOR_PLACE, NEEDED or EXCLUDED"};
  return {};
}

Mistake rule_mistake(const v1::DuplicateRule& rule) {
  if (rule.has_metres())
    if (auto mistake = metres_mistake("metres", rule.metres(), near_metres_max)) return mistake;
  if (rule.has_window())
    if (auto mistake = window_mistake("window", rule.window())) return mistake;
  for (auto mistake : {choices_mistake(rule), share_mistake("text_min", rule.text_min()),
                       share_mistake("address_min", rule.address_min()), share_mistake("score_min", rule.score_min()),
                       share_mistake("merge_score_min", rule.merge_score_min())})
    if (mistake) return mistake;
  if (rule.has_merge_score_min() && rule.merge_score_min() == 0)
    return DataMistake{"merge_score_min", "is 0, which merges whatever is found; write more, or leave it out for 0.9"};
  return rule.has_weights() ? within("weights", weights_mistake(rule.weights())) : Mistake();
}

Mistake categories_mistake(const v1::DuplicateRules& rules, const CatalogueNames& names) {
  Names seen("a category");
  for (int i = 0; i < rules.categories_size(); ++i) {
    const auto& one = rules.categories(i);
    const auto path = fmt::format("categories[{}]", i);
    if (auto mistake = seen.add(path + ".category", one.category())) return mistake;
    if (!names.minors.empty() && !names.minors.contains(one.category()) && !names.majors.contains(one.category()))
      return DataMistake{path + ".category", fmt::format("there is no category \"{}\"; write the code of a major or a "
                                                         "minor",
                                                         one.category())};
    if (auto mistake = within(path + ".rule", rule_mistake(one.rule()))) return mistake;
  }
  return {};
}

// An order that has ended otherwise cannot take another one in.
Mistake stages_mistake(const v1::DuplicateRules& rules) {
  for (int i = 0; i < rules.stages_size(); ++i)
    if (const int stage = rules.stages(i); stage < v1::STAGE_REPORTED || stage > v1::STAGE_CLOSED)
      return DataMistake{fmt::format("stages[{}]", i),
                         "is none in which an order takes others in; write one from "
                         "STAGE_REPORTED to STAGE_CLOSED"};
  return {};
}

bool on_earth(double latitude, double longitude) {
  return latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180;
}

Mistake places_mistake(const v1::DuplicateRules& rules) {
  if (rules.no_places_size() > no_places_max)
    return DataMistake{"no_places", fmt::format("has {} positions; keep {}", rules.no_places_size(), no_places_max)};
  for (int i = 0; i < rules.no_places_size(); ++i)
    if (const auto& place = rules.no_places(i); !on_earth(place.latitude(), place.longitude()))
      return DataMistake{fmt::format("no_places[{}]", i), "is no position; write degrees, the latitude first"};
  if (!rules.has_area()) return {};
  const auto& area = rules.area();
  if (!on_earth(area.south(), area.west()) || !on_earth(area.north(), area.east()))
    return DataMistake{"area", "has a corner that is no position; write degrees"};
  if (area.south() < area.north() && area.west() < area.east()) return {};
  return DataMistake{"area", "is empty; south is less than north, and west less than east"};
}

}  // namespace

Mistake duplicates_mistake(const v1::DuplicateRules& rules, const CatalogueNames& names) {
  if (auto mistake = within("standard", rule_mistake(rules.standard()))) return mistake;
  if (auto mistake = categories_mistake(rules, names)) return mistake;
  if (auto mistake = stages_mistake(rules)) return mistake;
  if (auto mistake = places_mistake(rules)) return mistake;
  if (rules.candidates_max() > candidates_limit)
    return DataMistake{"candidates_max",
                       fmt::format("is a number from 0 to {}, not {}", candidates_limit, rules.candidates_max())};
  return within("alerts", alerts_mistake(rules.alerts()));
}

}  // namespace pavior::city::inline v0
