// Distances, and the cells in which what is near is looked for.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <set>

#include "city/duplicate/cells.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

/// Along the great circle, the long way to reckon.
double great_circle_metres(const Place& one, const Place& other) {
  constexpr double radians = std::numbers::pi / 180;
  const double up = std::sin((other.latitude - one.latitude) * radians / 2);
  const double along = std::sin((other.longitude - one.longitude) * radians / 2);
  const double h = up * up + std::cos(one.latitude * radians) * std::cos(other.latitude * radians) * along * along;
  return 2 * earth_metres * std::asin(std::sqrt(h));
}

Place place_near(std::mt19937_64& numbers, const Place& centre, double metres) {
  const auto share = [&] { return std::uniform_real_distribution<double>(-1, 1)(numbers); };
  const double up = share() * metres / metres_of_degree;
  const double along = share() * metres / metres_of_degree / std::cos(centre.latitude * std::numbers::pi / 180);
  return {centre.latitude + up, wrapped_longitude(centre.longitude + along)};
}

TEST_CASE("a degree of latitude is 111.195 km, and one of longitude half of it at 60 degrees") {
  CHECK(metres_between(Place{0, 0}, Place{1, 0}) == 111195.08);
  CHECK(metres_between(Place{60, 10}, Place{60, 11}) == 55597.54);
  CHECK(metres_between(Place{31.82, 117.28}, Place{31.82, 117.28}) == 0);
}

TEST_CASE("distances are those along the great circle, to less than a millimetre in a city") {
  const auto seed = test::random_seed();
  INFO("seed " << seed);
  std::mt19937_64 numbers(seed);
  for (const double latitude : {-55.0, 0.0, 31.82, 42.36, 59.9})
    for (int i = 0; i < 500; ++i) {
      const auto one = place_near(numbers, {latitude, 117.28}, 1500), other = place_near(numbers, one, 1500);
      REQUIRE(std::abs(metres_between(one, other) - great_circle_metres(one, other)) < 0.001);
      REQUIRE(metres_between(one, other) == metres_between(other, one));
    }
}

TEST_CASE("no place near the centre is in a cell that is not visited, and none is visited twice") {
  const auto seed = test::random_seed();
  INFO("seed " << seed);
  std::mt19937_64 numbers(seed);
  for (const double side : {10.0, 50.0, 700.0})
    for (const double latitude : {-84.9, -33.0, 0.0, 0.0001, 42.36, 70.0, 84.9})
      for (const double longitude : {-180.0, -71.06, 0.0, 179.9999}) {
        const CellNet net(side);
        const Place centre{latitude, longitude};
        for (const double metres : {1.0, 45.72, 300.0}) {
          std::set<std::pair<int, int>> visited;
          net.visit(centre, metres,
                    [&](const NetCell& cell) { REQUIRE(visited.emplace(cell.row, cell.column).second); });
          for (int i = 0; i < 50; ++i) {
            const auto place = place_near(numbers, centre, metres);
            const auto cell = net.cell(place);
            INFO(side << " m cells, " << place.latitude << ", " << place.longitude);
            if (metres_between(centre, place) <= metres) REQUIRE(visited.contains({cell.row, cell.column}));
          }
          // Not many more than the circle needs.
          const double needed = std::pow(2 * metres / side + 2, 2);
          REQUIRE(static_cast<double>(visited.size()) <= 2 * needed);
        }
      }
}

TEST_CASE("cells are no larger than they should be") {
  std::mt19937_64 numbers(1);
  const CellNet net(200);
  for (int i = 0; i < 20'000; ++i) {
    const auto one = place_near(numbers, {42.36, -71.06}, 400), other = place_near(numbers, one, 400);
    // Sides of 200 m have a diagonal of 283 m.
    if (net.cell(one) == net.cell(other)) REQUIRE(metres_between(one, other) < 283);
  }
}

}  // namespace
}  // namespace pavior::city::tests
