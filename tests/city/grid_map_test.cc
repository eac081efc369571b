// Areas as a map keeps them: exact, small, and with mistakes told by their place.
#include "pavior/city/grid_map.h"

#include <cmath>
#include <random>

#include "city/maps.h"
#include "city/organisations.h"
#include "fmt/format.h"
#include "pavior/city/grid_map_findings.h"
#include "pavior/city/grid_maps.h"
#include "pavior/city/v1/grid_maps.pb.h"

namespace pavior::city::tests {
namespace {

using testing::area;
using testing::box;
using testing::told;

/// A ring as surveyors draw it: to many more digits than anybody can see.
Area::Ring drawn(std::mt19937_64& numbers) {
  std::uniform_real_distribution<double> north(31.7, 31.9), east(-117.4, -117.1);
  Area::Ring ring;
  for (int i = 0; i < 40; ++i) ring.push_back({north(numbers), east(numbers)});
  ring.push_back(ring.front());
  return ring;
}

void check_same(const std::vector<Area>& was, const std::vector<Area>& is) {
  constexpr double half_a_unit = 0.5e-7 + 1e-12;
  REQUIRE(is.size() == was.size());
  for (std::size_t i = 0; i < was.size(); ++i) {
    CHECK(is[i].id == was[i].id);
    CHECK(is[i].name == was[i].name);
    REQUIRE(is[i].polygons.size() == was[i].polygons.size());
    for (std::size_t k = 0; k < was[i].polygons.size(); ++k) {
      REQUIRE(is[i].polygons[k].size() == was[i].polygons[k].size());
      for (std::size_t ring = 0; ring < was[i].polygons[k].size(); ++ring) {
        const auto &before = was[i].polygons[k][ring], &after = is[i].polygons[k][ring];
        REQUIRE(after.size() == before.size());
        for (std::size_t point = 0; point < before.size(); ++point) {
          CHECK(std::abs(after[point].latitude - before[point].latitude) <= half_a_unit);
          CHECK(std::abs(after[point].longitude - before[point].longitude) <= half_a_unit);
        }
      }
    }
  }
}

/// Squares of a city, one beside the other, with names of the length that names have.
std::vector<Area> squares(int count) {
  constexpr double side = 0.0031416;
  std::vector<Area> areas;
  for (int i = 0; i < count; ++i) {
    const double south = 31.6 + side * (i / 62), west = 117.1 + side * (i % 62);
    areas.push_back(
        {fmt::format("340111/{:03}/{:03}", i / 62, i % 62),
         fmt::format("城市网格第{}号", i),
         {{{{south, west}, {south, west + side}, {south + side, west + side}, {south + side, west}, {south, west}}}}});
  }
  return areas;
}

std::string mistake(const v1::GridMap& map) {
  const auto made = GridMap::make(map);
  return made ? "none" : made.error().message();
}

TEST_CASE("rings, holes and further polygons come back to the ten-millionth of a degree") {
  std::mt19937_64 numbers(2026);
  std::vector<Area> areas;
  for (int i = 0; i < 12; ++i)
    areas.push_back({fmt::format("a/{:02}", i),
                     fmt::format("Area {}", i),
                     {{drawn(numbers), drawn(numbers)}, {drawn(numbers), drawn(numbers), drawn(numbers)}}});
  const auto map = map_data(areas);
  const auto back = areas_of(map).value();
  check_same(areas, back);
  CHECK(map_data(back).SerializeAsString() == map.SerializeAsString());
}

TEST_CASE("a map locates as the areas it is made of") {
  const std::vector<Area> areas = {area("a", {box(0, 0, 10, 10), box(4, 4, 6, 6)}),
                                   area("a/b", {box(0, 0, 2, 2)}),
                                   {"c", "", {{box(20, 0, 25, 5)}, {box(20, 6, 25, 9)}}}};
  const auto map = map_of(areas);
  const auto plain = testing::places(areas);
  for (double x = -1; x < 27; x += 0.5)
    for (double y = -1; y < 12; y += 0.5)
      CHECK(told(map.places().locate(testing::at(x, y))) == told(plain.locate(testing::at(x, y))));
  auto head = map_head();
  head.set_near_metres(1200);
  CHECK(told(map_of(areas, head).places().locate(testing::at(11, 5))) == "a near");
}

TEST_CASE("3,824 square grids fit into one event") {
  const auto map = map_data(squares(3824));
  CHECK(map.ByteSizeLong() < 350'000);
  CHECK(publish_grid_map_command(map));
  CHECK(GridMap::make(map).value().places().locate({31.6 + 0.0031416 * 30.5, 117.1 + 0.0031416 * 7.5}).area ==
        "340111/030/007");
}

TEST_CASE("a map that is larger than an event may be is told with its size, the limit and the mend") {
  Limits limits;
  limits.event_bytes_max = 1000;
  const auto map = map_data(squares(40));
  v1::PublishGridMap command;
  *command.mutable_grid_map() = map;
  const auto refused = publish_grid_map_command(map, limits);
  REQUIRE_FALSE(refused);
  CHECK(refused.error() ==
        Error(ErrorCode::limit,
              fmt::format("the grid map quarter has {} bytes, and the engine takes 1000; raise "
                          "Limits::command_bytes_max, event_bytes_max and batch_bytes_max, or simplify the borders",
                          command.ByteSizeLong() + 11)));
}

TEST_CASE("people may write a map, with rings of points that need not be closed") {
  constexpr auto text = R"(id: "quarter" version: 1
areas {
  path: "3411/05" name: "Lake Street"
  polygons {
    rings {
      points { latitude: 31.7 longitude: 117.2 }
      points { latitude: 31.7 longitude: 117.3 }
      points { latitude: 31.8 longitude: 117.3 }
    }
  }
})";
  const auto map = read_grid_map(text).value();
  const auto& steps = map.areas(0).polygons(0).rings(0).steps();
  CHECK(std::vector<int>(steps.begin(), steps.end()) ==
        std::vector{1'172'000'000, 317'000'000, 1'000'000, 0, 0, 1'000'000});
  CHECK(GridMap::make(map).value().places().locate({31.72, 117.28}).area == "3411/05");
}

TEST_CASE("a mistake in a map is told by its place and the mend") {
  auto open = box(0, 0, 1, 1);
  open.pop_back();
  CHECK(make_grid_map({area("a", {box(0, 0, 2, 2)}), area("3411/05", {box(0, 0, 9, 9), open})}, map_head()).error() ==
        Error(ErrorCode::invalid,
              "areas[1] \"3411/05\": polygons[0][1] is not closed; repeat its first point at its end"));
  auto map = map_data({area("a", {box(0, 0, 2, 2)})});
  map.mutable_areas(0)->mutable_polygons(0)->mutable_rings(0)->add_steps(7);
  CHECK(mistake(map) == "areas[0] \"a\": polygons[0][0] has a step east without one north; a point has two numbers");
  map.mutable_areas(0)->mutable_polygons(0)->mutable_rings(0)->add_steps(2'000'000'000);
  CHECK(mistake(map) ==
        "areas[0] \"a\": polygons[0][0][4] is longitude 117.2000007, latitude 231.72, which is no place; convert the "
        "file to WGS84 degrees (EPSG:4326)");
  map.mutable_areas(0)->mutable_polygons(0)->mutable_rings(0)->add_points();
  CHECK(mistake(map) == "areas[0] \"a\": polygons[0][0] has both steps and points; leave one of the two out");
  map = map_head();
  CHECK(mistake(map) == "areas: is empty; a map has one area at least");
  map.set_version(0);
  CHECK(mistake(map) == "version: is 0 or missing; versions are 1, 2, 3 ...");
  CHECK(read_grid_map("id: \"quarter\"\nversion: 1\nareas {\n  path: \"a\"\n}\nareas { path: \"a//b\" }").error() ==
        Error(ErrorCode::invalid,
              "3:1: areas[0] \"a\": polygons enclose nothing; give the area a polygon, or leave "
              "the area out"));
}

TEST_CASE("grids without an area and areas without a grid are findings, and no mistakes") {
  const auto map = map_of(
      {area("3411/07", {box(0, 0, 2, 2)}), area("3411/05/001", {box(2, 0, 4, 2)}), area("3411/04", {box(4, 0, 6, 2)})});
  std::vector<std::string> findings;
  for (const auto& finding : grid_map_findings(map, organisation_of(quarter()))) findings.push_back(text_of(finding));
  // 3411 and 3411/05 hold others.
  CHECK(findings == std::vector<std::string>{"grid 3411/05/002 has no area", "grid 3411/06/001 has no area",
                                             "area 3411/04 is no grid of the organisation",
                                             "area 3411/07 is no grid of the organisation"});
}

}  // namespace
}  // namespace pavior::city::tests
