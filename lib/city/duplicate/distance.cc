#include "city/duplicate/distance.h"

#include <cmath>
#include <numbers>

namespace pavior::city::inline v0 {
namespace {

constexpr double radians_of_degree = std::numbers::pi / 180;

}  // namespace

std::optional<Place> place_of(const v1::Position& position) {
  const Place place{position.latitude(), position.longitude()};
  // A comparison with what is not a number is false.
  const bool known = std::abs(place.latitude) <= latitude_max && std::abs(place.longitude) <= 180;
  if (!known || (place.latitude == 0 && place.longitude == 0)) return std::nullopt;
  return place;
}

double metres_between(const Place& one, const Place& other) {
  const double up = (other.latitude - one.latitude) * radians_of_degree;
  const double mean = (one.latitude + other.latitude) / 2 * radians_of_degree;
  const double along = wrapped_longitude(other.longitude - one.longitude) * radians_of_degree * std::cos(mean);
  return std::round(earth_metres * std::hypot(up, along) * 1000) / 1000;
}

double wrapped_longitude(double degrees) { return std::remainder(degrees, 360.0); }

}  // namespace pavior::city::inline v0
