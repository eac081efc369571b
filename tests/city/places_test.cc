// Where positions lie, in towns small enough to be drawn by hand.
#include <algorithm>
#include <limits>
#include <thread>

#include "city/areas.h"

using namespace pavior::testing;
using pavior::ErrorCode;
using pavior::city::LocatedCounts;

namespace {

std::string mistake(const std::vector<Area>& areas) {
  const auto made = Places::make(areas);
  REQUIRE_FALSE(made.has_value());
  CHECK(made.error().code() == ErrorCode::invalid);
  return made.error().message();
}

}  // namespace

TEST_CASE("a position is inside of an area, on its border, or outside of all") {
  const auto town = places({area("a", {box(0, 0, 10, 10)})});
  CHECK(told(town.locate(at(5, 5))) == "a inside");
  CHECK(told(town.locate(at(10, 5))) == "a border");
  CHECK(told(town.locate(at(5, 0))) == "a border");
  CHECK(told(town.locate(at(0, 0))) == "a border");
  CHECK(told(town.locate(at(10, 10))) == "a border");
  CHECK(told(town.locate(at(10.0001, 5))) == "outside");
  CHECK(told(town.locate(at(5, -0.0001))) == "outside");
  CHECK(told(town.locate(at(-20, 5))) == "outside");
  CHECK(town.locate(at(5, 5)).at == at(5, 5));
}

TEST_CASE("a hole is outside, its border belongs to the area, and an area may fill it") {
  const auto ring = area("ring", {box(0, 0, 10, 10), box(3, 3, 6, 6)});
  CHECK(told(places({ring}).locate(at(4, 4))) == "outside");
  CHECK(told(places({ring}).locate(at(3, 4))) == "ring border");
  CHECK(told(places({ring}).locate(at(2, 4))) == "ring inside");
  const auto filled = places({ring, area("park", {box(3, 3, 6, 6)})});
  CHECK(told(filled.locate(at(4, 4))) == "park inside");
  CHECK(told(filled.locate(at(3, 4))) == "park border");
  // An island in the lake.
  auto island = ring;
  island.polygons.push_back({box(4, 4, 5, 5)});
  CHECK(told(places({island}).locate(at(4.5, 4.5))) == "ring inside");
  CHECK(told(places({island}).locate(at(5.5, 5.5))) == "outside");
}

TEST_CASE("a hole takes nothing away outside of the ring it is in, nor from other polygons") {
  const auto hole_beside = places({area("a", {box(0, 0, 4, 4), box(6, 1, 8, 3)})});
  CHECK(told(hole_beside.locate(at(7, 2))) == "outside");
  CHECK(told(hole_beside.locate(at(2, 2))) == "a inside");
  const auto hole_above = places({area("a", {box(0, 0, 4, 4), box(1, 6, 3, 8)})});
  CHECK(told(hole_above.locate(at(2, 7))) == "outside");
  const auto half_out = places({area("a", {box(0, 0, 4, 4), box(3, 1, 6, 3)})});
  CHECK(told(half_out.locate(at(3.5, 2))) == "outside");
  CHECK(told(half_out.locate(at(5, 2))) == "outside");
  CHECK(told(half_out.locate(at(3.5, 3.5))) == "a inside");
  auto two = area("a", {box(0, 0, 10, 10), box(2, 2, 8, 8)});
  two.polygons.push_back({box(3, 3, 9, 7)});
  CHECK(told(places({two}).locate(at(5, 5))) == "a inside");
}

TEST_CASE("rings that lie in each other's holes, or overlap each other's, count each by itself") {
  const auto overlapping = places({area("a", {box(0, 0, 10, 10), box(2, 2, 6, 6), box(4, 4, 8, 8)})});
  CHECK(told(overlapping.locate(at(5, 5))) == "outside");
  CHECK(told(overlapping.locate(at(9, 9))) == "a inside");
}

