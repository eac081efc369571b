#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "city/classifier/linear_model.h"
#include "city/classifier/model_file.h"
#include "city/classifier/training.h"
#include "core/text.h"
#include "fmt/format.h"
#include "pavior/city/text_classifier.h"

namespace pavior::city::inline v0 {
namespace {

constexpr std::size_t categories_max = 2048;
constexpr std::size_t name_bytes_max = 256;
constexpr std::size_t weights_max = 16 << 20;  // 64 MiB of a file, and some hundred while training.

Error invalid(std::string message) { return {ErrorCode::invalid, std::move(message)}; }

// Rows in one order, whatever the one they came in.
using Counts = std::map<std::pair<std::string_view, std::string_view>, std::size_t>;

Result<void> check(std::span<const LabelledText> rows, const TextTraining& options) {
  if (options.name.empty() || options.name.size() > name_bytes_max || !is_printable_utf8(options.name))
    return invalid(fmt::format("a model's name is 1 to {} bytes of printable text", name_bytes_max));
  if (options.folds < 2) return invalid("cross-validation needs 2 folds at least");
  if (rows.empty()) return invalid("there are no rows to learn from");
  std::set<std::string_view> categories;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& category = rows[i].category;
    if (category.empty()) return invalid(fmt::format("row {}: the category is empty: leave the row out", i + 1));
    if (category.size() > name_bytes_max || !is_printable_utf8(category))
      return invalid(
          fmt::format("row {}: the category is not 1 to {} bytes of printable UTF-8", i + 1, name_bytes_max));
    categories.insert(category);
  }
  if (categories.size() < 2)
    return invalid(fmt::format("all {} rows are of the category {}: there is nothing to tell apart", rows.size(),
                               *categories.begin()));
  if (categories.size() > categories_max)
    return Error(ErrorCode::limit, fmt::format("{} categories are more than the {} that a model may have",
                                               categories.size(), categories_max));
  return {};
}

v1::TextModelData data_of(const Trained& trained) {
  v1::TextModelData data;
  for (const auto& ngram : trained.model.vocabulary.known()) {
    data.add_ngrams(ngram.hash);
    data.add_rarities(ngram.rarity);
  }
  data.set_rarity_of_unknown(trained.model.vocabulary.rarity_of_unknown());
  data.mutable_weights()->Assign(trained.model.weights.begin(), trained.model.weights.end());
  auto& origin = *data.mutable_origin();
  origin.set_strength(trained.strength);
  origin.set_accuracy(trained.accuracy);
  origin.set_log_loss(trained.log_loss);
  origin.set_converged(trained.converged);
  return data;
}

LinearModel model_of(const v1::TextModelData& data) {
  std::vector<KnownNgram> known;
  for (int i = 0; i < data.ngrams_size(); ++i) known.push_back({data.ngrams(i), data.rarities(i)});
  return {Vocabulary(std::move(known), data.rarity_of_unknown()),
          static_cast<std::size_t>(data.categories_size()),
          {data.weights().begin(), data.weights().end()}};
}

}  // namespace

struct TextModel::Data {
  TextModelFacts facts;
  std::vector<std::string> categories;
  LinearModel model;
  v1::TextModelOrigin origin;
};

TextModel::TextModel(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

Result<TextModel> TextModel::train(std::span<const LabelledText> rows, const TextTraining& options) {
  if (auto checked = check(rows, options); !checked) return std::move(checked).error();
  Counts counts;
  std::map<std::string_view, std::uint32_t> categories;
  for (const auto& row : rows) {
    ++counts[{row.text, row.category}];
    categories[row.category] = 0;
  }
  std::uint32_t number = 0;
  for (auto& [category, its_number] : categories) its_number = number++;
  std::vector<TextGroup> groups;
  std::set<std::string_view> texts;
  for (const auto& [key, count] : counts) {
    groups.push_back({key.first, categories.at(key.second), static_cast<double>(count)});
    texts.insert(key.first);
  }
  const TrainingLimits limits{categories.size(), std::min(options.ngrams_max, weights_max / categories.size()),
                              options.folds, options.seed};
  auto data = data_of(train_linear_model(groups, limits));
  data.set_name(options.name);
  for (const auto& [category, its_number] : categories) data.add_categories(std::string(category));
  data.mutable_origin()->set_rows(rows.size());
  data.mutable_origin()->set_texts(texts.size());
  return read(write_model(data));
}

Result<TextModel> TextModel::read(std::string_view file) {
  auto read = read_model(file);
  if (!read) return std::move(read).error();
  const auto& origin = read->data.origin();
  TextModelFacts facts{read->data.name(),
                       read->version,
                       static_cast<std::size_t>(read->data.categories_size()),
                       static_cast<std::size_t>(read->data.ngrams_size()),
                       origin.rows(),
                       origin.texts(),
                       origin.strength(),
                       origin.accuracy(),
                       origin.log_loss(),
                       origin.converged()};
  return TextModel(std::make_shared<const Data>(Data{std::move(facts),
                                                     {read->data.categories().begin(), read->data.categories().end()},
                                                     model_of(read->data),
                                                     origin}));
}

std::string TextModel::file() const {
  Trained trained;
  trained.model = data_->model;
  auto data = data_of(trained);
  data.set_name(data_->facts.name);
  for (const auto& category : data_->categories) data.add_categories(category);
  *data.mutable_origin() = data_->origin;
  return write_model(data);
}

const TextModelFacts& TextModel::facts() const noexcept { return data_->facts; }
const std::vector<std::string>& TextModel::categories() const noexcept { return data_->categories; }

std::vector<CategoryGuess> TextModel::guess(std::string_view text, std::size_t most) const {
  const auto probabilities = data_->model.probabilities(text);
  std::vector<CategoryGuess> guesses;
  for (const auto number : greatest(probabilities, most))
    guesses.push_back({data_->categories[number], std::round(probabilities[number] * 1e6) / 1e6});
  return guesses;
}

std::vector<GuessReason> TextModel::reasons(std::string_view text, std::string_view category, std::size_t most) const {
  const auto found = std::ranges::find(data_->categories, category);
  if (found == data_->categories.end()) return {};
  const auto number = static_cast<std::size_t>(found - data_->categories.begin());
  const auto& model = data_->model;
  const auto ngrams = ngrams_of(text);
  const auto terms = model.vocabulary.terms(ngrams);
  std::vector<double> weights;
  for (const auto& [feature, value] : terms) {
    const auto row = model.row(feature);
    double sum = 0;
    for (const float weight : row) sum += weight;
    weights.push_back(value * (row[number] - sum / static_cast<double>(row.size())));
  }
  std::vector<GuessReason> reasons;
  for (const auto place : greatest(weights, most)) {
    if (weights[place] <= 0) break;
    const auto ngram = std::ranges::find(ngrams, model.vocabulary.known()[terms[place].feature].hash, &Ngram::hash);
    reasons.push_back({std::string(text.substr(ngram->begin, ngram->end - ngram->begin)), weights[place]});
  }
  return reasons;
}

}  // namespace pavior::city::inline v0
