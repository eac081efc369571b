#include "text/csv_reader.h"

#include <csv.h>

#include <algorithm>

namespace pavior::cli {
namespace {

// No row of a city's extract comes near it; bounds what a stray quote costs.
constexpr std::size_t row_bytes_max = 1 << 20;

}  // namespace

struct CsvReader::Parser {
  Parser() { csv_init(&state, 0); }
  ~Parser() { csv_free(&state); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void feed(std::string_view bytes) { csv_parse(&state, bytes.data(), bytes.size(), on_field, on_row, this); }
  void clear() {
    fields.clear();
    complete = false;
  }

  static void on_field(void* data, std::size_t length, void* self) {
    static_cast<Parser*>(self)->fields.emplace_back(static_cast<const char*>(data), length);
  }
  static void on_row(int, void* self) { static_cast<Parser*>(self)->complete = true; }

  csv_parser state;
  std::vector<std::string> fields;
  bool complete = false;
};

CsvReader::CsvReader(std::string_view text) : text_(text), parser_(std::make_unique<Parser>()) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
}

CsvReader::~CsvReader() = default;

std::string_view CsvReader::take_line() {
  const auto rest = text_.substr(at_.offset);
  auto end = rest.find_first_of("\r\n");
  if (end == std::string_view::npos) {
    end = rest.size();
  } else {
    end += rest.substr(end).starts_with("\r\n") ? 2 : 1;
  }
  at_.offset += end;
  ++at_.line;
  return rest.substr(0, end);
}

void CsvReader::skip_blank_lines() {
  for (auto before = at_; at_.offset < text_.size(); before = at_) {
    if (std::ranges::all_of(take_line(), [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }))
      continue;
    at_ = before;
    return;
  }
}

bool CsvReader::next(CsvRow& row) {
  skip_blank_lines();
  if (at_.offset == text_.size()) return false;
  const auto start = at_;
  auto& parser = *parser_;
  parser.clear();
  parser.feed(take_line());
  const auto second_line = at_;
  while (!parser.complete && at_.offset < text_.size() && at_.offset - start.offset < row_bytes_max)
    parser.feed(take_line());
  if (!parser.complete) parser.feed("\n");  // Ends every row but one whose quotes are open.
  row.line = start.line;
  row.fields.swap(parser.fields);
  row.stray_quote =
      !parser.complete || (expected_ != 0 && row.fields.size() != expected_ && at_.offset > second_line.offset);
  if (row.stray_quote) at_ = second_line, parser_ = std::make_unique<Parser>();
  return true;
}

}  // namespace pavior::cli
