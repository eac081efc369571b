// One warning for each time that there are too many reports, and the exact edges of windows.
#include "pavior/city/repeats.h"

#include "city/duplicates.h"

namespace pavior::city::tests {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

const std::string often = R"(repeats { rules {
  id: "often" by: REPORTER window { amount: 10 unit: UNIT_MINUTE }
  levels { colour: YELLOW count: 3 } levels { colour: RED count: 5 until_below: 3 }
} })";
const std::string many = R"(repeats { rules {
  id: "many" by: PLACE window { amount: 10 unit: UNIT_MINUTE } levels { colour: YELLOW count: 3 }
} })";

RepeatReport report_by(std::string_view reporter, Time at, std::string_view order = "A") {
  RepeatReport report;
  report.order = order;
  report.category = "01.01";
  report.reporter = reporter;
  report.grid = "3411/05";
  report.position = crossing();
  report.at = at;
  return report;
}

/// The colours that a report warns in: "YELLOW RED".
std::string colours(const std::vector<v1::RepeatWarning>& warnings) {
  std::string text;
  for (const auto& warning : warnings) text += (text.empty() ? "" : " ") + v1::Colour_Name(warning.colour());
  return text;
}

/// One person's reports, in minutes after noon: what each of them warns of.
std::vector<std::string> told(const std::string& rules, const std::vector<int>& at) {
  RepeatWatch watch(town_and(rules));
  std::vector<std::string> warnings;
  for (const int minute : at) warnings.push_back(colours(watch.observe(report_by("p1", noon + minutes(minute)))));
  return warnings;
}

using Told = std::vector<std::string>;

TEST_CASE("the third report of one person warns once, with the reports that count") {
  RepeatWatch watch(town_and(often));
  CHECK(watch.observe(report_by("p1", noon, "A")).empty());
  CHECK(watch.observe(report_by("p2", noon, "B")).empty());
  CHECK(watch.observe(report_by("p1", noon + minutes(1), "C")).empty());
  const auto warnings = watch.observe(report_by("p1", noon + minutes(2), "D"));
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].rule() == "often");
  CHECK(warnings[0].key() == "p1");
  CHECK(warnings[0].colour() == v1::YELLOW);
  CHECK(warnings[0].count() == 3);
  CHECK(warnings[0].since() == noon.time_since_epoch().count());
  CHECK(std::vector<std::string>(warnings[0].orders().begin(), warnings[0].orders().end()) ==
        std::vector<std::string>{"A", "C", "D"});
  CHECK(warnings[0].reason() == "3 reports of one person within 10 minutes");
  CHECK(watch.observe(report_by("p1", noon + minutes(3), "E")).empty());
}

TEST_CASE("a level warns again only after the count has been below its bound") {
  // The first report is 10 minutes old when the fourth comes, so there were never less than three.
  CHECK(told(often, {0, 1, 2, 10, 11}) == Told{"", "", "YELLOW", "", ""});
  // For a minute there were two.
  CHECK(told(often, {0, 1, 2, 11}) == Told{"", "", "YELLOW", ""});
  CHECK(told(often, {0, 5, 6, 11}) == Told{"", "", "YELLOW", "YELLOW"});
  // Red waits until there were two, yellow too.
  CHECK(told(often, {0, 1, 2, 3, 4, 9, 11, 12}) == Told{"", "", "YELLOW", "", "RED", "", "", ""});
  CHECK(told(often, {0, 1, 2, 3, 4, 30, 31, 32, 33, 34}) ==
        Told{"", "", "YELLOW", "", "RED", "", "", "YELLOW", "", "RED"});
}

TEST_CASE("a report counts from its instant until just before the window's end") {
  const auto third_at = [](Time at) {
    RepeatWatch watch(town_and(often));
    (void)watch.observe(report_by("p1", noon));
    (void)watch.observe(report_by("p1", noon + minutes(5)));
    return colours(watch.observe(report_by("p1", at)));
  };
  CHECK(third_at(noon + minutes(10) - microseconds(1)) == "YELLOW");
  CHECK(third_at(noon + minutes(10)) == "");
}

TEST_CASE("a gap of a microsecond is one") {
  const auto fourth_at = [](Time at) {
    RepeatWatch watch(town_and(often));
    for (const int minute : {0, 1, 2}) (void)watch.observe(report_by("p1", noon + minutes(minute)));
    return colours(watch.observe(report_by("p1", at)));
  };
  CHECK(fourth_at(noon + minutes(10)) == "");
  CHECK(fourth_at(noon + minutes(10) + microseconds(1)) == "YELLOW");
}

TEST_CASE("people at one place count once each, and by their latest report") {
  RepeatWatch watch(town_and(many));
  CHECK(watch.observe(report_by("p1", noon)).empty());
  CHECK(watch.observe(report_by("p1", noon + minutes(1))).empty());
  CHECK(watch.observe(report_by("p2", noon + minutes(2))).empty());
  CHECK(watch.observe(report_by("p1", noon + minutes(8))).empty());
  const auto warnings = watch.observe(report_by("p3", noon + minutes(11)));
  REQUIRE(colours(warnings) == "YELLOW");
  CHECK(warnings[0].reason() == "3 people report from one place within 10 minutes");
}

