/// \file
/// Makes a linear model of labelled texts, and measures what it can expect of others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "city/classifier/linear_model.h"

namespace pavior::city::inline v0 {

/// All rows of one text and one category.
struct TextGroup {
  std::string_view text;
  std::uint32_t category = 0;
  double count = 0;
};

struct Trained {
  LinearModel model;
  double strength = 0;
  double accuracy = 0;
  double log_loss = 0;
  bool converged = false;
};

struct TrainingLimits {
  std::size_t categories = 0;
  std::size_t ngrams_max = 0;
  std::size_t folds = 0;
  std::uint64_t seed = 0;
};

/// Tries some strengths by cross-validation, and trains with the one that expects least of a surprise in new texts.
/// REQUIRES: groups of equal texts side by side; categories below `limits.categories`.
[[nodiscard]] Trained train_linear_model(std::span<const TextGroup> groups, const TrainingLimits& limits);

/// Where a text falls between 0 and 1; not the hash that models know n-grams by.
[[nodiscard]] double lot_of(std::string_view text, std::uint64_t seed);

}  // namespace pavior::city::inline v0
