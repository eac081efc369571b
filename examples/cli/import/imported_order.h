/// \file
/// What an extract of a city's 311 system says about one order, and the formats it comes in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "text/city_clock.h"

namespace pavior::cli {

struct Coordinates {
  double latitude = 0;
  double longitude = 0;
  friend bool operator==(const Coordinates&, const Coordinates&) = default;
};

/// One good row.
struct ImportedOrder {
  std::string id;
  Time opened{};
  std::optional<Time> deadline;
  std::optional<Time> closed;
  std::string unit;
  std::string category;
  std::string title;
  std::string address;
  std::string channel;
  std::string outcome;  ///< What the city wrote at the close.
  std::optional<Coordinates> coordinates;
  std::uint64_t content = 0;  ///< A hash of the whole row.

  friend bool operator==(const ImportedOrder&, const ImportedOrder&) = default;
};

/// Why a row is not imported. `reason` is a stable key.
struct RowError {
  std::string reason;
  std::string detail;
};

/// A format: which column holds what. An empty name: the format has no such column.
struct Format {
  std::string_view name;
  std::string_view zone;
  std::optional<WallTime> (*parse_time)(std::string_view);
  std::string_view id, opened, deadline, closed, status, unit, category, title, address, channel, outcome, latitude,
      longitude;

  /// Every column the format needs.
  [[nodiscard]] std::vector<std::string_view> columns() const;
};

[[nodiscard]] std::span<const Format> formats();
/// Null if there is none of that name.
[[nodiscard]] const Format* find_format(std::string_view name);

/// Reads the rows of one file.
class OrderReader {
 public:
  /// `header` is the file's first row. Errors: invalid (a column is missing or stands there twice).
  [[nodiscard]] static Result<OrderReader> with_header(const Format& format, std::span<const std::string> header,
                                                       const CityClock& clock);

  struct Row {
    ImportedOrder order;
    std::vector<std::string> notes;  ///< Stable keys of what is odd about it.
  };
  [[nodiscard]] std::variant<Row, RowError> read(std::span<const std::string> fields) const;

 private:
  enum Column : std::size_t;
  OrderReader(const Format& format, const CityClock& clock) : format_(&format), clock_(&clock) {}
  [[nodiscard]] std::optional<RowError> read_times(std::span<const std::string> fields, Row& row) const;
  void read_coordinates(std::span<const std::string> fields, Row& row) const;

  const Format* format_;
  const CityClock* clock_;
  std::size_t fields_ = 0;
  std::vector<std::size_t> at_;  // In the order of `Format::columns()`.
};

}  // namespace pavior::cli
