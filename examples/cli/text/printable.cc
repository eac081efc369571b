#include "text/printable.h"

#include <algorithm>

namespace pavior::cli {

std::string printable(std::string_view text) {
  std::string clean(text);
  std::ranges::replace_if(
      clean, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }, ' ');
  return clean;
}

}  // namespace pavior::cli
