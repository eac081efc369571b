// Thousands of random lives of orders that merge, split and come back, in several cities: what must hold, holds.
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "city/random/trial.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "pavior/proto.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

constexpr std::size_t commands_of_a_sequence = 60;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* given = std::getenv(variable);
  return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

std::set<std::string> rows_of_all_tables() {
  std::set<std::string> ids;
  const auto workflow = make_work_order_workflow();
  for (const Transition& row : workflow->transitions()) ids.insert(row.id);
  return ids;
}

TEST_CASE("whatever is commanded, the invariants of an order hold, and every row of every table is taken") {
  const auto first = number_from("PAVIOR_SEED", 1);
  const auto sequences = number_from("PAVIOR_SEQUENCES", 2000);
  auto left = rows_of_all_tables();
  std::size_t accepted = 0;
  for (std::uint64_t seed = first; seed < first + sequences; ++seed) {
    const RandomCity& city = random_cities()[seed % random_cities().size()];
    std::vector<Step> steps;
    const auto verdict = play_random(city, seed, commands_of_a_sequence, steps);
    accepted += verdict.accepted;
    for (const std::string& row : verdict.rows) left.erase(row);
    if (verdict.violation) FAIL(report(city, seed, *verdict.violation, shortest(city, steps, *verdict.violation)));
  }
  INFO(accepted << " commands were accepted");
  CHECK(accepted > sequences * commands_of_a_sequence / 3);
  if (sequences < 2000) return;
  INFO("rows that were never taken: " << fmt::format("{}", fmt::join(left, ", ")));
  CHECK(left.empty());
}

TEST_CASE("a sequence that fails is shortened to what makes it fail") {
  // Wrong on purpose: it takes two reports, a merge and an unmerging to see it.
  const Also never_unmerged = [](const OrderWorld&, const Commit& commit, Invariants& invariants) {
    for (const Written& written : commit)
      if (short_name(written.fact.type) == "Unmerged") invariants.add("nothing is unmerged", written.key);
  };
  const RandomCity& city = random_cities().front();
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= 200 && found < 3; ++seed) {
    std::vector<Step> steps;
    const auto verdict = play_random(city, seed, commands_of_a_sequence, steps, never_unmerged);
    if (!verdict.violation) continue;
    ++found;
    const auto least = shortest(city, steps, *verdict.violation, never_unmerged);
    INFO(report(city, seed, *verdict.violation, least));
    // One more if an order was handled on the spot with its report: it has to be reopened first.
    REQUIRE(least.size() >= 4);
    CHECK(least.size() <= 5);
    CHECK(short_name(least[least.size() - 2].command.type()) == "Merge");
    CHECK(short_name(least[least.size() - 1].command.type()) == "Unmerge");
  }
  CHECK(found == 3);
}

TEST_CASE("one seed makes one sequence") {
  std::vector<Step> first, second;
  (void)play_random(random_cities()[2], 7, commands_of_a_sequence, first);
  (void)play_random(random_cities()[2], 7, commands_of_a_sequence, second);
  REQUIRE(first.size() == second.size());
  for (std::size_t i = 0; i < first.size(); ++i) CHECK(step_text(first[i]) == step_text(second[i]));
}

}  // namespace
}  // namespace pavior::city::tests
