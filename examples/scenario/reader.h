/// \file
/// Reads scenarios.
#pragma once

#include <filesystem>
#include <string_view>
#include <variant>

#include "scenario/script.h"

namespace pavior::scenario {

/// `file` gives the name, and the folder from which the files it names are looked for. Everything that can be checked
/// without a store is: commands and fields by the messages that are linked in, times, plans and calendars.
[[nodiscard]] std::variant<Script, Mistake> read_script(const std::filesystem::path& file, std::string_view text);

}  // namespace pavior::scenario
