/// \file
/// Rows of comma-separated values with the lines they stand on.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pavior::cli {

struct CsvRow {
  std::size_t line = 0;  ///< Of the row's start, counted from 1.
  std::vector<std::string> fields;
  bool stray_quote = false;  ///< The row is cut off after its first line; the fields are of no use.
};

/// Reads RFC 4180 text row by row; blank lines are no rows.
/// A row that runs over several lines, and never ends or has too few or too many fields, has a stray quote: it is cut
/// off after its first line, so that it cannot swallow the rows below. Lifetime: `text` outlives the reader.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);
  ~CsvReader();

  /// Reads the next row into `row`; false at the end.
  bool next(CsvRow& row);
  /// From now on a row has `count` fields; before, any number.
  void expect_fields(std::size_t count) { expected_ = count; }

 private:
  struct Parser;
  struct Position {
    std::size_t offset = 0;
    std::size_t line = 1;
  };
  /// The line at `at_` with its end, past which `at_` is moved.
  std::string_view take_line();
  void skip_blank_lines();

  std::string_view text_;
  Position at_;
  std::size_t expected_ = 0;
  std::unique_ptr<Parser> parser_;
};

}  // namespace pavior::cli
