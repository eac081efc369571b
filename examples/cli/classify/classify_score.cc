#include "classify/classify_score.h"

#include <algorithm>
#include <cmath>

namespace pavior::cli {
namespace {

constexpr std::array thresholds{0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95};
constexpr std::size_t bands_count = 10;

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

void add(ConfidenceScore& score, const Verdict& verdict) {
  score.mean_confidence += verdict.confidence;  // Their sum, until all are there.
  ++score.rows;
  score.right += verdict.people == verdict.model;
}

void finish(ConfidenceScore& score) {
  score.mean_confidence = ratio(score.mean_confidence, static_cast<double>(score.rows));
}

}  // namespace

double CategoryScore::precision() const { return ratio(static_cast<double>(both), static_cast<double>(said)); }
double CategoryScore::recall() const { return ratio(static_cast<double>(both), static_cast<double>(rows)); }
double CategoryScore::f1() const { return ratio(2 * static_cast<double>(both), static_cast<double>(rows + said)); }
double ConfidenceScore::accuracy() const { return ratio(static_cast<double>(right), static_cast<double>(rows)); }
double Score::accuracy() const { return ratio(static_cast<double>(right), static_cast<double>(rows)); }

double Score::macro_f1() const {
  double sum = 0;
  for (const auto& [name, category] : categories) sum += category.f1();
  return ratio(sum, static_cast<double>(categories.size()));
}

Share Score::accuracy_95() const {
  constexpr double z = 1.959964;
  const auto n = static_cast<double>(rows);
  const double share = accuracy();
  const double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  return {middle - half, middle + half};
}

double Score::calibration_error() const {
  double sum = 0;
  for (const auto& band : bands)
    sum += static_cast<double>(band.rows) * std::abs(band.accuracy() - band.mean_confidence);
  return ratio(sum, static_cast<double>(rows));
}

Score score_of(std::span<const Verdict> verdicts) {
  Score score;
  score.rows = verdicts.size();
  for (const double threshold : thresholds) score.at_least.push_back({threshold, 0, 0, 0});
  for (std::size_t i = 0; i < bands_count; ++i)
    score.bands.push_back({static_cast<double>(i) / static_cast<double>(bands_count), 0, 0, 0});
  for (const auto& verdict : verdicts) {
    const bool right = verdict.people == verdict.model;
    score.right += right;
    ++score.categories[verdict.people].rows;
    ++score.categories[verdict.model].said;
    if (right)
      ++score.categories[verdict.people].both;
    else
      ++score.confusions[{verdict.people, verdict.model}];
    for (auto& line : score.at_least)
      if (verdict.confidence >= line.from) add(line, verdict);
    const auto band = static_cast<std::size_t>(verdict.confidence * static_cast<double>(bands_count));
    add(score.bands[std::min(band, bands_count - 1)], verdict);
  }
  std::ranges::for_each(score.at_least, finish);
  std::ranges::for_each(score.bands, finish);
  std::erase_if(score.bands, [](const ConfidenceScore& band) { return band.rows == 0; });
  const auto fewer = [](const auto& a, const auto& b) { return a.second.rows < b.second.rows; };
  score.most_common = std::ranges::max_element(score.categories, fewer)->first;
  return score;
}

Score baseline_of(std::span<const Verdict> verdicts) {
  const auto most_common = score_of(verdicts).most_common;
  std::vector<Verdict> always(verdicts.begin(), verdicts.end());
  for (auto& verdict : always) verdict.model = most_common;
  return score_of(always);
}

}  // namespace pavior::cli
