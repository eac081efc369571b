/// \file
/// Multinomial logistic regression: one weight for each feature and category, and what follows from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "city/classifier/vocabulary.h"

namespace pavior::city::inline v0 {

/// Makes probabilities of scores, in place.
void softmax(std::span<double> scores);

/// Some texts alike, and the category of them.
struct Example {
  std::vector<Term> terms;
  std::uint32_t category = 0;
  double count = 1;
};

struct Fit {
  /// By feature, then by category; the last row is that of no feature, how common each category is.
  std::vector<double> weights;
  std::size_t steps = 0;
  bool converged = false;
};

struct FitOptions {
  std::size_t features = 0;
  std::size_t categories = 0;
  double penalty = 0;       ///< On half the squares of the weights, beside the mean loss of an example.
  double slope_max = 1e-5;  ///< The steepest slope at which the fit is done.
  std::size_t steps_max = 2000;
};

/// The weights with the least mean loss and penalty: there is one such point, whatever the start and the order of the
/// examples. REQUIRES: no term above 1, nor the sum of an example's squares; a penalty above 0.
[[nodiscard]] Fit fit_softmax(std::span<const Example> examples, const FitOptions& options,
                              std::vector<double> start = {});

}  // namespace pavior::city::inline v0
