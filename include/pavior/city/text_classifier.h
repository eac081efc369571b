/// \file
/// A classifier for short reports, Chinese or written in words: a linear model of the letters that stand together.
/// Opt-in: link `pavior::classifier`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/city/classifier.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// A report and the category that people gave it.
struct LabelledText {
  std::string text;
  std::string category;
};

struct TextTraining {
  std::string name;                  ///< Of the model; stands in every answer.
  std::size_t ngrams_max = 1 << 17;  ///< Of them the most common; fewer if there are many categories.
  std::size_t folds = 5;             ///< Parts of the rows, each held out once to choose the model's strength.
  std::uint64_t seed = 1;            ///< Decides which texts are in which fold.
};

/// What a model is and how it came about.
struct TextModelFacts {
  std::string name;
  std::string version;  ///< Hex SHA-256 of what is in the file: the same version answers the same.
  std::size_t categories = 0;
  std::size_t ngrams = 0;
  std::size_t rows = 0;   ///< That it was trained with.
  std::size_t texts = 0;  ///< Of them that differ.
  double strength = 0;
  double accuracy = 0;  ///< Of rows held out in cross-validation, each with all that have its text.
  double log_loss = 0;
  bool converged = false;  ///< Otherwise training stopped at its last step, a little before the best weights.
};

struct CategoryGuess {
  std::string category;
  double confidence = 0;  ///< The probability that it is right, in whole millionths.
};

/// What spoke for a category.
struct GuessReason {
  std::string letters;  ///< As they stand in the text.
  double weight = 0;    ///< How much it adds to the category's score, beyond what it adds to the others' on average.
};

/// A trained model.
/// Threads: immutable; share freely. Copies share their memory.
class PAVIOR_EXPORT TextModel {
 public:
  /// Learns from rows, on this thread. The same rows in whatever order, with the same options, make the same bytes.
  /// Blocks: seconds to minutes; its time grows with rows, categories and the n-grams of a text.
  /// Errors: invalid (the message names the row, counted from 1; also if all rows are of one category), limit.
  [[nodiscard]] static Result<TextModel> train(std::span<const LabelledText> rows, const TextTraining& options);

  /// Errors: invalid (no model file, of a newer version, or damaged: any byte).
  [[nodiscard]] static Result<TextModel> read(std::string_view file);

  /// The bytes of a model file; `read` takes them back.
  [[nodiscard]] std::string file() const;

  [[nodiscard]] const TextModelFacts& facts() const noexcept;
  [[nodiscard]] const std::vector<std::string>& categories() const noexcept;

  /// The likeliest categories, the likeliest first. A text of which nothing is known gets what is common.
  [[nodiscard]] std::vector<CategoryGuess> guess(std::string_view text, std::size_t most = 3) const;

  /// The n-grams that spoke most for a category, the strongest first; none for a category it does not have.
  [[nodiscard]] std::vector<GuessReason> reasons(std::string_view text, std::string_view category,
                                                 std::size_t most = 5) const;

 private:
  struct Data;
  explicit TextModel(std::shared_ptr<const Data> data);
  std::shared_ptr<const Data> data_;
};

/// A model as a classifier: it reads title and description, and answers within `classify`.
/// `guesses_max` counts the category, too.
[[nodiscard]] PAVIOR_EXPORT std::shared_ptr<Classifier> make_text_classifier(TextModel model,
                                                                             std::size_t guesses_max = 3);

/// Whether a text is among the share (0 to 1) that is kept from training to measure a model. It depends on the text
/// alone, so that one that was learned is never asked.
[[nodiscard]] PAVIOR_EXPORT bool is_held_out(std::string_view text, double share, std::uint64_t seed);

}  // namespace pavior::city::inline v0
