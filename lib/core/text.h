/// \file
/// Text that comes from outside and goes into names and messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pavior/export.h"

namespace pavior::inline v0 {

/// Valid UTF-8 without control characters. protobuf writes other bytes into a `string` and then refuses to read them.
PAVIOR_EXPORT bool is_printable_utf8(std::string_view text);

/// `text` with a '?' for every byte that keeps it from being printable UTF-8.
PAVIOR_EXPORT std::string printable(std::string_view text);

/// Appends `name` unless it is there already.
PAVIOR_EXPORT void add_missing(std::vector<std::string>& names, const std::string& name);

}  // namespace pavior::inline v0
