/// \file
/// How well a classifier's answers agree with people's.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace pavior::cli {

/// One report: what people said, and what the model said and how sure it was.
struct Verdict {
  std::string people;
  std::string model;
  double confidence = 0;
};

/// How one category fared.
struct CategoryScore {
  std::size_t rows = 0;  ///< That people put there,
  std::size_t said = 0;  ///< that the model put there,
  std::size_t both = 0;  ///< and that both did.

  [[nodiscard]] double precision() const;
  [[nodiscard]] double recall() const;
  /// The harmonic mean of both; 0 if nothing agrees.
  [[nodiscard]] double f1() const;
};

/// Answers of some confidence: how many there are, how many are right, and how sure they were on average.
struct ConfidenceScore {
  double from = 0;
  std::size_t rows = 0;
  std::size_t right = 0;
  double mean_confidence = 0;

  [[nodiscard]] double accuracy() const;
};

struct Share {
  double low = 0, high = 0;
};

struct Score {
  std::size_t rows = 0;
  std::size_t right = 0;
  std::map<std::string, CategoryScore> categories;                        ///< That people or the model named.
  std::map<std::pair<std::string, std::string>, std::size_t> confusions;  ///< People's category, then the model's.
  std::vector<ConfidenceScore> at_least;                                  ///< By rising confidence.
  std::vector<ConfidenceScore> bands;                                     ///< Tenths; the empty ones left out.
  std::string most_common;                                                ///< Of people's categories.

  [[nodiscard]] double accuracy() const;
  /// The mean over the categories: a small one counts like a large one.
  [[nodiscard]] double macro_f1() const;
  /// Where the accuracy lies in 95 of 100 such samples (Wilson's interval).
  [[nodiscard]] Share accuracy_95() const;
  /// The mean distance between confidence and accuracy, over the bands.
  [[nodiscard]] double calibration_error() const;
};

/// REQUIRES: one verdict at least.
[[nodiscard]] Score score_of(std::span<const Verdict> verdicts);

/// Of always answering the most common category.
[[nodiscard]] Score baseline_of(std::span<const Verdict> verdicts);

}  // namespace pavior::cli
