// Rules that make no sense: each mistake is told by its place and the mend.
#include <vector>

#include "city/duplicates.h"

namespace pavior::city::tests {
namespace {

struct Mistake {
  std::string rules;
  std::string message;
};

void check(const std::string& before, const std::string& after, const std::vector<Mistake>& cases) {
  for (const auto& one : cases) {
    INFO(one.rules);
    const auto said = said_of_town_and(before + one.rules + after);
    // Lines and columns are those of the text; the path comes after them.
    const auto at = said.find(before.substr(0, before.find(' ')));
    CHECK((at == std::string::npos ? said : said.substr(at)) == one.message);
  }
}

TEST_CASE("duplicate rules that say everything are sound") {
  CHECK(said_of_town_and(R"(duplicates {
    standard {
      action: MERGE match: SAME_MAJOR metres: 50 window { amount: 90 unit: UNIT_MINUTE } text_min: 0.1 address_min: 0.2
      score_min: 0.3 merge_score_min: 1 same_reporter: STANDS_FOR_PLACE weights { near: 1 title: 2 }
    }
    categories { category: "01" rule { action: NOTHING } }
    categories { category: "01.01" rule { action: SUGGEST } }
    stages: [STAGE_REPORTED, STAGE_CLOSED]
    no_places { latitude: 31.8 longitude: 117.2 }
    area { south: 31 west: 117 north: 32 east: 118 }
    candidates_max: 10
    alerts { rules { id: "ice" scenarios: "ice" by: PLACE lasting: FIXED window { amount: 1 unit: UNIT_HOUR } metres: 50 } }
  }
  repeats { rules {
    id: "many" text: "text" by: PLACE split: TOGETHER categories: ["01", "01.02"] window { amount: 24 unit: UNIT_HOUR }
    metres: 300 anonymous: true levels { colour: BLUE count: 3 } levels { colour: RED count: 9 until_below: 5 }
  } })") == "sound");
}

TEST_CASE("a duplicate rule is checked field by field") {
  check("duplicates { standard { ", " } }",
        {{"metres: 0", "duplicates.standard.metres: is more than 0 and at most 5000 metres, not 0"},
         {"metres: nan", "duplicates.standard.metres: is more than 0 and at most 5000 metres, not nan"},
         {"window { amount: 0 unit: UNIT_HOUR }",
          "duplicates.standard.window.amount: a limit is 1 or more of its unit, not 0"},
         {"window { amount: 3 unit: UNIT_WORK_DAY }",
          "duplicates.standard.window.unit: a window counts by the clock; use UNIT_MINUTE or UNIT_HOUR"},
         {"window { amount: 8785 unit: UNIT_HOUR }",
          "duplicates.standard.window.amount: is longer than a year; write 8784 or less"},
         {"text_min: 1.5", "duplicates.standard.text_min: is a share from 0 to 1, not 1.5"},
         {"score_min: -1", "duplicates.standard.score_min: is a share from 0 to 1, not -1"},
         {"merge_score_min: 0",
          "duplicates.standard.merge_score_min: is 0, which merges whatever is found; write more, "
          "or leave it out for 0.9"},
         {"weights {}", "duplicates.standard.weights: weighs nothing; give one of them, or leave the weights out"},
         {"weights { near: -1 }", "duplicates.standard.weights.near: is a weight from 0 to 1000, not -1"}});
}

TEST_CASE("categories, stages and places of duplicate rules are checked") {
  check("duplicates { ", " }",
        {{"categories { category: \"02\" }",
          "duplicates.categories[0].category: there is no category \"02\"; write the code of a major or a minor"},
         {"categories { category: \"01\" } categories { category: \"01\" }",
          "duplicates.categories[1].category: \"01\" is in categories[0].category already; keep one of the two, or "
          "rename it"},
         {"categories { category: \"01\" rule { metres: -1 } }",
          "duplicates.categories[0].rule.metres: is more than 0 and at most 5000 metres, not -1"},
         {"stages: STAGE_MERGED",
          "duplicates.stages[0]: is none in which an order takes others in; write one from STAGE_REPORTED to "
          "STAGE_CLOSED"},
         {"no_places { latitude: 117 longitude: 31 }",
          "duplicates.no_places[0]: is no position; write degrees, the latitude first"},
         {"area { south: 32 west: 117 north: 31 east: 118 }",
          "duplicates.area: is empty; south is less than north, and west less than east"},
         {"area { south: 117 west: 31 north: 118 east: 32 }",
          "duplicates.area: has a corner that is no position; write degrees"},
         {"candidates_max: 101", "duplicates.candidates_max: is a number from 0 to 100, not 101"}});
}

TEST_CASE("alert rules are checked") {
  check("duplicates { alerts { rules { ", " } } }",
        {{"window { amount: 1 unit: UNIT_HOUR }", "duplicates.alerts.rules[0].id: is missing; give an alert rule one"},
         {"id: \"a\"", "duplicates.alerts.rules[0].window: is missing; write e.g. { amount: 30 unit: UNIT_MINUTE }"},
         {"id: \"a\" lasting: UNTIL_ENDED window { amount: 1 unit: UNIT_HOUR }",
          "duplicates.alerts.rules[0].window: UNTIL_ENDED has none; leave it out, or use RESTARTED or FIXED"},
         {"id: \"a\" lasting: UNTIL_ENDED metres: 5",
          "duplicates.alerts.rules[0].metres: is the side of a cell, and only PLACE has cells; leave it out"}});
}

TEST_CASE("repeat rules are checked") {
  const std::string window = "id: \"r\" by: PLACE window { amount: 1 unit: UNIT_HOUR } ";
  check("repeats { rules { ", " } }",
        {{"", "repeats.rules[0].id: is missing; give a repeat rule one"},
         {"id: \"r\"", "repeats.rules[0].by: is missing; use REPORTER, PLACE or GRID"},
         {"id: \"r\" by: GRID", "repeats.rules[0].window: is missing; write e.g. { amount: 24 unit: UNIT_HOUR }"},
         {window, "repeats.rules[0].levels: is missing; write e.g. { colour: BLUE count: 3 }"},
         {window + "levels { count: 3 }",
          "repeats.rules[0].levels[0].colour: is missing; use BLUE, YELLOW, ORANGE or RED"},
         {window + "levels { colour: RED count: 1 }",
          "repeats.rules[0].levels[0].count: is a number from 2 to 1000, not 1"},
         {window + "levels { colour: RED count: 3 until_below: 4 }",
          "repeats.rules[0].levels[0].until_below: is 4, more than the count 3; it would warn again without having "
          "fallen, so write 3 or less"},
         {window + "levels { colour: BLUE count: 3 } levels { colour: RED count: 3 }",
          "repeats.rules[0].levels[1].count: is not more than 3, the level before it; levels go from low to high"},
         {window + "levels { colour: RED count: 3 } levels { colour: BLUE count: 4 }",
          "repeats.rules[0].levels[1].colour: is not above the level before it; the colours go BLUE, YELLOW, ORANGE, "
          "RED"},
         {window + "categories: \"02\" levels { colour: RED count: 3 }",
          "repeats.rules[0].categories[0]: there is no category \"02\"; write the code of a major or a minor"},
         {"id: \"r\" by: REPORTER anonymous: true window { amount: 1 unit: UNIT_HOUR } levels { colour: RED count: 3 }",
          "repeats.rules[0].anonymous: who is not known cannot be counted by REPORTER; leave it out"},
         {"id: \"r\" by: REPORTER metres: 5 window { amount: 1 unit: UNIT_HOUR } levels { colour: RED count: 3 }",
          "repeats.rules[0].metres: is the side of a cell, and only PLACE has cells; leave it out"}});
}

}  // namespace
}  // namespace pavior::city::tests