TEST_CASE("the direction of a ring, a point that repeats, and a ring that touches itself do not matter") {
  auto turned = box(0, 0, 10, 10);
  std::ranges::reverse(turned);
  turned.insert(turned.begin() + 2, turned[1]);
  turned.insert(turned.begin(), turned[0]);
  CHECK(told(places({area("a", {turned})}).locate(at(5, 5))) == "a inside");
  // Two squares that share a corner, drawn in one line: an hourglass.
  const auto hourglass = places({area("a", {ring({{0, 0}, {4, 0}, {0, 4}, {4, 4}})})});
  CHECK(told(hourglass.locate(at(2, 1))) == "a inside");
  CHECK(told(hourglass.locate(at(2, 3))) == "a inside");
  CHECK(told(hourglass.locate(at(2, 2))) == "a border");
  CHECK(told(hourglass.locate(at(0.5, 2))) == "outside");
  // A spike that goes out and back.
  const auto spike = places({area("a", {ring({{0, 0}, {4, 0}, {4, 2}, {9, 2}, {4, 2}, {4, 4}, {0, 4}})})});
  CHECK(told(spike.locate(at(7, 2))) == "a border");
  CHECK(told(spike.locate(at(7, 1))) == "outside");
  CHECK(told(spike.locate(at(2, 2))) == "a inside");
}

TEST_CASE("a line through corners and along level edges does not lose count") {
  // A comb: every height has a corner or a level edge.
  const auto comb =
      places({area("a", {ring({{0, 0}, {8, 0}, {8, 4}, {6, 2}, {5, 2}, {4, 4}, {3, 2}, {1, 2}, {0, 4}})})});
  CHECK(told(comb.locate(at(0.5, 2))) == "a inside");
  CHECK(told(comb.locate(at(2, 2))) == "a border");
  CHECK(told(comb.locate(at(2, 2.5))) == "outside");
  CHECK(told(comb.locate(at(4, 2))) == "a inside");
  CHECK(told(comb.locate(at(7, 2))) == "a inside");
  CHECK(told(comb.locate(at(-1, 2))) == "outside");
  CHECK(told(comb.locate(at(9, 2))) == "outside");
  CHECK(told(comb.locate(at(4, 4))) == "a border");
  CHECK(told(comb.locate(at(2, 4))) == "outside");
}

TEST_CASE("on a border of several the first by its id is told, in whatever order they were given") {
  std::vector<Area> areas = {area("east", {box(5, 0, 9, 5)}), area("west", {box(0, 0, 5, 5)}),
                             area("north", {box(0, 5, 9, 9)})};
  std::ranges::sort(areas, {}, &Area::id);
  do {
    const auto town = places(areas);
    CHECK(told(town.locate(at(5, 2))) == "east border");
    CHECK(told(town.locate(at(2, 5))) == "north border");
    CHECK(told(town.locate(at(5, 5))) == "east border");
  } while (std::ranges::next_permutation(areas, {}, &Area::id).found);
}

TEST_CASE("of areas that overlap the deepest path is told, then one that has the position inside") {
  const auto town = places({area("3411", {box(0, 0, 20, 20)}), area("3411/05", {box(0, 0, 10, 10)}),
                            area("3411/05/002", {box(0, 0, 5, 5)}), area("3411/05/003", {box(4, 0, 9, 5)}),
                            area("3411/06", {box(10, 0, 20, 10)})});
  CHECK(told(town.locate(at(15, 15))) == "3411 inside");
  CHECK(told(town.locate(at(8, 8))) == "3411/05 inside");
  CHECK(told(town.locate(at(1, 1))) == "3411/05/002 inside");
  CHECK(told(town.locate(at(4.5, 1))) == "3411/05/002 inside");
  CHECK(told(town.locate(at(4, 1))) == "3411/05/002 inside");
  CHECK(told(town.locate(at(5, 1))) == "3411/05/003 inside");
  CHECK(told(town.locate(at(9, 1))) == "3411/05/003 border");
  CHECK(told(town.locate(at(10, 1))) == "3411/05 border");
}

