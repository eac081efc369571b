// Warnings are the upward crossings that one finds who counts every instant anew.
#include <algorithm>
#include <map>
#include <set>

#include "city/duplicates.h"
#include "pavior/city/repeats.h"

namespace pavior::city::tests {
namespace {

using std::chrono::microseconds;

struct Level {
  int count;
  int until_below;
};

struct Warned {
  std::size_t report;
  int count;
  friend bool operator==(const Warned&, const Warned&) = default;
};

struct Report {
  std::int64_t at;  ///< Microseconds after noon.
  std::string reporter;
};

constexpr std::int64_t window = 60'000'000;  // A minute.
const std::vector<Level> levels = {{2, 2}, {4, 3}, {6, 2}};

std::string rule(bool by_reporter) {
  std::string text = fmt::format("repeats {{ rules {{ id: \"r\" window {{ amount: 1 unit: UNIT_MINUTE }} by: {} ",
                                 by_reporter ? "REPORTER" : "PLACE");
  const char* colours[] = {"BLUE", "YELLOW", "RED"};
  for (std::size_t i = 0; i < levels.size(); ++i)
    text += fmt::format("levels {{ colour: {} count: {} until_below: {} }} ", colours[i], levels[i].count,
                        levels[i].until_below);
  return text + "} }";
}

/// How many count at an instant: reports, or people.
int count_at(const std::vector<Report>& reports, std::int64_t instant, bool people) {
  std::set<std::string> who;
  int count = 0;
  for (const auto& report : reports)
    if (report.at <= instant && instant < report.at + window) {
      ++count;
      who.insert(report.reporter);
    }
  return people ? static_cast<int>(who.size()) : count;
}

/// Follows the count from instant to instant. Between those at which it changes it stays as it is; reports of one instant
/// are counted one by one, since each may warn.
std::vector<Warned> recounted(const std::vector<Report>& reports, bool people) {
  std::set<std::int64_t> instants;
  for (const auto& report : reports) instants.insert({report.at, report.at + window});
  std::vector<Warned> told;
  std::vector<bool> raised(levels.size());
  std::vector<Report> before;
  std::size_t next = 0;
  for (const auto instant : instants) {
    const auto come = [&] { return next < reports.size() && reports[next].at == instant; };
    const auto warn = [&](int count) {
      for (std::size_t i = 0; i < levels.size(); ++i)
        if (count >= levels[i].count && !raised[i]) {
          raised[i] = true;
          told.push_back({next, levels[i].count});
        }
    };
    for (; come(); ++next) {
      before.push_back(reports[next]);
      // Only what all reports of the instant together make is a fall.
      warn(count_at(before, instant, people));
    }
    const int count = count_at(before, instant, people);
    for (std::size_t i = 0; i < levels.size(); ++i)
      if (count < levels[i].until_below) raised[i] = false;
  }
  return told;
}

/// Steps that meet the window's edge now and then.
std::vector<Report> random_reports(std::mt19937_64& numbers, int people) {
  const auto to = [&](int most) { return static_cast<int>(numbers() % static_cast<std::uint64_t>(most + 1)); };
  std::vector<Report> reports;
  std::int64_t at = 0;
  const int usual = 1 + to(40);
  const auto up_to_seconds = [&](int most) { return std::int64_t{to(most)} * 1'000'000; };
  for (int i = 0; i < 120; ++i) {
    const std::int64_t steps[] = {0,
                                  1,
                                  window - 1,
                                  window,
                                  window + 1,
                                  up_to_seconds(usual),
                                  up_to_seconds(usual),
                                  up_to_seconds(usual),
                                  up_to_seconds(usual)};
    at += steps[to(8)];
    // Exactly when an earlier one leaves.
    if (!reports.empty() && to(4) == 0) {
      const auto leaves = reports[numbers() % reports.size()].at + window;
      if (leaves >= at) at = leaves;
    }
    reports.push_back({at, "p" + std::to_string(to(people - 1))});
  }
  return reports;
}

void check(bool by_reporter) {
  const auto seed = test::random_seed();
  const auto policy = town_and(rule(by_reporter));
  std::size_t warnings = 0;
  for (std::uint32_t trial = 0; trial < 200; ++trial) {
    INFO("seed " << seed << ", trial " << trial);
    std::mt19937_64 numbers(seed + trial);
    const auto reports = random_reports(numbers, by_reporter ? 1 : 8);
    RepeatWatch watch(policy);
    std::vector<Warned> told;
    for (std::size_t i = 0; i < reports.size(); ++i) {
      RepeatReport report;
      report.category = "01.01";
      report.reporter = reports[i].reporter;
      report.position = crossing();
      report.at = noon + microseconds(reports[i].at);
      // To forget, or to be stored and read again, makes no difference at any time.
      if (numbers() % 4 == 0) watch.forget(report.at);
      if (numbers() % 8 == 0) watch = RepeatWatch::restored(policy, watch.state()).value();
      for (const auto& warning : watch.observe(report)) {
        const int colour = warning.colour() == v1::BLUE ? 0 : warning.colour() == v1::YELLOW ? 1 : 2;
        told.push_back({i, levels[static_cast<std::size_t>(colour)].count});
      }
    }
    REQUIRE(told == recounted(reports, !by_reporter));
    warnings += told.size();
  }
  CHECK(warnings > 1000);
}

TEST_CASE("warnings of one person's reports are those of a recount of every window") { check(true); }

TEST_CASE("warnings of people at one place are those of a recount of every window") { check(false); }

}  // namespace
}  // namespace pavior::city::tests
