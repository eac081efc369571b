#include "pavior/city/cells.h"

#include <charconv>
#include <cmath>

#include "city/place/distance.h"
#include "city/place/map_units.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

constexpr std::int64_t around = 360LL * units_per_degree;
constexpr std::uint32_t degrees_north_south = 180;

// How many cells stand side by side around the earth in a degree of latitude, counted from the south pole.
std::int64_t columns_of(std::uint32_t degree, std::uint32_t metres) {
  const double middle = (static_cast<double>(degree) + 0.5 - 90) * std::numbers::pi / 180;
  return std::llround(360 * metres_per_degree * std::cos(middle) / metres);
}

// Where the parts of a whole begin that `index * parts / whole` tells apart: the first unit whose index it is.
std::int64_t begin_of(std::int64_t part, std::int64_t parts, std::int64_t whole) {
  return (part * whole + parts - 1) / parts;
}

double degrees(std::int64_t units, double from) { return static_cast<double>(units) / units_per_degree + from; }

// Takes a number and what stands behind it off a text.
bool take(std::string_view& text, std::uint32_t& number, std::string_view behind) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.starts_with(behind)) return false;
  text.remove_prefix(behind.size());
  return true;
}

}  // namespace

Cells::Cells(std::uint32_t metres) noexcept
    : metres_(metres), rows_(static_cast<std::uint32_t>(std::lround(metres_per_degree / metres))) {}

Result<Cells> Cells::make(std::uint32_t metres) {
  if (metres < cell_metres_min || metres > cell_metres_max)
    return Error(ErrorCode::invalid,
                 fmt::format("cells of {} metres; use {} to {}", metres, cell_metres_min, cell_metres_max));
  return Cells(metres);
}

std::optional<Cell> Cells::cell_of(Coordinates at) const noexcept {
  const auto point = map_point(at);
  if (!point || *point == nowhere) return std::nullopt;
  // The poles' and the last meridian's ends belong to the cells before them.
  const auto north = std::min(std::int64_t{point->y} + 90LL * units_per_degree, 180LL * units_per_degree - 1);
  const auto east = std::min(std::int64_t{point->x} + around / 2, around - 1);
  const auto degree = static_cast<std::uint32_t>(north / units_per_degree);
  const auto row = static_cast<std::uint32_t>(north % units_per_degree * rows_ / units_per_degree);
  return Cell{degree * rows_ + row, static_cast<std::uint32_t>(east * columns_of(degree, metres_) / around)};
}

CellBounds Cells::bounds(Cell cell) const noexcept {
  const auto degree = cell.row / rows_, row = cell.row % rows_;
  const auto columns = columns_of(degree, metres_);
  const double south = static_cast<double>(degree) - 90;
  return {degrees(begin_of(row, rows_, units_per_degree), south), degrees(begin_of(cell.column, columns, around), -180),
          degrees(begin_of(row + 1, rows_, units_per_degree), south),
          degrees(begin_of(std::int64_t{cell.column} + 1, columns, around), -180)};
}

std::string Cells::id(Cell cell) const { return fmt::format("{}m:{}:{}", metres_, cell.row, cell.column); }

Result<Cell> Cells::cell_of(std::string_view id) const {
  std::string_view rest = id;
  std::uint32_t metres = 0;
  Cell cell;
  const bool read = take(rest, metres, "m:") && take(rest, cell.row, ":") && take(rest, cell.column, "");
  if (read && metres == metres_ && cell.row < degrees_north_south * rows_ &&
      cell.column < columns_of(cell.row / rows_, metres_) && this->id(cell) == id)
    return cell;
  return Error(ErrorCode::invalid, fmt::format("\"{}\" is no cell of {} metres; one is as \"{}\"", id, metres_,
                                               this->id(*cell_of(Coordinates{41.9, -87.6}))));
}

}  // namespace pavior::city::inline v0
