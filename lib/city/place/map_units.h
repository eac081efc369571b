/// \file
/// Positions as whole numbers, so that geometry is exact.
#pragma once

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

#include "pavior/city/coordinates.h"

namespace pavior::city::inline v0 {

/// A centimetre on the ground, and 180 degrees still fit into 32 bits.
inline constexpr std::int32_t units_per_degree = 10'000'000;

/// Ten-millionths of a degree, east and north.
struct MapPoint {
  std::int32_t x = 0;
  std::int32_t y = 0;

  friend auto operator<=>(const MapPoint&, const MapPoint&) = default;
};

/// None if the numbers are not finite, or not within the bounds of WGS84.
inline std::optional<MapPoint> map_point(Coordinates at) noexcept {
  // Written so that NaN fails.
  if (!(std::abs(at.latitude) <= 90 && std::abs(at.longitude) <= 180)) return std::nullopt;
  const auto units = [](double degrees) {
    return static_cast<std::int32_t>(std::floor(degrees * units_per_degree + 0.5));
  };
  return MapPoint{units(at.longitude), units(at.latitude)};
}

inline Coordinates coordinates(MapPoint point) noexcept {
  return {static_cast<double>(point.y) / units_per_degree, static_cast<double>(point.x) / units_per_degree};
}

/// What systems write that know no position.
inline constexpr MapPoint nowhere{0, 0};

/// Its edges belong to it. As made it holds nothing.
struct MapBox {
  MapPoint low{std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::max()};
  MapPoint high{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::min()};

  void include(MapPoint point) noexcept {
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
  }
  [[nodiscard]] bool contains(MapPoint point) const noexcept {
    return low.x <= point.x && point.x <= high.x && low.y <= point.y && point.y <= high.y;
  }
};

/// One of a ring, whichever way the ring goes: neighbours share an edge bit by bit.
struct MapEdge {
  MapPoint low;  ///< The southern end; of a level edge the western one.
  MapPoint high;

  static MapEdge between(MapPoint one, MapPoint other) noexcept {
    const bool rising = one.y != other.y ? one.y < other.y : one.x < other.x;
    return rising ? MapEdge{one, other} : MapEdge{other, one};
  }
};

}  // namespace pavior::city::inline v0
