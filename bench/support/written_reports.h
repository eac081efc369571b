/// \file
/// Reports of made-up words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

#include "pavior/city/text_classifier.h"

namespace pavior::bench {

/// As long as told, and of words that depend on their category, one of `support/responsibilities.h`.
class WrittenReports {
 public:
  WrittenReports(std::size_t of_categories, bool chinese) : categories_(of_categories), chinese_(chinese) {}

  [[nodiscard]] city::LabelledText next(std::size_t letters);

 private:
  std::mt19937_64 numbers_{1};
  std::size_t categories_;
  bool chinese_;
};

}  // namespace pavior::bench
