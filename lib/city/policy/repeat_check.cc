#include "city/policy/catalogue_check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

constexpr double cell_metres_max = 100'000;
// A window remembers that many reports of each person or place.
constexpr std::uint32_t level_count_max = 1000;

Mistake categories_mistake(const v1::RepeatRule& rule, const CatalogueNames& names) {
  if (auto mistake = list_mistake("categories", rule.categories(), "a category")) return mistake;
  if (names.minors.empty()) return {};
  for (int i = 0; i < rule.categories_size(); ++i)
    if (const auto& code = rule.categories(i); !names.minors.contains(code) && !names.majors.contains(code))
      return DataMistake{fmt::format("categories[{}]", i),
                         fmt::format("there is no category \"{}\"; write the code of a major or a minor", code)};
  return {};
}

Mistake level_mistake(const v1::RepeatLevel& level) {
  if (!v1::Colour_IsValid(level.colour()) || level.colour() == v1::COLOUR_NONE)
    return DataMistake{"colour", "is missing; use BLUE, YELLOW, ORANGE or RED"};
  if (level.count() < 2 || level.count() > level_count_max)
    return DataMistake{"count", fmt::format("is a number from 2 to {}, not {}", level_count_max, level.count())};
  if (level.until_below() > level.count())
    return DataMistake{"until_below", fmt::format("is {}, more than the count {}; it would warn again without having "
                                                  "fallen, so write {} or less",
                                                  level.until_below(), level.count(), level.count())};
  return {};
}

// Each level is above the one before, in its colour as in its count.
Mistake levels_mistake(const v1::RepeatRule& rule) {
  if (rule.levels().empty()) return DataMistake{"levels", "is missing; write e.g. { colour: BLUE count: 3 }"};
  for (int i = 0; i < rule.levels_size(); ++i) {
    const auto path = fmt::format("levels[{}]", i);
    if (auto mistake = within(path, level_mistake(rule.levels(i)))) return mistake;
    if (i > 0 && rule.levels(i).count() <= rule.levels(i - 1).count())
      return DataMistake{path + ".count", fmt::format("is not more than {}, the level before it; levels go from low to "
                                                      "high",
                                                      rule.levels(i - 1).count())};
    if (i > 0 && rule.levels(i).colour() <= rule.levels(i - 1).colour())
      return DataMistake{path + ".colour",
                         "is not above the level before it; the colours go BLUE, YELLOW, ORANGE, RED"};
  }
  return {};
}

Mistake rule_mistake(const v1::RepeatRule& rule, const CatalogueNames& names) {
  if (auto mistake = text_mistake("text", rule.text())) return mistake;
  if (!v1::RepeatRule::By_IsValid(rule.by()) || rule.by() == v1::RepeatRule::BY_UNSPECIFIED)
    return DataMistake{"by", "is missing; use REPORTER, PLACE or GRID"};
  if (!v1::RepeatRule::Split_IsValid(rule.split()))
    return DataMistake{"split", "there is no such split; use EACH_MINOR, EACH_MAJOR or TOGETHER"};
  if (auto mistake = categories_mistake(rule, names)) return mistake;
  if (!rule.has_window()) return DataMistake{"window", "is missing; write e.g. { amount: 24 unit: UNIT_HOUR }"};
  if (auto mistake = window_mistake("window", rule.window())) return mistake;
  if (rule.metres() != 0 && rule.by() != v1::RepeatRule::PLACE)
    return DataMistake{"metres", "is the side of a cell, and only PLACE has cells; leave it out"};
  if (rule.metres() != 0)
    if (auto mistake = metres_mistake("metres", rule.metres(), cell_metres_max)) return mistake;
  if (rule.anonymous() && rule.by() == v1::RepeatRule::REPORTER)
    return DataMistake{"anonymous", "who is not known cannot be counted by REPORTER; leave it out"};
  return levels_mistake(rule);
}

Mistake alert_rule_mistake(const v1::AlertRule& rule) {
  if (auto mistake = text_mistake("text", rule.text())) return mistake;
  if (auto mistake = list_mistake("scenarios", rule.scenarios(), "a scenario")) return mistake;
  if (!v1::AlertRule::By_IsValid(rule.by())) return DataMistake{"by", "there is no such choice; use SENSOR or PLACE"};
  if (!v1::AlertRule::Lasting_IsValid(rule.lasting()))
    return DataMistake{"lasting", "there is no such choice; use RESTARTED, FIXED or UNTIL_ENDED"};
  if (rule.lasting() == v1::AlertRule::UNTIL_ENDED) {
    if (rule.has_window())
      return DataMistake{"window", "UNTIL_ENDED has none; leave it out, or use RESTARTED or FIXED"};
  } else {
    if (!rule.has_window()) return DataMistake{"window", "is missing; write e.g. { amount: 30 unit: UNIT_MINUTE }"};
    if (auto mistake = window_mistake("window", rule.window())) return mistake;
  }
  if (rule.metres() == 0) return {};
  if (rule.by() != v1::AlertRule::PLACE)
    return DataMistake{"metres", "is the side of a cell, and only PLACE has cells; leave it out"};
  return metres_mistake("metres", rule.metres(), cell_metres_max);
}

}  // namespace

Mistake repeats_mistake(const v1::RepeatRules& rules, const CatalogueNames& names) {
  Names ids("a repeat rule");
  for (int i = 0; i < rules.rules_size(); ++i) {
    const auto path = fmt::format("rules[{}]", i);
    if (auto mistake = ids.add(path + ".id", rules.rules(i).id())) return mistake;
    if (auto mistake = within(path, rule_mistake(rules.rules(i), names))) return mistake;
  }
  return {};
}

Mistake alerts_mistake(const v1::AlertRules& rules) {
  Names ids("an alert rule");
  for (int i = 0; i < rules.rules_size(); ++i) {
    const auto path = fmt::format("rules[{}]", i);
    if (auto mistake = ids.add(path + ".id", rules.rules(i).id())) return mistake;
    if (auto mistake = within(path, alert_rule_mistake(rules.rules(i)))) return mistake;
  }
  return {};
}

}  // namespace pavior::city::inline v0
