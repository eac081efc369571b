/// \file
/// The n-grams of a report: neighbouring letters, by which a linear model tells categories apart without a dictionary.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace pavior::city::inline v0 {

struct Ngram {
  std::uint64_t hash = 0;   ///< Stands for the letters in model files: never change how it is made.
  std::uint32_t begin = 0;  ///< Bytes of the text it came from.
  std::uint32_t end = 0;
};

/// All n-grams in the order of the text, repeats included: 1 to 3 neighbouring ideographs, 2 to 5 neighbouring letters
/// of a word with its edges, and every whole word. None crosses a separator.
[[nodiscard]] std::vector<Ngram> ngrams_of(std::string_view text);

}  // namespace pavior::city::inline v0
