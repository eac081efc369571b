/// \file
/// Files of text, plain or gzip.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "pavior/result.h"

namespace pavior::cli {

/// The whole content of a file; gzip is told by its first bytes, not by the name.
/// Errors: not_found, invalid (a directory; gzip data that is damaged or ends too early).
[[nodiscard]] Result<std::string> read_text(const std::filesystem::path& path);

/// The same error of that file: `FILE:LINE:COLUMN: ...` where the message begins with a place, else `FILE: ...`.
[[nodiscard]] Error of_file(const std::string& file, const Error& error);

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

}  // namespace pavior::cli
