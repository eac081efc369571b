// The review against counting: small random tables, of which every case is asked one by one.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "city/dispatch.h"
#include "city/dispatch/facts.h"
#include "fmt/ranges.h"
#include "pavior/city/dispatch_review.h"

namespace pavior::city::tests {
namespace {

using Random = std::mt19937;
using Kind = DispatchFinding::Kind;

constexpr unsigned review_seeds = 120;

/// Some of the values, and often none: then any.
std::string some(Random& random, const std::string& field, const std::vector<std::string>& values) {
  if (random() % 2 == 0) return "";
  std::string text;
  for (const auto& value : values)
    if (random() % 2 == 0) text += fmt::format("{}: {} ", field, value);
  return text;
}

std::string random_rows(Random& random) {
  std::string rows;
  const auto count = 2 + random() % 6;
  for (unsigned i = 0; i < count; ++i) {
    std::string when = some(random, "categories", {"\"01\"", "\"01.02\"", "\"02.01\""}) +
                       some(random, "grades", {"GRADE_GENERAL", "GRADE_COMPLEX", "GRADE_MAJOR_HAZARD"}) +
                       some(random, "grids", {"\"1\"", "\"1/2\"", "\"1/2/3\"", "\"4\""}) +
                       some(random, "channels", {"\"12345\"", "\"snap\""}) +
                       some(random, "profiles", {"\"plain\"", "\"emergency\""});
    const auto before = when;
    if (random() % 6 == 0) when += R"(conditions: "b" )";
    std::string days;
    if (random() % 5 == 0) days = R"(effective_to: "2024-05-31" )";
    if (random() % 5 == 0) days += R"(effective_from: "2024-05-20" )";
    auto one = fmt::format("rows {{ id: \"r{}\" {} when {{ {} }} then {{ unit: \"works\" reason: \"r\" }} }}\n", i,
                           days, when);
    // A row may not ask for a filing condition that none of its categories has.
    if (!mistake_of(one_table("FIRST", one)).empty())
      one = fmt::format("rows {{ id: \"r{}\" {} when {{ {} }} then {{ unit: \"works\" reason: \"r\" }} }}\n", i, days,
                        before);
    rows += one;
  }
  return rows;
}

struct Asked {
  v1::WorkOrder order;
  Time at;
};

/// One order of each kind that these rows can tell apart.
std::vector<Asked> every_case() {
  std::vector<Asked> all;
  for (const auto& [category, condition] :
       {std::pair("01.01", "a"), std::pair("01.01", "b"), std::pair("01.02", ""), std::pair("02.01", "")})
    for (const auto grade : {v1::GRADE_UNSPECIFIED, v1::GRADE_GENERAL, v1::GRADE_COMPLEX, v1::GRADE_MAJOR_HAZARD})
      for (const auto* grid : {"", "1", "1/2", "1/2/3", "1/9", "4/1", "5"})
        for (const auto* channel : {"12345", "snap"})
          for (const auto* profile : {"plain", "emergency"})
            for (const int days : {0, 18, 60}) {
              auto& one = all.emplace_back();
              one.order.set_category(category);
              one.order.set_condition(condition);
              one.order.set_grade(grade);
              one.order.set_grid(grid);
              one.order.set_channel(channel);
              one.order.set_profile(profile);
              one.at = monday_morning + std::chrono::hours(24 * days);
            }
  return all;
}

/// Which rows fit which case, by asking.
std::vector<std::vector<bool>> fits(const Policy& policy, const std::vector<Asked>& cases) {
  const Desk desk;
  const auto units = UnitIndex::make(*desk.world).value();
  const auto& tables = policy.dispatch().compiled();
  const auto& table = tables.tables[0];
  std::vector<std::vector<bool>> all;
  for (const auto& one : cases) {
    const DispatchQuestion question{one.order, policy, one.at};
    DispatchFacts facts(question, tables, units, *desk.workload);
    auto& row = all.emplace_back(table.rows.size());
    for (const auto i : table.rows_about(facts.category())) row[i] = facts.fits(table.rows[i]);
  }
  return all;
}

std::string path(std::size_t row) { return fmt::format("dispatch.tables[0].rows[{}]", row); }

std::multiset<std::string> paths(const std::vector<DispatchFinding>& findings, Kind kind) {
  std::multiset<std::string> all;
  for (const auto& finding : findings)
    if (finding.kind == kind) all.insert(finding.path);
  return all;
}

TEST_CASE("rows are shadowed, overlap and are out of reach just as counting every case says") {
  const auto cases = every_case();
  int shadowed = 0, overlapping = 0, open = 0;
  for (unsigned seed = 0; seed < review_seeds; ++seed) {
    Random random(seed);
    const auto rows = random_rows(random);
    INFO("seed " << seed << "\n" << rows);
    const auto first = town_policy(one_table("FIRST", rows));
    const auto table = fits(first, cases);
    const auto size = table[0].size();

    std::multiset<std::string> never, both, unreachable;
    for (std::size_t i = 0; i < size; ++i) {
      bool can = false, decides = false;
      for (const auto& fit : table) {
        can = can || fit[i];
        decides = decides ||
                  (fit[i] && std::find(fit.begin(), fit.end(), true) == fit.begin() + static_cast<std::ptrdiff_t>(i));
      }
      if (!can) unreachable.insert(path(i));
      if (can && !decides) never.insert(path(i));
      for (std::size_t k = 0; k < i; ++k)
        if (std::any_of(table.begin(), table.end(), [&](const auto& fit) { return fit[i] && fit[k]; }))
          both.insert(path(i));
    }
    const auto findings = review_dispatch(first, nullptr, monday_morning);
    CHECK(paths(findings, Kind::shadowed) == never);
    CHECK(paths(findings, Kind::unreachable) == unreachable);
    CHECK(paths(review_dispatch(town_policy(one_table("UNIQUE", rows)), nullptr, monday_morning), Kind::overlap) ==
          both);

    std::map<std::set<std::string>, std::set<std::string>> gaps;  // Categories by the grades that are left open.
    std::map<std::string, std::set<std::string>> by_category;
    for (std::size_t i = 0; i < cases.size(); ++i)
      if (std::find(table[i].begin(), table[i].end(), true) == table[i].end())
        by_category[cases[i].order.category()].insert(v1::Grade_Name(cases[i].order.grade()));
    for (const auto& [category, grades] : by_category) gaps[grades].insert(category);
    CHECK(paths(findings, Kind::gap).size() == gaps.size());
    for (const auto& [grades, categories] : gaps) {
      const auto text = fmt::format("some orders of {} with the grade ", fmt::join(categories, ", "));
      const auto told = [&](const auto& finding) { return finding.what.find(text) != std::string::npos; };
      CHECK(std::any_of(findings.begin(), findings.end(), told));
    }
    shadowed += never.empty() ? 0 : 1;
    overlapping += both.empty() ? 0 : 1;
    open += gaps.empty() ? 0 : 1;
  }
  // The tables are of all kinds, or nothing was tested.
  CHECK(shadowed > 10);
  CHECK(overlapping > 10);
  CHECK(overlapping < static_cast<int>(review_seeds));
  CHECK(open > 10);
  CHECK(open < static_cast<int>(review_seeds));
}

}  // namespace
}  // namespace pavior::city::tests
