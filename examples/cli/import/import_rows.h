/// \file
/// All rows of all files of one import, checked and in memory, before anything is written.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "import/imported_order.h"
#include "pavior/result.h"

namespace pavior::cli {

/// Where a row stands.
struct RowPlace {
  std::size_t file = 0;  ///< An index into `ImportRows::files`.
  std::size_t line = 0;
};

struct RejectedRow {
  RowPlace place;
  RowError error;
};

struct PlacedOrder {
  RowPlace place;
  ImportedOrder order;
};

struct ImportRows {
  std::vector<std::filesystem::path> files;
  std::uint64_t rows = 0;      ///< All of them: orders + repeated + rejected.
  std::uint64_t repeated = 0;  ///< Rows that say again, word by word, what an earlier one said.
  std::vector<PlacedOrder> orders;
  std::vector<RejectedRow> rejected;
  std::map<std::string, std::uint64_t> notes;
};

/// Reads every file to its end. Errors, which name the file: not_found, invalid (cannot be read, is cut off, has no
/// header or another format's).
[[nodiscard]] Result<ImportRows> read_import_rows(const Format& format, std::vector<std::filesystem::path> files);

}  // namespace pavior::cli
