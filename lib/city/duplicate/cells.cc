#include "city/duplicate/cells.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/check.h"

namespace pavior::city::inline v0 {
namespace {

std::uint64_t key_of(const NetCell& cell) {
  return std::uint64_t{static_cast<std::uint32_t>(cell.row)} << 32 | static_cast<std::uint32_t>(cell.column);
}

double cosine_of_degrees(double degrees) { return std::cos(degrees * std::numbers::pi / 180); }

}  // namespace

CellNet::CellNet(double metres) : row_degrees_(metres / metres_of_degree) {}

std::int32_t CellNet::row(double latitude) const {
  return static_cast<std::int32_t>(std::floor(latitude / row_degrees_));
}

// Cut as if the whole row were as long as its side nearer to the equator, so that no cell is wider than it is high.
std::int32_t CellNet::columns(std::int32_t row) const {
  const double near = std::max(0.0, std::min(std::abs(row * row_degrees_), std::abs((row + 1) * row_degrees_)));
  return std::max(1, static_cast<std::int32_t>(std::ceil(360 / row_degrees_ * cosine_of_degrees(near))));
}

std::int32_t CellNet::column(double longitude, std::int32_t columns) {
  const double turn = (wrapped_longitude(longitude) + 180) / 360;
  // 180 degrees east and west are one meridian.
  return static_cast<std::int32_t>(std::floor(turn * columns)) % columns;
}

double CellNet::reach_degrees(double latitude, double metres) {
  const double farthest = std::abs(latitude) + metres / metres_of_degree;
  return metres / metres_of_degree / cosine_of_degrees(farthest);
}

NetCell CellNet::cell(const Place& place) const {
  const auto at = row(place.latitude);
  return {at, column(place.longitude, columns(at))};
}

void CellIndex::add(const Place& place, std::uint32_t number) { numbers_[key_of(net_.cell(place))].push_back(number); }

void CellIndex::remove(const Place& place, std::uint32_t number) {
  const auto found = numbers_.find(key_of(net_.cell(place)));
  PAVIOR_CHECK(found != numbers_.end(), "{} was never added at {}, {}", number, place.latitude, place.longitude);
  std::erase(found->second, number);
  if (found->second.empty()) numbers_.erase(found);
}

std::vector<std::uint32_t> CellIndex::around(const Place& centre, double metres) const {
  std::vector<std::uint32_t> found;
  net_.visit(centre, metres, [&](const NetCell& cell) {
    if (const auto at = numbers_.find(key_of(cell)); at != numbers_.end())
      found.insert(found.end(), at->second.begin(), at->second.end());
  });
  return found;
}

}  // namespace pavior::city::inline v0
