/// \file
/// Messages from rows of text: every scalar field of the message is a column.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"
#include "pavior/city/organisation_tables.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// One table whose rows are messages of one type.
class TableReader {
 public:
  /// `type` is any message of the type.
  TableReader(const OrganisationTable& table, const google::protobuf::Message& type) : table_(table), type_(type) {}

  /// Fills a message for each row; `add` answers a new one.
  /// Errors: invalid; the message names the table with line and column.
  [[nodiscard]] Result<void> read(const std::function<google::protobuf::Message&()>& add);

  /// `grids.csv:19` of the message numbered so, counted from 0.
  [[nodiscard]] std::string place(std::size_t message) const { return row_place(message + 1); }

 private:
  /// Where the values of a column go.
  struct Column {
    std::string name;
    std::vector<const google::protobuf::FieldDescriptor*> path;  ///< The field, after the message it is in.
  };
  [[nodiscard]] Result<void> read_header();
  [[nodiscard]] Result<void> read_row(std::size_t row, google::protobuf::Message& message) const;
  [[nodiscard]] std::vector<Column> possible_columns() const;
  [[nodiscard]] std::string row_place(std::size_t row) const;
  [[nodiscard]] Error mistake(std::size_t row, std::string_view column, std::string_view what) const;

  const OrganisationTable& table_;
  const google::protobuf::Message& type_;
  std::vector<Column> columns_;
};

}  // namespace pavior::city::inline v0
