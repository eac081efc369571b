/// \file
/// Coarse cells for heat maps: they depend on nothing but their size. docs/places.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pavior/city/coordinates.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// Units: metres.
inline constexpr std::uint32_t cell_metres_min = 10;
inline constexpr std::uint32_t cell_metres_max = 10'000;

/// Counted from the south pole and from the meridian of 180 degrees west.
struct Cell {
  std::uint32_t row = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(const Cell&, const Cell&) = default;
};

/// From the south and west edges until just before the others. Units: degrees.
struct CellBounds {
  double south = 0;
  double west = 0;
  double north = 0;
  double east = 0;
};

/// The earth cut into cells of about one size. Between two whole degrees of latitude they stand above each other.
/// Threads: immutable; copy freely.
class PAVIOR_EXPORT Cells {
 public:
  /// Errors: invalid (not between `cell_metres_min` and `cell_metres_max`).
  [[nodiscard]] static Result<Cells> make(std::uint32_t metres);

  /// None if it is no position (`is_position`): such reports are to be counted apart, so that sums are totals.
  [[nodiscard]] std::optional<Cell> cell_of(Coordinates at) const noexcept;
  /// REQUIRES: the cell is one of these.
  [[nodiscard]] CellBounds bounds(Cell cell) const noexcept;

  /// A key for tables: `500m:29311:10868`. Keys of different sizes never meet.
  [[nodiscard]] std::string id(Cell cell) const;
  /// Errors: invalid (no cell of this size).
  [[nodiscard]] Result<Cell> cell_of(std::string_view id) const;

  [[nodiscard]] std::uint32_t metres() const noexcept { return metres_; }

 private:
  explicit Cells(std::uint32_t metres) noexcept;
  std::uint32_t metres_;
  std::uint32_t rows_;  // Of one degree.
};

}  // namespace pavior::city::inline v0
