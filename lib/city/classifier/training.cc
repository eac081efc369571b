#include "city/classifier/training.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "city/classifier/softmax.h"

namespace pavior::city::inline v0 {
namespace {

// The penalty is one part in so many of the rows: weak models expect little of what they learn, strong ones follow it.
constexpr std::array strengths{10.0, 100.0, 1000.0};

// A certain answer that is wrong costs this much at most.
constexpr double probability_min = 1e-6;

using Groups = std::vector<TextGroup>;

struct Fitted {
  LinearModel model;
  bool converged = false;
};

std::vector<std::string_view> distinct_texts(std::span<const TextGroup> groups) {
  std::vector<std::string_view> texts;
  for (const auto& group : groups)
    if (texts.empty() || texts.back() != group.text) texts.push_back(group.text);
  return texts;
}

double rows_of(std::span<const TextGroup> groups) {
  double rows = 0;
  for (const auto& group : groups) rows += group.count;
  return rows;
}

Fitted fit(std::span<const TextGroup> groups, const TrainingLimits& limits, double strength) {
  auto vocabulary = make_vocabulary(distinct_texts(groups), limits.ngrams_max);
  std::vector<Example> examples;
  examples.reserve(groups.size());
  for (const auto& group : groups)
    examples.push_back({vocabulary.terms(ngrams_of(group.text)), group.category, group.count});
  FitOptions options;
  options.features = vocabulary.size();
  options.categories = limits.categories;
  options.penalty = 1 / (strength * rows_of(groups));
  const auto found = fit_softmax(examples, options);
  return {{std::move(vocabulary), limits.categories, {found.weights.begin(), found.weights.end()}}, found.converged};
}

struct Expectation {
  double accuracy = 0;
  double log_loss = 0;
};

/// Each fold is asked of a model that saw the others alone. The folds are drawn anew: a host may have kept texts from
/// training by their lots already.
Expectation cross_validate(std::span<const TextGroup> groups, const TrainingLimits& limits, double strength) {
  double right = 0, loss = 0;
  for (std::size_t fold = 0; fold < limits.folds; ++fold) {
    Groups seen, held_out;
    for (const auto& group : groups) {
      const auto its_fold =
          static_cast<std::size_t>(lot_of(group.text, ~limits.seed) * static_cast<double>(limits.folds));
      (its_fold == fold ? held_out : seen).push_back(group);
    }
    if (seen.empty() || held_out.empty()) continue;
    const auto model = fit(seen, limits, strength).model;
    for (const auto& group : held_out) {
      const auto probabilities = model.probabilities(group.text);
      right += greatest(probabilities, 1).front() == group.category ? group.count : 0;
      loss -= group.count * std::log(std::max(probability_min, probabilities[group.category]));
    }
  }
  return {right / rows_of(groups), loss / rows_of(groups)};
}

}  // namespace

Trained train_linear_model(std::span<const TextGroup> groups, const TrainingLimits& limits) {
  double best_strength = 0;
  Expectation best;
  for (const double strength : strengths) {
    const auto expected = cross_validate(groups, limits, strength);
    if (best_strength > 0 && expected.log_loss >= best.log_loss) continue;
    best_strength = strength;
    best = expected;
  }
  auto fitted = fit(groups, limits, best_strength);
  return {std::move(fitted.model), best_strength, best.accuracy, best.log_loss, fitted.converged};
}

double lot_of(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a, then the finish of MurmurHash3: every bit counts.
  const auto add = [&](std::uint64_t byte) { hash = (hash ^ byte) * 0x00000100000001b3; };
  for (int shift = 0; shift < 64; shift += 8) add(seed >> shift & 0xff);
  for (const char c : text) add(static_cast<unsigned char>(c));
  hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
  hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53;
  hash ^= hash >> 33;
  return static_cast<double>(hash >> 11) * 0x1p-53;
}

}  // namespace pavior::city::inline v0