TEST_CASE("a position outside belongs to the nearest area if that is near enough") {
  const std::vector<Area> areas = {area("b", {box(0, 0, 5, 5)}), area("a", {box(6, 0, 9, 5)})};
  // A hundredth of a degree is 946 m of longitude here, and 1112 m of latitude.
  CHECK(told(places(areas).locate(at(5.1, 1))) == "outside");
  const auto town = places(areas, 500);
  const auto located = town.locate(at(5.1, 1));
  CHECK(told(located) == "b near");
  CHECK(std::abs(located.metres - 94.6) < 0.1);
  CHECK(told(town.locate(at(5.9, 1))) == "a near");
  CHECK(told(town.locate(at(2, 5.4))) == "b near");
  CHECK(told(town.locate(at(2, 5.5))) == "outside");
  CHECK(told(town.locate(at(4, 4))) == "b inside");
  CHECK(town.locate(at(4, 4)).metres == 0);
  // Equally near: the border that both share has one distance.
  const auto shared = places({area("b", {box(0, 0, 5, 5)}), area("a", {box(5, 0, 9, 5)})}, 500);
  CHECK(told(shared.locate(at(5, 5.1))) == "a near");
  CHECK(told(places({area("x", {box(0, 0, 5, 5)}), area("x/y", {box(1, 1, 5, 5)})}, 500).locate(at(3, 5.1))) ==
        "x/y near");
}

TEST_CASE("in a hole the nearest border is that of the hole") {
  const auto town = places({area("a", {box(0, 0, 10, 10), box(2, 2, 8, 8)})}, 200);
  CHECK(told(town.locate(at(2.1, 5))) == "a near");
  CHECK(told(town.locate(at(5, 5))) == "outside");
}

TEST_CASE("what is no position is told, also where 0,0 would lie in the city") {
  const auto town = places({area("a", {box(0, 0, 10, 10)})}, 500);
  const auto nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  for (const Coordinates none : {Coordinates{0, 0}, Coordinates{-0.0, 0.0}, Coordinates{1e-9, -1e-9},
                                 Coordinates{nan, 117}, Coordinates{31, nan}, Coordinates{infinity, -infinity},
                                 Coordinates{999, 999}, Coordinates{-90.1, 117}, Coordinates{31, 180.1}})
    CHECK(told(town.locate(none)) == "no position");
  const Area gulf{"gulf", "", {{{{-1, -1}, {-1, 1}, {1, 1}, {1, -1}, {-1, -1}}}}};
  CHECK(told(places({gulf}).locate({0, 0})) == "no position");
  CHECK(told(places({gulf}).locate({0, 0.5})) == "gulf inside");
}

TEST_CASE("swapped numbers are exchanged if only so they fit the bounds of the city") {
  const auto town = places({area("a", {ring({{0, 0}, {10, 0}, {0, 10}})})});
  const auto exchanged = [](Coordinates one) { return Coordinates{one.longitude, one.latitude}; };
  const auto located = town.locate(exchanged(at(2, 2)));
  CHECK(told(located) == "a inside swapped");
  CHECK(located.at == at(2, 2));
  CHECK(told(town.locate(exchanged(at(9, 9)))) == "outside swapped");
  CHECK(told(town.locate(exchanged(at(11, 2)))) == "no position");
  // Where both ways fit, the numbers mean what they say.
  const Area diagonal{"d", "", {{{{30, 30}, {30, 31}, {31, 31}, {31, 30}, {30, 30}}}}};
  CHECK(told(places({diagonal}).locate({30.25, 30.75})) == "d inside");
  CHECK(told(places({diagonal}).locate({29, 30.5})) == "outside");
}

TEST_CASE("a city without areas has every position outside") {
  CHECK(told(Places().locate(at(1, 1))) == "outside");
  CHECK(told(Places().locate({0, 0})) == "no position");
  CHECK(Places().size() == 0);
  CHECK(told(Places::make({}, {.near_metres = 100}).value().locate(at(1, 1))) == "outside");
}

TEST_CASE("areas are known by their ids, and live as long as any copy") {
  std::optional<Places> town = places({{"a", "Old Town", {{box(0, 0, 1, 1)}}}, area("b", {box(1, 0, 2, 1)})});
  CHECK(town->size() == 2);
  CHECK(town->contains("a"));
  CHECK_FALSE(town->contains("c"));
  CHECK(town->name("a") == "Old Town");
  CHECK(town->name("c").empty());
  const Places copy = *town;
  const auto located = town->locate(at(0.5, 0.5));
  town.reset();
  CHECK(located.area == "a");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([copy] {
      for (int j = 0; j < 1000; ++j) (void)copy.locate(at(0.5, 0.5));
    });
}

