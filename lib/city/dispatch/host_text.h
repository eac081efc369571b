/// \file
/// What a host's code says, fit to be stored: bounded, and text.
#pragma once

#include <string>
#include <string_view>

#include "core/text.h"

namespace pavior::city::inline v0 {

inline std::string host_text(std::string_view said) {
  constexpr std::size_t bytes_max = 200;
  return printable(said.substr(0, bytes_max));
}

}  // namespace pavior::city::inline v0
