#include "city/classifier/softmax.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pavior::city::inline v0 {
namespace {

using Weights = std::vector<double>;

/// The slope of the mean loss and the penalty at `weights`.
void find_slope(std::span<const Example> examples, const FitOptions& options, const Weights& weights, Weights& slope) {
  const auto categories = options.categories;
  const auto no_feature = options.features * categories;
  const double total = std::transform_reduce(examples.begin(), examples.end(), 0.0, std::plus{},
                                             [](const Example& e) { return e.count; });
  std::ranges::transform(weights, slope.begin(), [&](double weight) { return options.penalty * weight; });
  std::vector<double> scores(categories);
  for (const auto& example : examples) {
    std::copy_n(weights.begin() + static_cast<std::ptrdiff_t>(no_feature), categories, scores.begin());
    for (const auto& [feature, value] : example.terms) {
      const double* row = &weights[feature * categories];
      for (std::size_t i = 0; i < categories; ++i) scores[i] += row[i] * value;
    }
    softmax(scores);
    scores[example.category] -= 1;
    for (auto& excess : scores) excess *= example.count / total;
    for (const auto& [feature, value] : example.terms) {
      double* row = &slope[feature * categories];
      for (std::size_t i = 0; i < categories; ++i) row[i] += scores[i] * value;
    }
    for (std::size_t i = 0; i < categories; ++i) slope[no_feature + i] += scores[i];
  }
}

}  // namespace

void softmax(std::span<double> scores) {
  const double most = *std::ranges::max_element(scores);
  double sum = 0;
  for (auto& score : scores) sum += score = std::exp(score - most);
  for (auto& score : scores) score /= sum;
}

// Nesterov's accelerated gradient with restarts (O'Donoghue and Candes, 2015). The length of a step needs no search: the
// softmax curves by at most 1/2 times the squares of an example's terms, which are at most 1, and 1 more for no feature.
Fit fit_softmax(std::span<const Example> examples, const FitOptions& options, std::vector<double> start) {
  Fit fit{std::move(start), 0, false};
  fit.weights.resize((options.features + 1) * options.categories);
  Weights ahead = fit.weights, slope(fit.weights.size());
  const double step = 1 / (1 + options.penalty);
  double momentum = 1;
  for (; fit.steps < options.steps_max; ++fit.steps) {
    find_slope(examples, options, ahead, slope);
    double steepest = 0, uphill = 0;
    const double next_momentum = (1 + std::sqrt(1 + 4 * momentum * momentum)) / 2;
    const double carry = (momentum - 1) / next_momentum;
    for (std::size_t i = 0; i < slope.size(); ++i) {
      steepest = std::max(steepest, std::abs(slope[i]));
      const double weight = ahead[i] - step * slope[i];
      const double moved = weight - fit.weights[i];
      uphill += slope[i] * moved;
      ahead[i] = weight + carry * moved;
      fit.weights[i] = weight;
    }
    momentum = next_momentum;
    fit.converged = steepest <= options.slope_max;
    if (fit.converged) break;
    if (uphill > 0) momentum = 1, ahead = fit.weights;  // It rolled past the lowest point.
  }
  return fit;
}

}  // namespace pavior::city::inline v0
