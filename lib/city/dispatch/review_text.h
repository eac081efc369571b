/// \file
/// How findings name many things in one line.
#pragma once

#include <algorithm>
#include <string>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace pavior::city::inline v0 {

/// The first few, and how many more there are.
template <class Names>
std::string some_of(const Names& names) {
  constexpr std::size_t named_max = 8;
  const auto named = std::min(names.size(), named_max);
  const auto left_out = names.size() - named;
  return fmt::format("{}{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(named), ", "),
                     left_out == 0 ? std::string() : fmt::format(" and {} more", left_out));
}

}  // namespace pavior::city::inline v0
