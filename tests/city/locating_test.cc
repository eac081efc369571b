// The grid of an order, by its position.
#include "city/cities.h"
#include "city/maps.h"
#include "city/orders.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

/// A square of a degree, north and east of 34, 111.
Area square_area(const std::string& id) {
  Area area;
  area.id = id;
  area.polygons = {{{{34, 111}, {34, 112}, {35, 112}, {35, 111}, {34, 111}}}};
  return area;
}

WorkOrderPolicy square() {
  auto city = city_of("");
  city.maps = GridMapBook::of(map_of({square_area("3411/05")}));
  return city;
}

TEST_CASE("T01: an order's grid is that of its position, and the order says how it was found") {
  auto given = no_order(square());
  CHECK(
      given.when(of<v1::Report>("title: 'hole' location { latitude: 34.5 longitude: 111.5 }")) ==
      "Reported{title: \"hole\" location { latitude: 34.5 longitude: 111.5 } policy { id: \"city\" version: 1 } grid: "
      "\"3411/05\" whereabouts { how: INSIDE map { id: \"quarter\" version: 1 } }} -> reported");
  given.happens(of<v1::Report>("title: 'hole' location { latitude: 111.5 longitude: 34.5 }"));
  CHECK(order(given).grid() == "3411/05");
  CHECK(order(given).whereabouts().swapped());
}

TEST_CASE("T01: outside of all areas an order has no grid, and without a position nobody looks") {
  auto outside = no_order(square());
  outside.happens(of<v1::Report>("title: 'hole' location { latitude: 50 longitude: 8 }"));
  CHECK(order(outside).grid().empty());
  CHECK(order(outside).whereabouts().how() == v1::Whereabouts::OUTSIDE);
  auto nowhere = no_order(square());
  nowhere.happens(of<v1::Report>("title: 'hole' location { address: 'here' }"));
  CHECK_FALSE(order(nowhere).has_whereabouts());
}

TEST_CASE("T06: an acceptor may say another grid, and leaves it by saying none") {
  auto given = no_order(square());
  given.happens(of<v1::Report>("title: 'hole' location { latitude: 34.5 longitude: 111.5 }"));
  auto left = given;
  left.happens(of<v1::Accept>("category: 'roads'"));
  CHECK(order(left).grid() == "3411/05");
  given.happens(of<v1::Accept>("category: 'roads' grid: '3411/07'"));
  CHECK(order(given).grid() == "3411/07");
}

TEST_CASE("T55: a corrected position is looked for anew") {
  auto given = no_order(square());
  given.happens(of<v1::Report>("title: 'hole' location { latitude: 50 longitude: 8 }"));
  given.happens(of<v1::Correct>("reason: 'misread' location { latitude: 34.5 longitude: 111.5 }"));
  CHECK(order(given).grid() == "3411/05");
  given.happens(of<v1::Correct>("reason: 'misread' title: 'a hole'"));
  CHECK(order(given).grid() == "3411/05");
}

TEST_CASE("T55: an order is located by the map in force when that is decided, and keeps which one it was") {
  auto city = square();
  const auto report = of<v1::Report>("title: 'hole' location { latitude: 34.5 longitude: 111.5 }");
  auto given = no_order(city);
  given.happens(report);
  const auto moved = map_of({square_area("3411/06")}, map_head(2)).taking_effect(from_micros(reported_at));
  city.maps.add(moved).value();
  // What is recorded stays, whatever the map says now.
  CHECK(order(given).grid() == "3411/05");
  given.happens(of<v1::Correct>("reason: 'misread' location { latitude: 34.6 longitude: 111.5 }"));
  CHECK(order(given).grid() == "3411/06");
  CHECK(order(given).whereabouts().map().version() == 2);
  city.maps.withdraw("quarter", 2).value();
  given.happens(of<v1::Correct>("reason: 'misread' location { latitude: 34.5 longitude: 111.5 }"));
  CHECK(order(given).whereabouts().map().version() == 1);
}

}  // namespace
}  // namespace pavior::city::tests