TEST_CASE("who has no name counts only where the rule says so, and then each alone") {
  RepeatWatch named(town_and(many));
  for (int i = 0; i < 5; ++i) CHECK(named.observe(report_by("", noon + minutes(i))).empty());
  CHECK(named.size() == 0);
  auto rules = many;
  RepeatWatch all(town_and(rules.replace(rules.find("levels"), 0, "anonymous: true ")));
  CHECK(all.observe(report_by("", noon)).empty());
  CHECK(all.observe(report_by("", noon)).empty());
  CHECK(colours(all.observe(report_by("p1", noon))) == "YELLOW");
}

TEST_CASE("places, grids and categories are counted apart, as the rule splits them") {
  const auto warns = [](const std::string& rule, std::string_view category, const v1::Position& at,
                        std::string_view grid) {
    RepeatWatch watch(
        town_and("repeats { rules { id: \"r\" window { amount: 1 unit: UNIT_HOUR } levels { colour: BLUE "
                 "count: 2 } " +
                 rule + " } }"));
    (void)watch.observe(report_by("p1", noon));
    auto other = report_by("p2", noon);
    other.category = category;
    other.position = at;
    other.grid = grid;
    return colours(watch.observe(other)) == "BLUE";
  };
  CHECK(warns("by: PLACE", "01.01", crossing(), ""));
  CHECK_FALSE(warns("by: PLACE", "01.01", crossing(1000), "3411/05"));
  CHECK(warns("by: PLACE metres: 100000", "01.01", crossing(100), ""));
  CHECK_FALSE(warns("by: PLACE", "01.01", position(0, 0), "3411/05"));
  CHECK_FALSE(warns("by: PLACE", "01.02", crossing(), ""));
  CHECK(warns("by: PLACE split: EACH_MAJOR", "01.02", crossing(), ""));
  CHECK_FALSE(warns("by: PLACE split: EACH_MAJOR", "elsewhere", crossing(), ""));
  CHECK(warns("by: PLACE split: TOGETHER", "elsewhere", crossing(), ""));
  CHECK(warns("by: GRID", "01.01", crossing(1000), "3411/05"));
  CHECK_FALSE(warns("by: GRID", "01.01", crossing(), "3411/06"));
  CHECK_FALSE(warns("by: GRID", "01.01", crossing(), ""));
  CHECK_FALSE(warns("by: PLACE categories: \"01.02\"", "01.01", crossing(), ""));
  CHECK(warns("by: PLACE categories: \"01\"", "01.01", crossing(), ""));
}

TEST_CASE("a report that comes late counts as far as it is still in the window") {
  RepeatWatch watch(town_and(often));
  (void)watch.observe(report_by("p1", noon + minutes(20)));
  CHECK(watch.observe(report_by("p1", noon)).empty());
  CHECK(watch.observe(report_by("p1", noon + minutes(10))).empty());
  CHECK(watch.observe(report_by("p1", noon + minutes(15))).empty());
  const auto warnings = watch.observe(report_by("p1", noon + minutes(12), "late"));
  REQUIRE(colours(warnings) == "YELLOW");
  CHECK(warnings[0].at() == (noon + minutes(20)).time_since_epoch().count());
  CHECK(warnings[0].orders(0) == "late");
}

TEST_CASE("a watch goes on from its state as if nothing had happened") {
  const auto policy = town_and(often);
  RepeatWatch watch(policy);
  for (const int minute : {0, 1, 2}) (void)watch.observe(report_by("p1", noon + minutes(minute)));
  auto restored = RepeatWatch::restored(policy, watch.state());
  REQUIRE(restored);
  CHECK(restored->state().SerializeAsString() == watch.state().SerializeAsString());
  CHECK(restored->observe(report_by("p1", noon + minutes(3))).empty());
  CHECK(colours(restored->observe(report_by("p1", noon + minutes(4)))) == "RED");
}

TEST_CASE("a state that is none is refused, and windows of rules that are gone are left out") {
  const auto policy = town_and(often);
  RepeatWatch watch(policy);
  (void)watch.observe(report_by("p1", noon));
  auto state = watch.state();
  *state.add_windows() = state.windows(0);
  CHECK(RepeatWatch::restored(policy, state).error().message() ==
        "windows[1]: p1 of rule often is there already; rebuild the state from the reports");
  state.mutable_windows()->RemoveLast();
  state.mutable_windows(0)->add_counted()->set_at(1);
  CHECK(RepeatWatch::restored(policy, state).error().message() ==
        "windows[0].counted: is not in the order of time; rebuild the state from the reports");
  const auto others = RepeatWatch::restored(town_and(many), watch.state());
  REQUIRE(others);
  CHECK(others->size() == 0);
}

TEST_CASE("windows leave when nothing counts any more, and not before a report could tell") {
  RepeatWatch watch(town_and(often));
  for (const int minute : {0, 1, 2}) (void)watch.observe(report_by("p1", noon + minutes(minute)));
  watch.forget(noon + minutes(12));
  CHECK(watch.size() == 1);
  watch.forget(noon + minutes(12) + microseconds(1));
  CHECK(watch.size() == 0);
}

TEST_CASE("an order's own fields are counted") {
  v1::WorkOrder order;
  order.set_category("01.01");
  order.mutable_reporter()->set_id("p1");
  order.set_reported_at(noon.time_since_epoch().count());
  RepeatWatch watch(town_and(often));
  CHECK(watch.observe(repeat_report("A", order)).empty());
  CHECK(watch.observe(repeat_report("B", order)).empty());
  CHECK(colours(watch.observe(repeat_report("C", order))) == "YELLOW");
}

}  // namespace
}  // namespace pavior::city::tests
