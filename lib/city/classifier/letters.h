/// \file
/// A report's text as a classifier sees it: letters without case and width, and what separates them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace pavior::city::inline v0 {

/// What is read of a report; bounds what a pasted document costs.
inline constexpr std::size_t letters_max = 1000;

enum class LetterKind : std::uint8_t {
  separator,  ///< A blank, punctuation, or bytes that are no UTF-8.
  word,       ///< A digit, or a letter of a script that writes words.
  ideograph,  ///< Of scripts without blanks between words: Han, kana, Hangul.
};

struct Letter {
  char32_t point = 0;
  LetterKind kind{};
  std::uint32_t begin = 0;  ///< Bytes of the text it came from.
  std::uint32_t end = 0;
};

/// The first `letters_max` letters; full-width forms are folded to the usual ones, and capitals to small letters.
[[nodiscard]] std::vector<Letter> letters_of(std::string_view text);

}  // namespace pavior::city::inline v0
