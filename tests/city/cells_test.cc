// Cells of heat maps.
#include <map>
#include <random>

#include "city/areas.h"
#include "pavior/city/cells.h"

using namespace pavior::testing;
using pavior::city::Cell;
using pavior::city::Cells;
using pavior::city::metres_between;

namespace {

Cells cells(std::uint32_t metres) { return Cells::make(metres).value(); }

}  // namespace

// By the formula of docs/places.md, reckoned by another program.
TEST_CASE("a cell of a place is the same for ever") {
  const auto id = [](std::uint32_t metres, Coordinates at) { return cells(metres).id(*cells(metres).cell_of(at)); };
  CHECK(id(500, {31.8, 117.3}) == "500m:27039:56373");
  CHECK(id(500, {42.3594, -71.0587}) == "500m:29383:17862");
  CHECK(id(10'000, {42.3594, -71.0587}) == "10000m:1455:893");
  CHECK(id(10, {-33.86, 151.21}) == "10m:624276:3071111");
}

TEST_CASE("a cell has what lies within its bounds, and about its size") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  std::mt19937_64 numbers(seed);
  const auto number = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(numbers);
  };
  for (int i = 0; i < 5000; ++i) {
    const auto metres = static_cast<std::uint32_t>(number(10, 1000));
    const auto grid = cells(metres);
    const Coordinates point{std::round(number(-70, 70) * 1e7) / 1e7, std::round(number(-180, 180) * 1e7) / 1e7};
    const auto cell = grid.cell_of(point);
    REQUIRE(cell);
    const auto bounds = grid.bounds(*cell);
    INFO(grid.id(*cell) << " of " << point.latitude << ' ' << point.longitude);
    REQUIRE(bounds.south <= point.latitude);
    REQUIRE(point.latitude < bounds.north);
    REQUIRE(bounds.west <= point.longitude);
    REQUIRE(point.longitude < bounds.east);
    // Its corners: the first place is its own, those behind its ends are not.
    REQUIRE(grid.cell_of(Coordinates{bounds.south, bounds.west}) == cell);
    REQUIRE(grid.cell_of(Coordinates{bounds.north, point.longitude}) != cell);
    REQUIRE(grid.cell_of(Coordinates{bounds.north, point.longitude})->row == cell->row + 1);
    REQUIRE(grid.cell_of(Coordinates{bounds.north - 1e-7, bounds.east - 1e-7}) == cell);
    const double high = metres_between({bounds.south, bounds.west}, {bounds.north, bounds.west});
    const double middle = (bounds.south + bounds.north) / 2;
    const double wide = metres_between({middle, bounds.west}, {middle, bounds.east});
    REQUIRE(std::abs(high - metres) < 0.01 * metres);
    REQUIRE(std::abs(wide - metres) < 0.03 * metres);
    REQUIRE(grid.cell_of(grid.id(*cell)).value() == *cell);
  }
}

TEST_CASE("every position has one cell, so that sums are totals") {
  const auto grid = cells(1000);
  std::mt19937_64 numbers(7);
  std::map<Cell, int> heat;
  int without = 0, sum = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto x = static_cast<double>(numbers() % 2000) / 100, y = static_cast<double>(numbers() % 2000) / 100;
    const auto cell = grid.cell_of(i % 10 == 0 ? Coordinates{} : at(x, y));
    if (cell)
      ++heat[*cell];
    else
      ++without;
  }
  for (const auto& [cell, count] : heat) sum += count;
  CHECK(without == 1000);
  CHECK(sum + without == 10'000);
  CHECK(heat.size() > 300);
}

TEST_CASE("the ends of the earth have cells too, and what is no position has none") {
  const auto grid = cells(500);
  for (const Coordinates end :
       {Coordinates{90, 180}, Coordinates{-90, -180}, Coordinates{90, -180}, Coordinates{-90, 180}}) {
    const auto cell = grid.cell_of(end);
    REQUIRE(cell);
    CHECK(grid.cell_of(grid.id(*cell)).value() == *cell);
  }
  CHECK(grid.bounds(*grid.cell_of(Coordinates{90, 180})).north == 90);
  CHECK(grid.bounds(*grid.cell_of(Coordinates{90, 180})).east == 180);
  CHECK_FALSE(grid.cell_of(Coordinates{0, 0}));
  CHECK_FALSE(grid.cell_of(Coordinates{91, 0}));
}

TEST_CASE("cells are between ten metres and ten kilometres, and ids are read with care") {
  CHECK_FALSE(Cells::make(9).has_value());
  CHECK_FALSE(Cells::make(10'001).has_value());
  CHECK(cells(500).metres() == 500);
  CHECK(cells(500).cell_of("500m:27039:56160").has_value());
  for (const auto* id : {"", "500m", "500m:1", "400m:27039:56160", "500m:27039:56160 ", "500m:027039:56160",
                         "500m:39960:0", "500m:27039:80000", "500m:-1:5", "500:27039:56160"})
    CHECK_FALSE(cells(500).cell_of(id).has_value());
  CHECK(cells(500).cell_of("x").error().message() == "\"x\" is no cell of 500 metres; one is as \"500m:29281:15390\"");
}
