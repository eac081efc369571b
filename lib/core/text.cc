#include "core/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace pavior::inline v0 {
namespace {

struct Lead {
  std::size_t size = 0;   // bytes of the character; 0 if it is none
  std::uint32_t low = 0;  // the first code point that needs so many
  std::uint32_t bits = 0;
};

Lead lead_of(unsigned char byte) {
  if (byte >= ' ' && byte < 0x7f) return {1, 0, byte};
  if (byte >> 5 == 0x06) return {2, 0x80, byte & 0x1fu};
  if (byte >> 4 == 0x0e) return {3, 0x800, byte & 0x0fu};
  if (byte >> 3 == 0x1e) return {4, 0x10000, byte & 0x07u};
  return {};
}

/// The size of the character at the front of `text`; 0 if it is not a printable one.
std::size_t character(std::string_view text) {
  const Lead lead = lead_of(static_cast<unsigned char>(text.front()));
  if (lead.size > text.size()) return 0;
  std::uint32_t point = lead.bits;
  for (std::size_t i = 1; i < lead.size; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >> 6 != 0x02) return 0;
    point = point << 6 | (byte & 0x3fu);
  }
  const bool surrogate = point >= 0xd800 && point < 0xe000;
  const bool control = lead.size == 2 && point < 0xa0;
  return point < lead.low || point > 0x10ffff || surrogate || control ? 0 : lead.size;
}

}  // namespace

bool is_printable_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = character(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = character(text);
    out += size == 0 ? std::string_view("?") : text.substr(0, size);
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return out;
}

void add_missing(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace pavior::inline v0
