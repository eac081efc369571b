#include "city/classifier/ngrams.h"

#include <algorithm>
#include <span>

#include "city/classifier/letters.h"

namespace pavior::city::inline v0 {
namespace {

constexpr std::size_t ideographs_max = 3;
constexpr std::size_t word_letters_min = 2;
constexpr std::size_t word_letters_max = 5;

// No letters, so that "in" at the start of a word differs from "in" within one.
constexpr char32_t word_begins = 0x02;
constexpr char32_t word_ends = 0x03;

// FNV-1a over code points; the last step spreads the high bits, which it mixes best.
class Hash {
 public:
  void add(char32_t point) { value_ = (value_ ^ point) * 0x00000100000001b3; }
  [[nodiscard]] std::uint64_t value() const { return value_ ^ (value_ >> 32); }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

/// Adds the n-grams of up to `most` letters, and of `least` at least, that begin with the first of `letters`.
void add_beginnings(std::span<const Letter> letters, std::size_t least, std::size_t most, std::vector<Ngram>& ngrams) {
  Hash hash;
  for (std::size_t i = 0; i < std::min(most, letters.size()); ++i) {
    hash.add(letters[i].point);
    if (i + 1 >= least) ngrams.push_back({hash.value(), letters.front().begin, letters[i].end});
  }
}

void add_ideographs(std::span<const Letter> run, std::vector<Ngram>& ngrams) {
  for (; !run.empty(); run = run.subspan(1)) add_beginnings(run, 1, ideographs_max, ngrams);
}

void add_word(std::span<const Letter> word, std::vector<Ngram>& ngrams) {
  std::vector<Letter> edged{{word_begins, LetterKind::word, word.front().begin, word.front().begin}};
  edged.insert(edged.end(), word.begin(), word.end());
  edged.push_back({word_ends, LetterKind::word, word.back().end, word.back().end});
  for (std::span<const Letter> rest = edged; rest.size() >= word_letters_min; rest = rest.subspan(1))
    add_beginnings(rest, word_letters_min, word_letters_max, ngrams);
  if (edged.size() > word_letters_max) add_beginnings(edged, edged.size(), edged.size(), ngrams);
}

}  // namespace

std::vector<Ngram> ngrams_of(std::string_view text) {
  const auto letters = letters_of(text);
  std::vector<Ngram> ngrams;
  ngrams.reserve(letters.size() * word_letters_max);
  for (std::span<const Letter> rest = letters; !rest.empty();) {
    const auto kind = rest.front().kind;
    const auto end = std::ranges::find_if(rest, [&](const Letter& letter) { return letter.kind != kind; });
    const auto run = rest.first(static_cast<std::size_t>(end - rest.begin()));
    if (kind == LetterKind::ideograph) add_ideographs(run, ngrams);
    if (kind == LetterKind::word) add_word(run, ngrams);
    rest = rest.subspan(run.size());
  }
  return ngrams;
}

}  // namespace pavior::city::inline v0
