/// \file
/// How alike two texts are, by the short pieces they share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace pavior::city::inline v0 {

/// Hashes of the pieces of a text: pairs of neighbouring Han characters (most words of Chinese are two), and three
/// neighbouring characters of other words with a blank before and behind ("road" is " ro", "roa", "oad", "ad "). First
/// full-width forms become narrow and letters small; punctuation parts words, as do changes between Han and others. Sorted, none twice, and of
/// more than `most` the smallest `most`, which are a fair sample.
[[nodiscard]] std::vector<std::uint32_t> shingles(std::string_view text, std::size_t most);

/// The share of pieces that both have in those that either has (Jaccard), from 0 to 1; of samples an estimate, whose
/// standard error is below 1 / (2 * sqrt(most)). 0 if one is empty. `most` is that of both.
[[nodiscard]] double likeness(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other,
                              std::size_t most);

/// The same for texts that differ in width, case, punctuation and blanks alone; 0 for those without a word.
[[nodiscard]] std::uint64_t text_digest(std::string_view text);

}  // namespace pavior::city::inline v0
