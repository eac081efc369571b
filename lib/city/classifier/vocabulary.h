/// \file
/// Which n-grams a model knows, and how a text becomes numbers by them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "city/classifier/ngrams.h"

namespace pavior::city::inline v0 {

/// How much of one feature a text has.
struct Term {
  std::uint32_t feature = 0;
  float value = 0;
};

/// An n-gram and the weight that it has for being rare.
struct KnownNgram {
  std::uint64_t hash = 0;
  float rarity = 0;
};

/// Threads: immutable; share freely.
class Vocabulary {
 public:
  Vocabulary() = default;
  /// A feature's number is its place in `known`. REQUIRES: hashes that rise.
  Vocabulary(std::vector<KnownNgram> known, float rarity_of_unknown);

  [[nodiscard]] const std::vector<KnownNgram>& known() const { return known_; }
  [[nodiscard]] float rarity_of_unknown() const { return rarity_of_unknown_; }
  [[nodiscard]] std::size_t size() const { return known_.size(); }

  /// The terms of a text, by rising feature. Their squares add up to at most 1, and to less by what is not known: a
  /// text of which the model knows little moves it little.
  [[nodiscard]] std::vector<Term> terms(std::span<const Ngram> ngrams) const;
  /// Of an n-gram; `size()` if it is not known.
  [[nodiscard]] std::uint32_t feature(std::uint64_t hash) const;

 private:
  [[nodiscard]] std::size_t slot(std::uint64_t hash) const {
    return static_cast<std::size_t>(hash) & (slots_.size() - 1);
  }

  std::vector<KnownNgram> known_;
  float rarity_of_unknown_ = 0;
  std::vector<std::uint32_t> slots_{0};  // Feature + 1 by hash, open addressing; 0 is free.
};

/// The vocabulary of texts. The `known_max` n-grams that most texts have, of those that at least two have.
[[nodiscard]] Vocabulary make_vocabulary(std::span<const std::string_view> texts, std::size_t known_max);

}  // namespace pavior::city::inline v0
