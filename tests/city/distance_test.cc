// Distances beside those on the ellipsoid, which Boost.Geometry reckons.
#include <boost/geometry/formulas/vincenty_inverse.hpp>
#include <boost/geometry/srs/spheroid.hpp>
#include <cmath>
#include <numbers>
#include <random>

#include "city/areas.h"

using namespace pavior::testing;
using pavior::city::is_position;
using pavior::city::metres_between;
using pavior::city::metres_to_line;

namespace {

double on_ellipsoid(Coordinates one, Coordinates other) {
  namespace geometry = boost::geometry;
  constexpr double radians = std::numbers::pi / 180;
  using Formula = geometry::formula::vincenty_inverse<double, true, false>;
  return Formula::apply(one.longitude * radians, one.latitude * radians, other.longitude * radians,
                        other.latitude * radians, geometry::srs::spheroid<double>())
      .distance;
}

double number(std::mt19937_64& numbers, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(numbers);
}

}  // namespace

TEST_CASE("distances are those of well-known ways") {
  // One degree of a great circle is 111.195 km.
  CHECK(std::abs(metres_between({0, 10}, {1, 10}) - 111'195.08) < 0.01);
  CHECK(std::abs(metres_between({0, 10}, {0, 11}) - 111'195.08) < 0.01);
  CHECK(std::abs(metres_between({60, 10}, {60, 10.001}) - 55.597) < 0.001);
  CHECK(metres_between({31.8, 117.3}, {31.8, 117.3}) == 0);
  // Across the meridian of 180 degrees, over a pole, and half around the earth.
  CHECK(std::abs(metres_between({0, 179.5}, {0, -179.5}) - 111'195.08) < 0.01);
  CHECK(std::abs(metres_between({89.5, 0}, {89.5, 180}) - 111'195.08) < 0.01);
  CHECK(std::abs(metres_between({10, 20}, {-10, -160}) - 20'015'114.4) < 1);
}

TEST_CASE("a distance is at most 0.6 % off that on the ellipsoid") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  std::mt19937_64 numbers(seed);
  double worst = 0;
  for (int i = 0; i < 5000; ++i) {
    const Coordinates one{number(numbers, -80, 80), number(numbers, -180, 180)};
    const Coordinates other{one.latitude + number(numbers, -0.5, 0.5), one.longitude + number(numbers, -0.5, 0.5)};
    INFO(one.latitude << ' ' << one.longitude << " to " << other.latitude << ' ' << other.longitude);
    const double exact = on_ellipsoid(one, other), reckoned = metres_between(one, other);
    REQUIRE(metres_between(other, one) == reckoned);
    REQUIRE(std::abs(reckoned - exact) <= 0.006 * exact);
    worst = std::max(worst, std::abs(reckoned - exact) / exact);
  }
  CHECK(worst > 0.002);  // The bound says something.
}

TEST_CASE("the distance to a line is that to its nearest point") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  std::mt19937_64 numbers(seed);
  for (int i = 0; i < 500; ++i) {
    const Coordinates at{number(numbers, -70, 70), number(numbers, -180, 180)};
    const auto somewhere = [&] {
      return Coordinates{at.latitude + number(numbers, -0.05, 0.05), at.longitude + number(numbers, -0.05, 0.05)};
    };
    const std::vector<Coordinates> line{somewhere(), somewhere(), somewhere()};
    double nearest = std::numeric_limits<double>::infinity();
    constexpr int steps = 2000;
    for (std::size_t part = 0; part + 1 < line.size(); ++part)
      for (int step = 0; step <= steps; ++step) {
        const auto &from = line[part], &to = line[part + 1];
        const double share = static_cast<double>(step) / steps;
        nearest = std::min(nearest, metres_between(at, {from.latitude + share * (to.latitude - from.latitude),
                                                        from.longitude + share * (to.longitude - from.longitude)}));
      }
    INFO(at.latitude << ' ' << at.longitude);
    // The steps miss the nearest point by metres at most.
    REQUIRE(std::abs(metres_to_line(at, line) - nearest) < 0.003 * nearest + 5);
  }
  CHECK(std::isinf(metres_to_line(at(0, 0), {})));
  const std::vector<Coordinates> spot{at(1, 0)};
  CHECK(std::abs(metres_to_line(at(0, 0), spot) - metres_between(at(0, 0), spot[0])) < 0.01);
}

TEST_CASE("a position is two numbers within bounds that are not both 0") {
  CHECK(is_position({0, 1}));
  CHECK(is_position({90, -180}));
  CHECK_FALSE(is_position({0, 0}));
  CHECK_FALSE(is_position({90.001, 0}));
  CHECK_FALSE(is_position({0, -180.001}));
  CHECK_FALSE(is_position({std::nan(""), 1}));
}
