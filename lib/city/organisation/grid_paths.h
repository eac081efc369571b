/// \file
/// Paths of grids, `3411/05/002`, and their levels.
#pragma once

#include <string_view>

namespace pavior::city::inline v0 {

/// `3411/05` of `3411/05/002`; empty above the first level.
[[nodiscard]] inline std::string_view level_above(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

}  // namespace pavior::city::inline v0
