#include "city/classifier/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

namespace pavior::city::inline v0 {
namespace {

// What one text alone has cannot tell another one's category.
constexpr std::uint32_t texts_min = 2;

float rarity(std::size_t texts, std::uint32_t with_it) {
  return static_cast<float>(1 + std::log(static_cast<double>(1 + texts) / (1 + with_it)));
}

std::vector<std::uint64_t> sorted_hashes(std::span<const Ngram> ngrams) {
  std::vector<std::uint64_t> hashes(ngrams.size());
  std::ranges::transform(ngrams, hashes.begin(), &Ngram::hash);
  std::ranges::sort(hashes);
  return hashes;
}

}  // namespace

Vocabulary::Vocabulary(std::vector<KnownNgram> known, float rarity_of_unknown)
    : known_(std::move(known)), rarity_of_unknown_(rarity_of_unknown), slots_(std::bit_ceil(2 * known_.size() + 1)) {
  for (std::uint32_t feature = 0; feature < known_.size(); ++feature) {
    auto at = slot(known_[feature].hash);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = feature + 1;
  }
}

std::uint32_t Vocabulary::feature(std::uint64_t hash) const {
  for (auto at = slot(hash); slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
    if (known_[slots_[at] - 1].hash == hash) return slots_[at] - 1;
  return static_cast<std::uint32_t>(size());
}

std::vector<Term> Vocabulary::terms(std::span<const Ngram> ngrams) const {
  const auto hashes = sorted_hashes(ngrams);
  std::vector<Term> terms;
  terms.reserve(hashes.size());
  double squares = 0;
  for (auto at = hashes.begin(); at != hashes.end();) {
    const auto next = std::find_if(at, hashes.end(), [&](std::uint64_t hash) { return hash != *at; });
    const auto found = feature(*at);
    const bool known = found < size();
    // The tenth time says little more than the first.
    const float value = static_cast<float>(1 + std::log(static_cast<double>(next - at))) *
                        (known ? known_[found].rarity : rarity_of_unknown_);
    squares += static_cast<double>(value) * value;
    if (known) terms.push_back({found, value});
    at = next;
  }
  if (squares > 0)
    for (auto& term : terms) term.value /= static_cast<float>(std::sqrt(squares));
  return terms;
}

Vocabulary make_vocabulary(std::span<const std::string_view> texts, std::size_t known_max) {
  std::unordered_map<std::uint64_t, std::uint32_t> counts;
  for (const auto text : texts) {
    auto hashes = sorted_hashes(ngrams_of(text));
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    for (const auto hash : hashes) ++counts[hash];
  }
  std::vector<std::pair<std::uint32_t, std::uint64_t>> common;
  for (const auto& [hash, count] : counts)
    if (count >= texts_min) common.emplace_back(count, hash);
  std::ranges::sort(common, std::greater{});
  common.resize(std::min(common.size(), known_max));

  std::vector<KnownNgram> known;
  for (const auto& [count, hash] : common) known.push_back({hash, rarity(texts.size(), count)});
  std::ranges::sort(known, {}, &KnownNgram::hash);
  return {std::move(known), rarity(texts.size(), 1)};
}

}  // namespace pavior::city::inline v0
