// The two catalogues that ship are sound, and docs/example_catalogues.md counts them right.
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "pavior/city/v1/catalogue.pb.h"
#include "program.h"
#include "support/catch.h"
#include "text/policy_source.h"

using pavior::city::v1::Catalogue;
using pavior::city::v1::MinorCategory;
using pavior::test::run;

namespace {

struct CategoryCounts {
  int minors = 0, components = 0, events = 0, services = 0, conditions = 0, limits = 0, milestones = 0;
  std::set<std::string> units, calendars;
};

void count(const MinorCategory& minor, CategoryCounts& counts) {
  ++counts.minors;
  counts.components += minor.kind() == MinorCategory::COMPONENT ? 1 : 0;
  counts.events += minor.kind() == MinorCategory::EVENT_ITEM ? 1 : 0;
  counts.services += minor.kind() == MinorCategory::SERVICE ? 1 : 0;
  counts.units.insert(minor.duty_units().begin(), minor.duty_units().end());
  for (const auto& condition : minor.conditions()) {
    ++counts.conditions;
    counts.limits += condition.has_limit() ? 1 : 0;
    counts.milestones += condition.milestones_size();
  }
}

CategoryCounts counts_of(const Catalogue& catalogue) {
  CategoryCounts counts;
  for (const auto& major : catalogue.majors())
    for (const auto& minor : major.minors()) count(minor, counts);
  for (const auto& clock : catalogue.clocks().clocks()) counts.calendars.insert(clock.calendar());
  return counts;
}

/// The column of a catalogue in the page's table, from top to bottom.
std::vector<std::pair<std::string, std::string>> column(const Catalogue& catalogue) {
  const CategoryCounts counts = counts_of(catalogue);
  const auto number = [](int count) { return fmt::format("{}", count); };
  return {{"id, version", fmt::format("{}, {}", catalogue.id(), catalogue.version())},
          {"major categories", number(catalogue.majors_size())},
          {"minor categories", number(counts.minors)},
          {"of them components, events, services",
           fmt::format("{}, {}, {}", counts.components, counts.events, counts.services)},
          {"filing conditions", number(counts.conditions)},
          {"with a limit of their own", number(counts.limits)},
          {"milestones", number(counts.milestones)},
          {"channels", number(catalogue.channels_size())},
          {"profiles", number(catalogue.profiles_size())},
          {"reply templates", number(catalogue.templates_size())},
          {"reply rules", number(catalogue.reply_rules_size())},
          {"grants", number(catalogue.grants_size())},
          {"clocks", number(catalogue.clocks().clocks_size())},
          {"units with a duty", number(static_cast<int>(counts.units.size()))},
          {"counts by the calendar", fmt::format("{}", fmt::join(counts.calendars, ", "))}};
}

Catalogue shipped(const std::string& name) {
  auto catalogue = pavior::cli::open_catalogue(name, nullptr);
  INFO(name);
  REQUIRE(catalogue);
  return *std::move(catalogue);
}

}  // namespace

TEST_CASE("the catalogues that ship are sound") {
  for (const std::string name : {"district", "boston"}) {
    const auto ran = run({"policy", "validate", name});
    CHECK(ran.err.empty());
    CHECK(ran.out.starts_with(name + ": " + name + " version 1 is sound: "));
    CHECK(ran.code == 0);
  }
}

TEST_CASE("docs/example_catalogues.md counts what is in them") {
  const auto district = column(shipped("district"));
  const auto boston = column(shipped("boston"));
  std::string table = "| | `district.textproto` | `boston.textproto` |\n|---|---|---|\n";
  for (std::size_t i = 0; i < district.size(); ++i)
    table += fmt::format("| {} | {} | {} |\n", district[i].first, district[i].second, boston[i].second);
  std::ifstream file(PAVIOR_SOURCE_DIR "/docs/example_catalogues.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const auto begin = page.find("| |");
  REQUIRE(begin != std::string::npos);
  CHECK(page.substr(begin, page.find("\n\n", begin) + 1 - begin) == table);
}
