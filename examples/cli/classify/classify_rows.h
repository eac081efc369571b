/// \file
/// Labelled reports from the columns of CSV files.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "pavior/city/text_classifier.h"
#include "pavior/result.h"

namespace pavior::cli {

struct LabelledColumns {
  std::vector<std::string> text;  ///< Joined by line ends, as a report's title and description are.
  std::string label;
};

struct LeftOutRow {
  std::filesystem::path file;
  std::size_t line = 0;
  std::string why;
};

struct LabelledRows {
  std::vector<city::LabelledText> rows;
  std::vector<LeftOutRow> left_out;
};

/// The rows of all files, plain or gzip, in their order. A row that cannot be used is left out, and said so.
/// Errors: not_found, invalid (a file is damaged, or its heading lacks a column).
[[nodiscard]] Result<LabelledRows> read_labelled_rows(const std::vector<std::filesystem::path>& files,
                                                      const LabelledColumns& columns);

}  // namespace pavior::cli
