/// \file
/// How far apart two places of a city are.
#pragma once

#include <numbers>
#include <optional>

#include "pavior/city/v1/organisation.pb.h"

namespace pavior::city::inline v0 {

/// The mean radius of the earth (IUGG). Units: metres.
inline constexpr double earth_metres = 6'371'008.8;

/// A degree of latitude.
inline constexpr double metres_of_degree = earth_metres * std::numbers::pi / 180;

/// No city is nearer to a pole; cells are as wide as they are high up to here.
inline constexpr double latitude_max = 85;

/// WGS84 degrees, of a place that may be compared.
struct Place {
  double latitude = 0;
  double longitude = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

/// Nothing for 0,0, which is what programs write for "unknown", and for what no city has.
[[nodiscard]] std::optional<Place> place_of(const v1::Position& position);

/// Along a sphere, flattened between the two places: radius * hypot(difference of latitudes, difference of longitudes *
/// cosine of the mean latitude). Up to 5 km that is within half a millimetre of the great circle below 60 degrees, and
/// within 2 cm everywhere; the sphere itself is up to half a per cent from the ellipsoid. Whole millimetres, so that the last bits of a
/// machine's cosine decide nothing. Units: metres.
[[nodiscard]] double metres_between(const Place& one, const Place& other);

/// From -180 to 180, whatever the sum of two longitudes.
[[nodiscard]] double wrapped_longitude(double degrees);

}  // namespace pavior::city::inline v0
