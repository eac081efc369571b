#include "classify/classify_text.h"

#include <algorithm>
#include <vector>

#include "fmt/format.h"
#include "text/printable.h"

namespace pavior::cli {
namespace {

constexpr std::size_t confusions_shown_max = 10;

using Confusion = std::pair<std::pair<std::string, std::string>, std::size_t>;

std::vector<Confusion> worst_confusions(const Score& score) {
  std::vector<Confusion> worst(score.confusions.begin(), score.confusions.end());
  std::ranges::stable_sort(worst, std::greater{}, &Confusion::second);
  worst.resize(std::min(worst.size(), confusions_shown_max));
  return worst;
}

// The largest first; of equals by name.
std::vector<std::pair<std::string, CategoryScore>> by_rows(const Score& score) {
  std::vector<std::pair<std::string, CategoryScore>> categories(score.categories.begin(), score.categories.end());
  std::ranges::stable_sort(categories, std::greater{}, [](const auto& entry) { return entry.second.rows; });
  return categories;
}

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

// Names of categories go last: their width on a terminal is hard to tell.
std::string categories_text(const Score& score) {
  std::string text = "\n  rows  precision   recall       F1  category\n";
  for (const auto& [name, category] : by_rows(score))
    text += fmt::format("{:>6}  {:>9.3f}  {:>7.3f}  {:>7.3f}  {}\n", category.rows, category.precision(),
                        category.recall(), category.f1(), printable(name));
  return text;
}

std::string confusions_text(const Score& score) {
  if (score.confusions.empty()) return "";
  std::string text = "\n  rows  people said > the model said\n";
  for (const auto& [pair, rows] : worst_confusions(score))
    text += fmt::format("{:>6}  {} > {}\n", rows, printable(pair.first), printable(pair.second));
  return text;
}

std::string confidence_text(const Score& score) {
  std::string text = "\nconfidence at least  answers   of all  of them right\n";
  for (const auto& line : score.at_least)
    text += fmt::format("{:>19.2f}  {:>7}  {:>7}  {:>13}\n", line.from, line.rows,
                        percent(static_cast<double>(line.rows) / static_cast<double>(score.rows)),
                        line.rows > 0 ? percent(line.accuracy()) : "-");
  text += "\nconfidence from  answers  confidence on average  of them right\n";
  for (const auto& band : score.bands)
    text += fmt::format("{:>15.2f}  {:>7}  {:>21}  {:>13}\n", band.from, band.rows, percent(band.mean_confidence),
                        percent(band.accuracy()));
  return text;
}

std::string json_list(const std::vector<JsonObject>& objects) {
  std::string text;
  for (const auto& object : objects) text += (text.empty() ? "" : ",") + object.text();
  return '[' + text + ']';
}

std::vector<JsonObject> confidence_json(const std::vector<ConfidenceScore>& scores) {
  std::vector<JsonObject> list;
  for (const auto& score : scores)
    list.emplace_back()
        .add_json("from", decimal(score.from))
        .add("rows", std::uint64_t{score.rows})
        .add("right", std::uint64_t{score.right})
        .add_json("mean_confidence", decimal(score.mean_confidence));
  return list;
}

}  // namespace

std::string decimal(double number) { return fmt::format("{:.4f}", number); }

std::string score_text(const Score& score, const Score& baseline) {
  const auto interval = score.accuracy_95();
  auto text = fmt::format("accuracy  {:.4f}  ({} of {} rows; 95 % interval {:.3f} to {:.3f})\n", score.accuracy(),
                          score.right, score.rows, interval.low, interval.high);
  text += fmt::format("macro-F1  {:.4f}  (mean of {} categories)\n", score.macro_f1(), score.categories.size());
  text += fmt::format("baseline  {:.4f}  (macro-F1 {:.4f}; always \"{}\", the most common of these rows)\n",
                      baseline.accuracy(), baseline.macro_f1(), printable(score.most_common));
  text += fmt::format("calibration error  {:.4f}\n", score.calibration_error());
  return text + categories_text(score) + confusions_text(score) + confidence_text(score);
}

JsonObject score_json(const Score& score, const Score& baseline) {
  std::vector<JsonObject> categories, confusions;
  for (const auto& [name, category] : by_rows(score))
    categories.emplace_back()
        .add("category", name)
        .add("rows", std::uint64_t{category.rows})
        .add_json("precision", decimal(category.precision()))
        .add_json("recall", decimal(category.recall()))
        .add_json("f1", decimal(category.f1()));
  for (const auto& [pair, rows] : worst_confusions(score))
    confusions.emplace_back().add("people", pair.first).add("model", pair.second).add("rows", std::uint64_t{rows});
  JsonObject json;
  json.add("rows", std::uint64_t{score.rows})
      .add_json("accuracy", decimal(score.accuracy()))
      .add_json("macro_f1", decimal(score.macro_f1()))
      .add_json("baseline_accuracy", decimal(baseline.accuracy()))
      .add_json("baseline_macro_f1", decimal(baseline.macro_f1()))
      .add("most_common", score.most_common)
      .add_json("calibration_error", decimal(score.calibration_error()))
      .add_json("categories", json_list(categories))
      .add_json("confusions", json_list(confusions))
      .add_json("at_least", json_list(confidence_json(score.at_least)))
      .add_json("bands", json_list(confidence_json(score.bands)));
  return json;
}

}  // namespace pavior::cli
