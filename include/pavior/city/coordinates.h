/// \file
/// A position on the earth, and how far it is from others. docs/places.md.
#pragma once

#include <span>

#include "pavior/export.h"

namespace pavior::city::inline v0 {

/// Units: WGS84 degrees, north and east positive.
struct Coordinates {
  double latitude = 0;
  double longitude = 0;

  friend bool operator==(const Coordinates&, const Coordinates&) = default;
};

/// Whether they name a place: numbers within the bounds of WGS84, and not 0,0, which systems write for "unknown".
[[nodiscard]] PAVIOR_EXPORT bool is_position(Coordinates at) noexcept;

/// Along a great circle of a sphere (haversine); at most 0.6 % off the ellipsoid's distance.
/// Units: metres.
[[nodiscard]] PAVIOR_EXPORT double metres_between(Coordinates one, Coordinates other) noexcept;

/// From the nearest point of a line, as of a road; infinity if the line has no points.
/// On a plane that touches the earth at `at`: within 0.3 % of `metres_between` up to 10 km and the latitude of 70 degrees.
/// Units: metres.
[[nodiscard]] PAVIOR_EXPORT double metres_to_line(Coordinates at, std::span<const Coordinates> line) noexcept;

}  // namespace pavior::city::inline v0
