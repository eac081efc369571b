#include "city/classifier/linear_model.h"

#include <algorithm>
#include <numeric>

#include "city/classifier/softmax.h"

namespace pavior::city::inline v0 {

std::vector<double> LinearModel::probabilities(std::string_view text) const {
  return probabilities(vocabulary.terms(ngrams_of(text)));
}

std::vector<double> LinearModel::probabilities(std::span<const Term> terms) const {
  const auto no_feature = row(vocabulary.size());
  std::vector<double> scores(no_feature.begin(), no_feature.end());
  for (const auto& [feature, value] : terms) {
    const auto weight = row(feature);
    for (std::size_t i = 0; i < categories; ++i) scores[i] += static_cast<double>(value) * weight[i];
  }
  softmax(scores);
  return scores;
}

std::vector<std::size_t> greatest(std::span<const double> values, std::size_t most) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(most, order.size()));
  std::partial_sort(order.begin(), end, order.end(), [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] > values[b] : a < b;
  });
  order.erase(end, order.end());
  return order;
}

}  // namespace pavior::city::inline v0
