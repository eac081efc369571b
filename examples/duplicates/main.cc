// Tries duplicate rules on Boston's reports: chosen on July, told of July and of the two months after it.
#include <cstdio>
#include <string>

#include "fmt/format.h"
#include "trial.h"

using namespace pavior;
using namespace pavior::trial;
using city::v1::DuplicateRules;

namespace {

constexpr Time day(unsigned month, unsigned day) {
  return std::chrono::sys_days(std::chrono::year(2011) / std::chrono::month(month) / std::chrono::day(day));
}

void print(const std::string& name, const std::string& months, const Counts& of) {
  fmt::print(
      "duplicates rules=\"{}\" months={} reports={} labelled={} suspected={} both={} precision={:.3f} recall={:.3f} "
      "f1={:.3f} pair_precision={:.3f}\n",
      name, months, of.reports, of.labelled, of.suspected, of.both, of.precision(), of.recall(), of.f1(),
      of.pair_precision());
}

template <class T>
T or_end(Result<T> result) {
  if (result) return *std::move(result);
  fmt::print(stderr, "{}\n", result.error().message());
  std::exit(1);
}

void tell(const LabelledReports& reports, const std::string& name, const DuplicateRules& rules) {
  print(name, "July", or_end(try_rules(reports, rules, day(7, 1), day(8, 1))).all);
  print(name, "August+September", or_end(try_rules(reports, rules, day(8, 1), day(10, 1))).all);
}

struct Chosen {
  std::string name;
  DuplicateRules rules;
  double f1 = 0;
};

/// Of one rule for all, by F1 in July.
Chosen best_single(const LabelledReports& reports) {
  Chosen best;
  for (const double metres : {15.0, 45.72, 100.0, 200.0})
    for (const int hours : {3, 24, 168, 720})
      for (const auto match : {city::v1::DuplicateRule::SAME_MINOR, city::v1::DuplicateRule::SAME_MAJOR})
        for (const double address : {0.0, 0.5, 0.9})
          for (const double score : {0.0, 0.5, 0.7, 0.8, 0.9}) {
            auto rules = boston_rules(metres, hours);
            rules.mutable_standard()->set_match(match);
            rules.mutable_standard()->set_address_min(address);
            rules.mutable_standard()->set_score_min(score);
            const auto trial = or_end(try_rules(reports, rules, day(7, 1), day(8, 1)));
            if (trial.all.f1() <= best.f1) continue;
            best = {fmt::format("best single: {} m, {} h, {}, address {}, score {}", metres, hours,
                                city::v1::DuplicateRule::Match_Name(match), address, score),
                    rules, trial.all.f1()};
          }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: pavior_duplicate_trial FILE, Boston's reports as CSV, plain or gzip\n");
    return 2;
  }
  const auto reports = or_end(read_boston(argv[1]));
  tell(reports, "150 ft, 3 h", boston_rules(45.72, 3));
  tell(reports, "50 m, 720 h", boston_rules(50, 720));
  const auto single = best_single(reports);
  tell(reports, single.name, single.rules);
  const auto by_category = or_end(rules_by_category(reports, day(7, 1), day(8, 1)));
  tell(reports, fmt::format("by category: {} of them", by_category.categories_size()), by_category);
  const auto names = or_end(city::Policy::make(reports.catalogue));
  for (const auto& one : by_category.categories())
    fmt::print("chosen category=\"{}\" metres={} hours={}\n", names.category(one.category())->name(),
               one.rule().metres(), one.rule().window().amount());
}
