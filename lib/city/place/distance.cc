#include "city/place/distance.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "city/place/map_units.h"

namespace pavior::city::inline v0 {
namespace {

constexpr double radians_per_degree = std::numbers::pi / 180;

double square(double value) { return value * value; }

// The short way round, also across the meridian of 180 degrees.
double longitude_between(double from, double to) { return std::remainder(to - from, 360); }

struct OnPlane {
  double x = 0;
  double y = 0;
};

// Metres east and north of `origin`.
OnPlane on_plane(Coordinates origin, Coordinates at) {
  return {longitude_between(origin.longitude, at.longitude) * metres_per_degree *
              std::cos(origin.latitude * radians_per_degree),
          (at.latitude - origin.latitude) * metres_per_degree};
}

}  // namespace

bool is_position(Coordinates at) noexcept {
  const auto point = map_point(at);
  return point && *point != nowhere;
}

double metres_between(Coordinates one, Coordinates other) noexcept {
  const double south_north = std::sin((other.latitude - one.latitude) * radians_per_degree / 2);
  const double west_east = std::sin(longitude_between(one.longitude, other.longitude) * radians_per_degree / 2);
  const double half_chord = square(south_north) + std::cos(one.latitude * radians_per_degree) *
                                                      std::cos(other.latitude * radians_per_degree) * square(west_east);
  return 2 * earth_radius_metres * std::asin(std::min(1.0, std::sqrt(half_chord)));
}

double longitude_degrees(double metres, double latitude) noexcept {
  const double shrink = std::cos(latitude * radians_per_degree);
  const double degrees = metres / metres_per_degree;
  return shrink * 180 <= degrees ? 180 : degrees / shrink;
}

double metres_to_segment(Coordinates at, Coordinates one, Coordinates other) noexcept {
  const OnPlane from = on_plane(at, one), to = on_plane(at, other);
  const OnPlane way{to.x - from.x, to.y - from.y};
  const double length = square(way.x) + square(way.y);
  // How far along the segment its nearest point is, from 0 to 1.
  const double along = length == 0 ? 0 : std::clamp(-(from.x * way.x + from.y * way.y) / length, 0.0, 1.0);
  return std::hypot(from.x + along * way.x, from.y + along * way.y);
}

double metres_to_line(Coordinates at, std::span<const Coordinates> line) noexcept {
  if (line.empty()) return std::numeric_limits<double>::infinity();
  double nearest = metres_to_segment(at, line.front(), line.front());
  for (std::size_t i = 1; i < line.size(); ++i)
    nearest = std::min(nearest, metres_to_segment(at, line[i - 1], line[i]));
  return nearest;
}

}  // namespace pavior::city::inline v0
