#include "city/organisation/table_reader.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Many times what a city has; bounds what a wrong file costs.
constexpr std::size_t rows_max = 500'000;
constexpr std::size_t cell_bytes_shown_max = 64;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// Whether all of the text is a number, which `value` then is.
template <class Number>
bool parse_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

void add_texts(Message& message, const FieldDescriptor& field, std::string_view list) {
  while (!list.empty()) {
    const auto one = list.substr(0, list.find(';'));
    list.remove_prefix(std::min(list.size(), one.size() + 1));
    if (const auto text = trimmed(one); !text.empty())
      message.GetReflection()->AddString(&message, &field, std::string(text));
  }
}

/// What is wrong with a value; empty if it was set.
std::string set_value(Message& message, const FieldDescriptor& field, std::string_view text) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.is_repeated())
        add_texts(message, field, text);
      else
        reflection.SetString(&message, &field, std::string(text));
      return {};
    case FieldDescriptor::CPPTYPE_UINT32: {
      std::uint32_t value = 0;
      if (!parse_number(text, value)) return "is no number of 0 or more; write digits alone";
      reflection.SetUInt32(&message, &field, value);
      return {};
    }
    case FieldDescriptor::CPPTYPE_DOUBLE: {
      double value = 0;
      if (!parse_number(text, value)) return "is no number; write it as 31.82";
      reflection.SetDouble(&message, &field, value);
      return {};
    }
    default:  // `possible_columns` takes care that it is this one.
      if (text != "true" && text != "false")
        return "is neither true nor false; write one of them, or nothing for false";
      reflection.SetBool(&message, &field, text == "true");
      return {};
  }
}

bool is_value(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING ||
         (!field.is_repeated() &&
          (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32 || field.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE ||
           field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL));
}

}  // namespace

Result<void> TableReader::read(const std::function<Message&()>& add) {
  if (table_.rows.empty()) return {};
  if (table_.rows.size() > rows_max) return mistake(0, "", fmt::format("there are more than {} rows", rows_max));
  if (auto header = read_header(); !header) return header;
  for (std::size_t row = 1; row < table_.rows.size(); ++row)
    if (auto read = read_row(row, add()); !read) return read;
  return {};
}

std::vector<TableReader::Column> TableReader::possible_columns() const {
  std::vector<Column> columns;
  const auto& type = *type_.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const auto* field = type.field(i);
    if (is_value(*field)) columns.push_back({field->name(), {field}});
    if (field->message_type() == nullptr || field->is_repeated()) continue;
    for (int k = 0; k < field->message_type()->field_count(); ++k) {
      const auto* inner = field->message_type()->field(k);
      if (is_value(*inner)) columns.push_back({inner->name(), {field, inner}});
    }
  }
  return columns;
}

Result<void> TableReader::read_header() {
  const auto possible = possible_columns();
  for (const auto& cell : table_.rows.front()) {
    const auto name = trimmed(cell);
    const auto found = std::ranges::find(possible, name, &Column::name);
    if (found == possible.end()) {
      std::string names;
      for (const auto& column : possible) names += (names.empty() ? "" : ", ") + column.name;
      return mistake(0, name.substr(0, cell_bytes_shown_max),
                     fmt::format("there is no such column; the columns are: {}", names));
    }
    if (std::ranges::find(columns_, name, &Column::name) != columns_.end())
      return mistake(0, name, "is there twice; leave one out");
    columns_.push_back(*found);
  }
  return {};
}

Result<void> TableReader::read_row(std::size_t row, Message& message) const {
  const auto& cells = table_.rows[row];
  if (cells.size() != columns_.size())
    return mistake(row, "",
                   fmt::format("has {} fields, and the header has {}; quote a comma that is part of a text",
                               cells.size(), columns_.size()));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto text = trimmed(cells[i]);
    if (text.empty()) continue;
    if (!is_printable_utf8(text))
      return mistake(row, columns_[i].name, "is no line of UTF-8 text; save the table as \"CSV UTF-8\"");
    Message* owner = &message;
    for (std::size_t step = 0; step + 1 < columns_[i].path.size(); ++step)
      owner = owner->GetReflection()->MutableMessage(owner, columns_[i].path[step]);
    if (const auto what = set_value(*owner, *columns_[i].path.back(), text); !what.empty())
      return mistake(row, columns_[i].name, fmt::format("\"{}\" {}", text.substr(0, cell_bytes_shown_max), what));
  }
  return {};
}

std::string TableReader::row_place(std::size_t row) const {
  return fmt::format("{}:{}", table_.name, row < table_.lines.size() ? table_.lines[row] : row + 1);
}

Error TableReader::mistake(std::size_t row, std::string_view column, std::string_view what) const {
  return {ErrorCode::invalid,
          fmt::format("{}: {}{}{}", row_place(row), printable(column), column.empty() ? "" : ": ", what)};
}

}  // namespace pavior::city::inline v0
