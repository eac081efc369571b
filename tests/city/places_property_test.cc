// Random towns on squared paper, where corners and edges are met all the time, beside a walk that knows no bands.
#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <tuple>

#include "city/areas.h"

using namespace pavior::testing;
using pavior::city::metres_to_line;

namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : numbers_(seed) {}
  int to(int most) { return static_cast<int>(numbers_() % static_cast<std::uint64_t>(most + 1)); }

 private:
  std::mt19937_64 numbers_;
};

// A town is so many squares wide. Few, so that much coincides.
constexpr int paper = 12;

// Crosses itself as it likes.
Area::Ring random_ring(Random& random) {
  std::vector<std::pair<double, double>> corners;
  const int west = random.to(paper), south = random.to(paper), size = 1 + random.to(paper / 2);
  const int count = 3 + random.to(7);
  for (int i = 0; i < count; ++i) corners.emplace_back(west + random.to(size), south + random.to(size));
  return ring(corners);
}

std::vector<Area> random_areas(Random& random) {
  constexpr std::array ids = {"b", "a", "c", "c/2", "c/1", "c/1/9", "a/7"};
  std::vector<Area> areas;
  const int count = 1 + random.to(static_cast<int>(ids.size()) - 1);
  for (int i = 0; i < count; ++i) {
    Area one{ids[static_cast<std::size_t>(i)], "", {}};
    for (int j = random.to(2); j >= 0; --j) {
      Area::Polygon polygon{random_ring(random)};
      for (int k = random.to(2); k > 0; --k) polygon.push_back(random_ring(random));
      one.polygons.push_back(std::move(polygon));
    }
    areas.push_back(std::move(one));
  }
  return areas;
}

std::int64_t units(double degrees) { return std::llround(degrees * 1e7); }

enum class Side { outside, border, inside };

// Looks to the north; the library looks to the east.
Side walked(const Area::Ring& ring, Coordinates at) {
  const auto x = units(at.longitude), y = units(at.latitude);
  bool inside = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const auto ax = units(ring[i].longitude) - x, ay = units(ring[i].latitude) - y;
    const auto bx = units(ring[i + 1].longitude) - x, by = units(ring[i + 1].latitude) - y;
    const auto turn = ax * by - ay * bx;
    if (turn == 0 && ax * bx + ay * by <= 0) return Side::border;
    if ((ax > 0) == (bx > 0)) continue;
    // Its height where it crosses the meridian, times a positive number.
    const auto height = bx > ax ? turn : -turn;
    if (height < 0) inside = !inside;
  }
  return inside ? Side::inside : Side::outside;
}

Side walked(const Area::Polygon& polygon, Coordinates at) {
  auto side = walked(polygon[0], at);
  for (std::size_t i = 1; i < polygon.size() && side != Side::outside; ++i) {
    const auto hole = walked(polygon[i], at);
    if (hole == Side::inside) side = Side::outside;
    if (hole == Side::border) side = Side::border;
  }
  return side;
}

std::string walked(const std::vector<Area>& areas, Coordinates at) {
  std::optional<std::tuple<std::ptrdiff_t, bool, std::string>> best;
  for (const auto& area : areas)
    for (const auto& polygon : area.polygons) {
      const auto side = walked(polygon, at);
      if (side == Side::outside) continue;
      const std::tuple one(-std::ranges::count(area.id, '/'), side == Side::border, area.id);
      if (!best || one < *best) best = one;
    }
  if (!best) return "outside";
  return std::get<2>(*best) + (std::get<1>(*best) ? " border" : " inside");
}

double metres_to(const Area& area, Coordinates at) {
  double metres = std::numeric_limits<double>::infinity();
  for (const auto& polygon : area.polygons)
    for (const auto& ring : polygon) metres = std::min(metres, metres_to_line(at, ring));
  return metres;
}

}  // namespace

TEST_CASE("a position lies where a walk along every ring finds it") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  Random random(seed);
  int borders = 0, inside = 0, towns = 0;
  for (int round = 0; round < 400; ++round) {
    const auto areas = random_areas(random);
    const auto made = Places::make(areas);
    if (!made) continue;  // One of its areas enclosed nothing.
    ++towns;
    for (int i = 0; i < 200; ++i) {
      // On the paper's lines, at halves of its squares, or anywhere.
      const int part = std::array{1, 2, 10'000}[static_cast<std::size_t>(random.to(2))];
      const auto point = at(random.to(2 * paper * part) / static_cast<double>(part) - 1,
                            random.to(2 * paper * part) / static_cast<double>(part) - 1);
      const auto expected = walked(areas, point);
      INFO("round " << round << "." << i << " at " << point.latitude << ' ' << point.longitude);
      REQUIRE(told(made->locate(point)) == expected);
      borders += expected.ends_with("border"), inside += expected.ends_with("inside");
    }
  }
  CHECK(towns > 200);
  CHECK(borders > 1000);
  CHECK(inside > 1000);
}

TEST_CASE("the points of an edge are on the border, and a unit beside it are not") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  Random random(seed);
  constexpr double unit = 1e-5;  // A ten-millionth of a degree, on the paper.
  for (int round = 0; round < 200; ++round) {
    // A triangle whose edges pass through whole units.
    const int wide = 1 + random.to(30), high = 1 + random.to(30), times = 1 + random.to(2000);
    const double x = random.to(9), y = random.to(9);
    const auto town = places({area("a", {ring({{x, y}, {x + wide * times * unit, y}, {x, y + high * times * unit}})})});
    INFO("round " << round << ": " << wide << 'x' << high << " times " << times);
    for (int i = 0; i <= times; ++i) {
      const auto along_x = x + wide * i * unit, along_y = y + high * (times - i) * unit;
      REQUIRE(told(town.locate(at(along_x, along_y))) == "a border");
      REQUIRE(told(town.locate(at(along_x + unit, along_y + unit))) == "outside");
    }
  }
}

TEST_CASE("the nearest area is none that another one is nearer than") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  Random random(seed);
  int near = 0, far = 0;
  for (int round = 0; round < 200; ++round) {
    const auto areas = random_areas(random);
    const double metres_max = 100 + random.to(3000);
    const auto made = Places::make(areas, {.near_metres = metres_max});
    if (!made) continue;
    for (int i = 0; i < 50; ++i) {
      const auto point = at(random.to(40 * paper) / 20.0 - 5, random.to(40 * paper) / 20.0 - 5);
      const auto located = made->locate(point);
      if (walked(areas, point) != "outside") continue;
      INFO("round " << round << "." << i << " at " << point.latitude << ' ' << point.longitude);
      double least = std::numeric_limits<double>::infinity();
      for (const auto& area : areas) least = std::min(least, metres_to(area, point));
      if (least > metres_max) {
        ++far;
        REQUIRE(told(located) == "outside");
        continue;
      }
      ++near;
      REQUIRE(located.how == How::near);
      REQUIRE(std::abs(located.metres - least) < 0.02);  // Of a point rounded to a centimetre.
      const auto told_area = std::ranges::find(areas, located.area, &Area::id);
      REQUIRE(std::abs(metres_to(*told_area, point) - least) < 0.02);
    }
  }
  CHECK(near > 500);
  CHECK(far > 500);
}
