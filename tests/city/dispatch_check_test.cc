// Dispatch rules that make no sense: each mistake is told by its place and the mend.
#include <regex>

#include "city/dispatch.h"

namespace pavior::city::tests {
namespace {

/// Without the line and column that come first.
std::string told(const std::string& rules) {
  return std::regex_replace(mistake_of(rules), std::regex("^[0-9]+:[0-9]+: dispatch\\.?"), "");
}

struct Mistake {
  std::string part;
  std::string message;
};

TEST_CASE("mistakes of tables are told by their place and the mend") {
  const std::string then = R"(then { unit: "works" })";
  for (const auto& [rules, message] : std::vector<Mistake>{
           {"", ""},
           {R"(fallback_unit: "grid_centre")", ""},
           {R"(tables { id: "a" rows { id: "r" )" + then + "} }", ""},
           {R"(tables { rows { id: "r" )" + then + "} }", "tables[0].id: is missing; give a table one"},
           {R"(tables { id: "a" })", "tables[0].rows: is empty, so the table decides nothing; write one"},
           {R"(tables { id: "a" hit: 9 rows { id: "r" )" + then + "} }",
            "tables[0].hit: use FIRST, UNIQUE, PRIORITY or COLLECT, or leave it out"},
           {R"(tables { id: "a" rows { id: "r" )" + then + R"(} rows { id: "r" )" + then + "} }",
            "tables[0].rows[1].id: \"r\" is in rows[0].id already; keep one of the two, or rename it"},
           {R"(tables { id: "a" rows { id: "r" priority: 3 )" + then + "} }",
            "tables[0].rows[0].priority: counts in tables with hit: PRIORITY only; leave it out, or let the table have "
            "it"},
           {R"(tables { id: "a" rows { id: "r" effective_from: "1 May" )" + then + "} }",
            "tables[0].rows[0].effective_from: \"1 May\" is no date from 1970 to 2037; write it as \"2024-05-01\""},
           {R"(tables { id: "a" rows { id: "r" effective_from: "2024-05-02" effective_to: "2024-05-01" )" + then +
                "} }",
            "tables[0].rows[0].effective_to: is before effective_from, so the row never fits"},
           {R"(tables { id: "a" rows { id: "r" } })",
            "tables[0].rows[0].then: is missing; name a unit, a strategy or a joint_group"},
       }) {
    INFO(rules);
    CHECK(told(rules) == message);
  }
}

TEST_CASE("mistakes of conditions are told by their place and the mend") {
  for (const auto& [when, message] : std::vector<Mistake>{
           {R"(categories: "03")",
            "categories[0]: the catalogue has no category \"03\", so the row never fits; write one that it has"},
           {R"(categories: ["01", "01"])",
            "categories[1]: \"01\" is in categories[0] already; keep one of the two, or rename it"},
           {R"(categories: "02" conditions: "a")",
            "conditions[0]: no category of the row has the filing condition \"a\"; write one that it has"},
           {"grades: GRADE_UNSPECIFIED", "grades[0]: use GRADE_GENERAL, GRADE_COMPLEX or GRADE_MAJOR_HAZARD"},
           {R"(grids: "3411/")", "grids[0]: \"3411/\" is no path; write it as \"3411/05\""},
           {R"(channels: "fax")",
            "channels[0]: the catalogue has no channel \"fax\", so the row never fits; write one that it has"},
           {R"(profiles: "hasty")",
            "profiles[0]: the catalogue has no profile \"hasty\", so the row never fits; write one that it has"},
           {R"(reporter_kinds: "")", "reporter_kinds[0]: is missing; give a kind of reporter one"},
           {R"(time { part: WORKING })", "time.calendar: is missing; give a time one"},
           {R"(time { calendar: "works" })", "time: says nothing; give a part, or from and to"},
           {R"(time { calendar: "works" from: "22:00" })", "time.to: \"\" is no time of a day; write it as \"22:00\""},
           {R"(time { calendar: "works" from: "24:01" to: "6" })",
            "time.from: \"24:01\" is no time of a day; write it as \"22:00\""},
           {R"(time { calendar: "works" from: "22:00" to: "22:00" })",
            "time.to: is the same as from, which is all day; leave both out"},
           {R"(texts { field: "reply" contains: "x" })",
            "texts[0].field: \"reply\" is no text of an order; use title, description, address, external_reference, or "
            "attributes. and a name"},
           {R"(texts { field: "title" })", "texts[0].contains: is empty, so the row never fits; write some words"},
           {R"(texts { field: "title" contains: "" })", "texts[0].contains[0]: write 1 to 256 bytes"},
           {R"(workloads { unit: "works" })", "workloads[0]: says nothing; give at_least, at_most, or both"},
           {R"(workloads { unit: "works" at_least: 3 at_most: 2 })",
            "workloads[0].at_most: is below at_least, 3, so the row never fits"},
           {R"(skills: ["rope", "rope"])",
            "skills[1]: \"rope\" is in skills[0] already; keep one of the two, or rename it"},
       }) {
    INFO(when);
    CHECK(told(one_table("FIRST", row("r", when, "unit: \"works\""))) == "tables[0].rows[0].when." + message);
  }
}

TEST_CASE("a calendar that nobody has is told where the host's calendars are known") {
  const auto rules = one_table("FIRST", row("r", R"(time { calendar: "cn" part: WORKING })", "unit: \"works\""));
  CHECK(told(rules) == "tables[0].rows[0].when.time.calendar: the calendar cn is not loaded");
  CHECK(read_catalogue(dispatch_town + "dispatch { " + rules + " }").has_value());
}

TEST_CASE("mistakes of choices are told by their place and the mend") {
  for (const auto& [then, message] : std::vector<Mistake>{
           {"", ": names nobody; give a unit, a strategy or a joint_group"},
           {R"(unit: "works" strategy { kind: NEAREST })",
            ".strategy: stands beside a unit, and only one of them can find the lead; leave one out"},
           {R"(unit: "works" assists: "works")", ".assists[0]: works leads already; name others"},
           {"strategy { }",
            ".strategy.kind: is missing; use RESPONSIBILITY_GRID, DUTY_LIST, NEAREST, LEAST_LOADED, ROUND_ROBIN, "
            "SKILLED, "
            "ON_DUTY or WEIGHTED"},
           {"strategy { kind: SKILLED }", ".strategy.skills: is empty, and SKILLED looks for them; name one"},
           {"strategy { kind: NEAREST metres_max: -1 }", ".strategy.metres_max: is a distance in metres, or 0 for any"},
           {"strategy { kind: WEIGHTED }",
            ".strategy.weights: are all 0, so everybody is as good as anybody; give one that is more"},
           {"strategy { kind: WEIGHTED weights { near: -1 } }",
            ".strategy.weights.near: -1 is no weight; write 0 or more"},
           {"strategy { kind: WEIGHTED weights { skilled: 1 } }",
            ".strategy.skills: is empty, and weights.skilled asks for them; name one"},
           {"strategy { kind: NEAREST weights { near: 1 } }",
            ".strategy.weights: count with kind: WEIGHTED only; leave them out, or use it"},
       }) {
    INFO(then);
    CHECK(told(one_table("FIRST", row("r", "", then))) == "tables[0].rows[0].then" + message);
  }
}

TEST_CASE("a mistake begins with its line and column") {
  CHECK(mistake_of(one_table("FIRST", "rows { id: \"r\" then { } }")).starts_with("21:"));
}

}  // namespace
}  // namespace pavior::city::tests
