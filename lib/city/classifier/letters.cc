#include "city/classifier/letters.h"

#include <algorithm>
#include <array>

#include "boost/locale/utf.hpp"

namespace pavior::city::inline v0 {
namespace {

using Utf8 = boost::locale::utf::utf_traits<char>;

constexpr char32_t damaged = 0xFFFD;

struct Range {
  char32_t first, last;
};

constexpr std::array ideographs{
    Range{0x3041, 0x30FF},    // Kana.
    Range{0x3400, 0x4DBF},    // Han, extension A.
    Range{0x4E00, 0x9FFF},    // Han.
    Range{0xAC00, 0xD7A3},    // Hangul.
    Range{0xF900, 0xFAFF},    // Han, for compatibility.
    Range{0x20000, 0x3FFFD},  // Han, the later extensions.
};

constexpr std::array separators{
    Range{0x80, 0xBF},      // Latin-1: controls and signs.
    Range{0xD7, 0xD7},      // A multiplication sign.
    Range{0xF7, 0xF7},      // A division sign.
    Range{0x2000, 0x2BFF},  // Punctuation, arrows, boxes, signs.
    Range{0x3000, 0x303F},  // Punctuation of Chinese and Japanese.
    Range{0xD800, 0xF8FF},  // Surrogates, and what has no meaning of its own.
    Range{0xFE10, 0xFE6F},  // Vertical and small forms of punctuation.
    Range{0xFF5F, 0xFFFF},  // Half-width and other forms; marks of damage.
};

template <class Ranges>
bool within(const Ranges& ranges, char32_t point) {
  return std::ranges::any_of(ranges, [&](Range range) { return point >= range.first && point <= range.last; });
}

char32_t folded(char32_t point) {
  if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFF00 - 0x20;  // Full-width ASCII.
  if (point >= U'A' && point <= U'Z') return point + 0x20;
  if (point >= 0xC0 && point <= 0xDE && point != 0xD7) return point + 0x20;  // Latin-1.
  if (point >= 0x391 && point <= 0x3A9) return point + 0x20;                 // Greek.
  if (point >= 0x410 && point <= 0x42F) return point + 0x20;                 // Cyrillic ...
  if (point >= 0x400 && point <= 0x40F) return point + 0x50;                 // ... and its further letters.
  return point;
}

LetterKind kind_of(char32_t point) {
  if (point < 0x80) {
    const bool word = (point >= U'a' && point <= U'z') || (point >= U'0' && point <= U'9');
    return word ? LetterKind::word : LetterKind::separator;
  }
  if (within(ideographs, point)) return LetterKind::ideograph;
  return within(separators, point) ? LetterKind::separator : LetterKind::word;
}

}  // namespace

std::vector<Letter> letters_of(std::string_view text) {
  std::vector<Letter> letters;
  letters.reserve(std::min(text.size(), letters_max));
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end && letters.size() < letters_max) {
    const char* const begin = at;
    char32_t point = static_cast<char32_t>(Utf8::decode(at, end));
    if (!boost::locale::utf::is_valid_codepoint(point)) {
      at = begin + 1;  // The next byte may begin a letter again.
      point = damaged;
    }
    point = folded(point);
    letters.push_back({point, kind_of(point), static_cast<std::uint32_t>(begin - text.data()),
                       static_cast<std::uint32_t>(at - text.data())});
  }
  return letters;
}

}  // namespace pavior::city::inline v0
