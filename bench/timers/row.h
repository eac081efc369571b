/// \file
/// One line of the table.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavior::bench {

/// What can be told of a measurement. The table has a column for each.
enum class Figure : std::uint8_t { count, per_second, p50_us, p99_us, max_us, seconds, mib, ratio };
inline constexpr std::array<std::string_view, 8> figure_names = {"count",  "per_second", "p50_us", "p99_us",
                                                                 "max_us", "seconds",    "mib",    "ratio"};

struct Row {
  std::string measure;     ///< What was measured, e.g. `set`.
  std::string subject;     ///< On what, e.g. `pavior`, `heap`.
  std::string durability;  ///< `-` for what only lives in memory.
  std::uint64_t pending = 0;
  std::string settings;  ///< Words `name=value`; no commas.
  std::array<double, figure_names.size()> figures;

  Row(std::string measured, std::string on, std::string durable, std::uint64_t waiting, std::string set = "-")
      : measure(std::move(measured)),
        subject(std::move(on)),
        durability(std::move(durable)),
        pending(waiting),
        settings(std::move(set)) {
    figures.fill(std::nan(""));
  }

  Row& with(Figure figure, double value) & {
    figures[static_cast<std::size_t>(figure)] = value;
    return *this;
  }
  Row&& with(Figure figure, double value) && { return std::move(with(figure, value)); }
  /// NaN if it was not measured.
  [[nodiscard]] double get(Figure figure) const { return figures[static_cast<std::size_t>(figure)]; }
};

using Rows = std::vector<Row>;

/// The first row measured so; null if there is none.
const Row* find(const Rows& rows, std::string_view measure, std::string_view subject, std::string_view durability,
                std::uint64_t pending);

std::string table_header();
std::string table_line(const Row& row);
std::string csv_header();
std::string csv_line(const Row& row);
/// The inverse of `csv_line`.
std::optional<Row> parse_csv_line(std::string_view line);

}  // namespace pavior::bench
