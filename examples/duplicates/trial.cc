#include "trial.h"

#include <functional>
#include <queue>
#include <set>
#include <utility>
#include <vector>

namespace pavior::trial {
namespace {

using city::v1::DuplicateRule;
using city::v1::DuplicateRules;

constexpr double metres_tried[] = {15, 45.72, 100, 200};
constexpr int hours_tried[] = {3, 24, 168, 720};
// Fewer say nothing of a category.
constexpr std::size_t found_min = 2;

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void set_rule(DuplicateRule& rule, double metres, int hours) {
  rule.set_metres(metres);
  rule.mutable_window()->set_amount(hours);
  rule.mutable_window()->set_unit(city::v1::UNIT_HOUR);
}

}  // namespace

double Counts::precision() const { return share(both, suspected); }
double Counts::recall() const { return share(both, labelled); }
double Counts::f1() const { return share(2 * both, suspected + labelled); }
double Counts::pair_precision() const { return share(either, suspected); }

Counts& Counts::operator+=(const Counts& more) {
  reports += more.reports;
  labelled += more.labelled;
  suspected += more.suspected;
  both += more.both;
  either += more.either;
  return *this;
}

Result<Trial> try_rules(const LabelledReports& reports, const DuplicateRules& rules, Time from, Time to) {
  auto catalogue = reports.catalogue;
  *catalogue.mutable_duplicates() = rules;
  auto policy = city::Policy::make(std::move(catalogue));
  if (!policy) return std::move(policy).error();

  city::DuplicateIndex index(*policy);
  using Closing = std::pair<Time, std::string_view>;
  std::priority_queue<Closing, std::vector<Closing>, std::greater<>> closings;
  std::set<std::string, std::less<>> labelled;
  Trial trial;
  for (const auto& row : reports.rows) {
    if (row.opened >= to) break;
    for (; !closings.empty() && closings.top().first <= row.opened; closings.pop())
      index.set_stage(closings.top().second, city::v1::STAGE_CLOSED);
    index.forget(row.opened);
    if (row.opened >= from) {
      const auto answer = index.find(row.report());
      const bool suspected = !answer.candidates().empty();
      const bool best_is_labelled = suspected && labelled.contains(answer.candidates(0).order());
      Counts counts;
      counts.reports = 1;
      counts.labelled = row.duplicate;
      counts.suspected = suspected;
      counts.both = suspected && row.duplicate;
      counts.either = suspected && (row.duplicate || best_is_labelled);
      trial.all += counts;
      trial.by_category[row.category] += counts;
    }
    index.put(row.report(), city::v1::STAGE_ACCEPTED);
    if (row.closed) closings.emplace(*row.closed, row.key);
    if (row.duplicate) labelled.insert(row.key);
  }
  return trial;
}

DuplicateRules boston_rules(double metres, int hours) {
  DuplicateRules rules;
  set_rule(*rules.mutable_standard(), metres, hours);
  // The city hall, where 2,462 reports without a place of their own are put.
  auto& unknown = *rules.add_no_places();
  unknown.set_latitude(42.3594);
  unknown.set_longitude(-71.0587);
  return rules;
}

Result<DuplicateRules> rules_by_category(const LabelledReports& reports, Time from, Time to) {
  struct Best {
    double f1 = 0;
    DuplicateRule rule;
  };
  std::map<std::string, Best> best;
  for (const double metres : metres_tried)
    for (const int hours : hours_tried) {
      const auto rules = boston_rules(metres, hours);
      const auto trial = try_rules(reports, rules, from, to);
      if (!trial) return trial.error();
      // The first of equal ones: the nearest, then the shortest.
      for (const auto& [category, counts] : trial->by_category)
        if (counts.both >= found_min && counts.f1() > best[category].f1)
          best[category] = {counts.f1(), rules.standard()};
    }
  auto rules = boston_rules(metres_tried[0], hours_tried[0]);
  rules.mutable_standard()->set_action(DuplicateRule::NOTHING);
  for (auto& [category, chosen] : best) {
    if (chosen.f1 == 0) continue;
    auto& added = *rules.add_categories();
    added.set_category(category);
    *added.mutable_rule() = std::move(chosen.rule);
    added.mutable_rule()->set_action(DuplicateRule::SUGGEST);
  }
  return rules;
}

}  // namespace pavior::trial
