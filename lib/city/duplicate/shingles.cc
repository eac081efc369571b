#include "city/duplicate/shingles.h"

#include <algorithm>
#include <string>

namespace pavior::city::inline v0 {
namespace {

constexpr char32_t blank = U' ';

/// Takes the next code point from the front; U+FFFD for a byte that begins none.
char32_t take_code_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
  char32_t point = size == 1 ? lead : lead & (0x7fu >> size);
  bool sound = size != 0 && size <= text.size();
  for (std::size_t i = 1; sound && i < size; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    sound = byte >> 6 == 2;
    point = point << 6 | (byte & 0x3fu);
  }
  text.remove_prefix(sound ? size : 1);
  return sound ? point : U'\ufffd';
}

bool is_between(char32_t point, char32_t first, char32_t last) { return first <= point && point <= last; }

bool is_han(char32_t point) {
  return is_between(point, 0x4e00, 0x9fff) || is_between(point, 0x3400, 0x4dbf) || is_between(point, 0xf900, 0xfaff) ||
         is_between(point, 0x20000, 0x323af) || point == 0x3007;
}

/// Narrow and small; a blank for what is part of no word.
char32_t folded(char32_t point) {
  if (is_between(point, 0xff01, 0xff5e)) point -= 0xff01 - U'!';
  if (is_between(point, U'A', U'Z')) return point - U'A' + U'a';
  if (is_between(point, U'a', U'z') || is_between(point, U'0', U'9')) return point;
  if (point < 0xc0 || point == 0xd7 || point == 0xf7) return blank;
  if (is_between(point, 0xc0, 0xde)) return point + 0x20;                                     // Latin-1
  if (is_between(point, 0x391, 0x3a9)) return point + 0x20;                                   // Greek
  if (is_between(point, 0x410, 0x42f)) return point + 0x20;                                   // Cyrillic
  if (is_between(point, 0x2000, 0x2bff) || is_between(point, 0x3001, 0x3004)) return blank;   // Signs
  if (is_between(point, 0x3008, 0x3020) || point == 0x3000 || point == 0x3030) return blank;  // Brackets
  if (is_between(point, 0xfe10, 0xfe6f) || is_between(point, 0xff5f, 0xff65)) return blank;   // Their variants
  return point == U'\ufffd' ? blank : point;
}

/// Words with one blank between them, and at both ends. Each is all of Han characters, or has none.
std::u32string words_of(std::string_view text) {
  std::u32string words(1, blank);
  while (!text.empty()) {
    const auto point = folded(take_code_point(text));
    const auto before = words.back();
    if (before != blank && (point == blank || is_han(point) != is_han(before))) words += blank;
    if (point != blank) words += point;
  }
  if (words.back() != blank) words += blank;
  return words;
}

/// Every bit of the result depends on every bit of `key` (the last steps of MurmurHash3).
std::uint64_t mixed(std::uint64_t key) {
  key = (key ^ key >> 33) * 0xff51afd7ed558ccdu;
  key = (key ^ key >> 33) * 0xc4ceb9fe1a85ec53u;
  return key ^ key >> 33;
}

/// Three code points of 21 bits fit into one number, so different pieces are different numbers before they are mixed.
std::uint32_t piece(char32_t first, char32_t second, char32_t third = blank) {
  const auto packed = std::uint64_t{first} << 42 | std::uint64_t{second} << 21 | third;
  return static_cast<std::uint32_t>(mixed(packed) >> 32);
}

}  // namespace

std::vector<std::uint32_t> shingles(std::string_view text, std::size_t most) {
  const auto words = words_of(text);
  std::vector<std::uint32_t> pieces;
  pieces.reserve(words.size());
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const char32_t before = words[i - 1], here = words[i], after = words[i + 1];
    if (here == blank) continue;
    if (!is_han(here)) {
      pieces.push_back(piece(before, here, after));
    } else if (after != blank) {
      pieces.push_back(piece(here, after));
    } else if (before == blank) {
      pieces.push_back(piece(here, blank));
    }
  }
  std::ranges::sort(pieces);
  pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
  if (pieces.size() > most) pieces.resize(most);
  pieces.shrink_to_fit();
  return pieces;
}

double likeness(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other, std::size_t most) {
  if (one.empty() || other.empty()) return 0;
  // Past its last piece a sample says nothing of its text, so only the smallest `most` of both together may be counted.
  const bool sampled = one.size() == most || other.size() == most;
  const std::size_t counted = sampled ? most : one.size() + other.size();
  std::size_t either = 0, both = 0;
  for (std::size_t i = 0, k = 0; either < counted && (i < one.size() || k < other.size()); ++either) {
    if (k == other.size() || (i < one.size() && one[i] < other[k])) {
      ++i;
    } else if (i == one.size() || other[k] < one[i]) {
      ++k;
    } else {
      ++i, ++k, ++both;
    }
  }
  return static_cast<double>(both) / static_cast<double>(either);
}

std::uint64_t text_digest(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() == 1) return 0;
  std::uint64_t digest = 1;
  for (const char32_t point : words) digest = mixed(digest + 0x9e3779b97f4a7c15u + point);
  return digest == 0 ? 1 : digest;
}

}  // namespace pavior::city::inline v0
