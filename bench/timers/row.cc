#include "timers/row.h"

#include <algorithm>
#include <cstdlib>

#include "fmt/core.h"

namespace pavior::bench {
namespace {

constexpr std::string_view line_format = "{:<14} {:<8} {:<13} {:>9}";

std::string text_of(double value) {
  if (std::isnan(value)) return "-";
  if (value != 0 && std::abs(value) < 10) return fmt::format("{:.3g}", value);
  return fmt::format("{:.0f}", value);
}

std::size_t width_of(std::size_t figure) { return std::max<std::size_t>(figure_names[figure].size(), 8); }

}  // namespace

const Row* find(const Rows& rows, std::string_view measure, std::string_view subject, std::string_view durability,
                std::uint64_t pending) {
  const auto found = std::ranges::find_if(rows, [&](const Row& row) {
    return row.measure == measure && row.subject == subject && row.durability == durability && row.pending == pending;
  });
  return found == rows.end() ? nullptr : &*found;
}

std::string table_header() {
  std::string line = fmt::format(line_format, "measure", "subject", "durability", "pending");
  for (std::size_t i = 0; i < figure_names.size(); ++i) line += fmt::format(" {:>{}}", figure_names[i], width_of(i));
  return line + "  settings";
}

std::string table_line(const Row& row) {
  std::string line = fmt::format(line_format, row.measure, row.subject, row.durability, row.pending);
  for (std::size_t i = 0; i < figure_names.size(); ++i)
    line += fmt::format(" {:>{}}", text_of(row.figures[i]), width_of(i));
  return line + "  " + row.settings;
}

std::string csv_header() {
  std::string line = "measure,subject,durability,pending,settings";
  for (const std::string_view name : figure_names) line += fmt::format(",{}", name);
  return line;
}

std::string csv_line(const Row& row) {
  std::string line = fmt::format("{},{},{},{},{}", row.measure, row.subject, row.durability, row.pending, row.settings);
  for (const double value : row.figures) line += std::isnan(value) ? "," : fmt::format(",{:.9g}", value);
  return line;
}

std::optional<Row> parse_csv_line(std::string_view line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == ',')
      cells.emplace_back();
    else
      cells.back() += c;
  }
  constexpr std::size_t names = 5;
  if (cells.size() != names + figure_names.size()) return std::nullopt;
  Row row(cells[0], cells[1], cells[2], std::strtoull(cells[3].c_str(), nullptr, 10), cells[4]);
  for (std::size_t i = 0; i < figure_names.size(); ++i)
    if (!cells[names + i].empty()) row.figures[i] = std::strtod(cells[names + i].c_str(), nullptr);
  return row;
}

}  // namespace pavior::bench
