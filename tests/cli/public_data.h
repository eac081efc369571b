/// \file
/// The public extracts in the folder PAVIOR_DATA, when it is set.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "text/csv_reader.h"
#include "text/text_file.h"

namespace pavior::test {

/// Empty, with a warning, if there is no such folder.
inline std::filesystem::path public_data(std::string_view file) {
  const char* folder = std::getenv("PAVIOR_DATA");
  if (folder == nullptr) WARN("skipped: PAVIOR_DATA does not name the folder of the public data");
  return folder == nullptr ? std::filesystem::path{} : std::filesystem::path(folder) / file;
}

/// Calls `use` with the fields of these columns, row by row.
template <class Use>
void visit_rows(const std::filesystem::path& file, const std::vector<std::string>& columns, Use use) {
  const auto text = cli::read_text(file).value();
  cli::CsvReader csv(text);
  cli::CsvRow row;
  REQUIRE(csv.next(row));
  std::vector<std::size_t> places;
  for (const auto& column : columns)
    places.push_back(static_cast<std::size_t>(std::ranges::find(row.fields, column) - row.fields.begin()));
  while (csv.next(row)) {
    std::vector<std::string> fields;
    for (const auto place : places) fields.push_back(row.fields.at(place));
    use(fields);
  }
}

}  // namespace pavior::test
