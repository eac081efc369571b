/// \file
/// A linear model of texts: n-grams in, the probability of each category out.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "city/classifier/vocabulary.h"

namespace pavior::city::inline v0 {

/// Threads: share freely once made.
struct LinearModel {
  Vocabulary vocabulary;
  std::size_t categories = 0;
  std::vector<float> weights;  ///< By feature, then by category; the last row is that of no feature.

  /// Of each category; they add up to 1.
  [[nodiscard]] std::vector<double> probabilities(std::string_view text) const;
  [[nodiscard]] std::vector<double> probabilities(std::span<const Term> terms) const;
  [[nodiscard]] std::span<const float> row(std::size_t feature) const {
    return std::span(weights).subspan(feature * categories, categories);
  }
};

/// The numbers of the `most` greatest, the greatest first; of equals the first.
[[nodiscard]] std::vector<std::size_t> greatest(std::span<const double> values, std::size_t most);

}  // namespace pavior::city::inline v0