TEST_CASE("located positions are counted, and the counts add up") {
  const auto town = places({area("a", {box(0, 0, 5, 5)})}, 500);
  LocatedCounts counts;
  CHECK(counts.text() == "none");
  for (const auto one : {at(1, 1), at(2, 2), at(5, 2), at(5.1, 1), at(8, 1), Coordinates{}, Coordinates{117.22, 31.72}})
    counts.add(town.locate(one));
  CHECK(counts == LocatedCounts{3, 1, 1, 1, 1, 1});
  CHECK(counts.total() == 7);
  CHECK(counts.text() == "3 inside, 1 on a border, 1 near, 1 outside, 1 without a position; 1 of them swapped");
}

TEST_CASE("an area that cannot be asked is refused by its place, with the mend") {
  const auto good = area("good", {box(0, 0, 1, 1)});
  CHECK(mistake({area("", {box(0, 0, 1, 1)})}) == "areas[0]: the id is empty; write one");
  CHECK(mistake({area("3411//05", {box(0, 0, 1, 1)})}) ==
        "areas[0] \"3411//05\": the id has an empty part; a path is as 3411/05/002");
  CHECK(mistake({area("a\n", {box(0, 0, 1, 1)})}) ==
        "areas[0] \"a?\": the id is no id; one has 1 to 256 printable bytes");
  CHECK(mistake({good, good}) == "areas[1] \"good\": areas[0] has this id too; make the two one area");
  CHECK(mistake({good, {"b", "", {}}}) ==
        "areas[1] \"b\": polygons enclose nothing; give the area a polygon, or leave the area out");
  CHECK(mistake({area("b", {})}) ==
        "areas[0] \"b\": polygons[0] has no rings; give it its outer ring, or leave it out");
  CHECK(mistake({area("b", {ring({{0, 0}, {1, 1}, {2, 2}})})}) ==
        "areas[0] \"b\": polygons enclose nothing; give the area a polygon, or leave the area out");
  CHECK(
      mistake({area("b", {ring({{0, 0}, {1, 1}})})}) ==
      "areas[0] \"b\": polygons[0][0] has 3 points, and a ring has 4 or more, the last one being the first again; give "
      "it its missing points, or leave it out");
  auto open = box(0, 0, 1, 1);
  open.back() = at(0, 0.5);
  CHECK(mistake({area("b", {box(0, 0, 9, 9), open})}) ==
        "areas[0] \"b\": polygons[0][1] is not closed; repeat its first point at its end");
}

TEST_CASE("points that are no places are told, and whether to exchange or to convert them") {
  auto swapped = box(0, 0, 1, 1);
  for (auto& point : swapped) std::swap(point.latitude, point.longitude);
  CHECK(
      mistake({area("b", {swapped})}) ==
      "areas[0] \"b\": polygons[0][0][0] is longitude 31.7, latitude 117.2, which is no place; longitude comes first: "
      "exchange the two");
  auto metres = box(0, 0, 1, 1);
  metres[2] = {4650000, 583960};
  CHECK(
      mistake({area("b", {metres})}) ==
      "areas[0] \"b\": polygons[0][0][2] is longitude 583960, latitude 4650000, which is no place; convert the file to "
      "WGS84 degrees (EPSG:4326)");
  auto zero = box(0, 0, 1, 1);
  zero[1] = {0, 0};
  CHECK(mistake({area("b", {zero})}) ==
        "areas[0] \"b\": polygons[0][0][1] is 0,0, which stands for an unknown place; take the point out");
  CHECK(mistake({area("b", {box(0, 0, 1, 1)}), {"c", "", {{{{10, -170}, {11, -170}, {11, -169}, {10, -170}}}}}}) ==
        "areas: they span more than 180 degrees of longitude; make places of each part");
}

TEST_CASE("near is a number of metres within bounds") {
  for (const double metres : {-1.0, 10'001.0, std::numeric_limits<double>::quiet_NaN()})
    CHECK_FALSE(Places::make({area("a", {box(0, 0, 1, 1)})}, {.near_metres = metres}).has_value());
  CHECK(Places::make({area("a", {box(0, 0, 1, 1)})}, {.near_metres = 10'000}).has_value());
}
