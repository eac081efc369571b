/// \file
/// The public extracts that benchmarks may be given: gzip files of GeoJSON and of comma-separated values.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/city/coordinates.h"

namespace pavior::bench {

/// Ends the program if it cannot be read.
std::string read_gzip(const std::filesystem::path& path);

/// Of the rows that have both columns. No field may run over several lines.
std::vector<city::Coordinates> read_positions(std::string_view csv, std::string_view latitude,
                                              std::string_view longitude);

}  // namespace pavior::bench
