/// \file
/// Distances on a sphere, and near a place on the plane that touches it there.
#pragma once

#include <numbers>

#include "pavior/city/coordinates.h"

namespace pavior::city::inline v0 {

/// The mean radius of the earth (IUGG).
inline constexpr double earth_radius_metres = 6'371'008.8;
/// Of latitude, or of longitude at the equator.
inline constexpr double metres_per_degree = earth_radius_metres * std::numbers::pi / 180;

/// How many degrees of longitude a distance is at a latitude; at most all of them.
[[nodiscard]] double longitude_degrees(double metres, double latitude) noexcept;

/// From the nearest point of the line between two places. `metres_to_line` says how exact it is.
[[nodiscard]] double metres_to_segment(Coordinates at, Coordinates one, Coordinates other) noexcept;

}  // namespace pavior::city::inline v0
