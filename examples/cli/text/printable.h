/// \file
/// Texts of strangers on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace pavior::cli {

/// `text` without what could steer a terminal.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace pavior::cli
