#include "classify/classify_rows.h"

#include <algorithm>
#include <optional>

#include "fmt/format.h"
#include "text/csv_reader.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

struct Places {
  std::vector<std::size_t> text;
  std::size_t label = 0;
};

Result<Places> places_in(const CsvRow& heading, const LabelledColumns& columns) {
  const auto place = [&](const std::string& column) -> Result<std::size_t> {
    const auto found = std::ranges::find(heading.fields, column);
    if (found != heading.fields.end()) return static_cast<std::size_t>(found - heading.fields.begin());
    return Error(ErrorCode::invalid,
                 fmt::format("the heading has no column '{}', but {}", column, fmt::join(heading.fields, ", ")));
  };
  Places places;
  for (const auto& column : columns.text) {
    const auto at = place(column);
    if (!at) return at.error();
    places.text.push_back(*at);
  }
  const auto label = place(columns.label);
  if (!label) return label.error();
  places.label = *label;
  return places;
}

std::string joined(const CsvRow& row, const Places& places) {
  std::string text;
  for (const auto place : places.text) {
    if (row.fields[place].empty()) continue;
    if (!text.empty()) text += '\n';
    text += row.fields[place];
  }
  return text;
}

// Why a row cannot be used.
std::optional<std::string> mistake(const CsvRow& row, std::size_t fields, const Places& places) {
  if (row.stray_quote) return "a quotation mark opens a field and nothing closes it";
  if (row.fields.size() != fields) return fmt::format("expected {} fields, got {}", fields, row.fields.size());
  if (row.fields[places.label].empty()) return "it has no label";
  if (!is_utf8(row.fields[places.label])) return "its label is no UTF-8";
  if (joined(row, places).empty()) return "it has no text";
  return std::nullopt;
}

Result<void> read(const std::filesystem::path& file, const LabelledColumns& columns, LabelledRows& rows) {
  const auto text = read_text(file);
  if (!text) return text.error();
  CsvReader csv(*text);
  CsvRow row;
  const auto invalid = [&](std::string_view what) {
    return Error(ErrorCode::invalid, fmt::format("{}: {}", file.string(), what));
  };
  if (!csv.next(row)) return invalid("the file is empty; a heading is expected");
  const auto places = places_in(row, columns);
  if (!places) return invalid(places.error().message());
  const auto fields = row.fields.size();
  csv.expect_fields(fields);
  while (csv.next(row)) {
    if (auto why = mistake(row, fields, *places))
      rows.left_out.push_back({file, row.line, *std::move(why)});
    else
      rows.rows.push_back({joined(row, *places), row.fields[places->label]});
  }
  return {};
}

}  // namespace

Result<LabelledRows> read_labelled_rows(const std::vector<std::filesystem::path>& files,
                                        const LabelledColumns& columns) {
  LabelledRows rows;
  for (const auto& file : files)
    if (auto done = read(file, columns, rows); !done) return std::move(done).error();
  return rows;
}

}  // namespace pavior::cli
