// The grid of an order, by its position.
#include "city/cities.h"
#include "city/orders.h"
#include "pavior/city/places.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

/// One grid of a degree's breadth, north and east of 34, 111.
WorkOrderPolicy square() {
  Area area;
  area.id = "3411/05";
  area.polygons = {{{{34, 111}, {34, 112}, {35, 112}, {35, 111}, {34, 111}}}};
  auto city = city_of("");
  city.places = std::make_shared<Places>(Places::make({area}).value());
  return city;
}

TEST_CASE("T01: an order's grid is that of its position, and the order says how it was found") {
  auto given = no_order(square());
  CHECK(given.when(of<v1::Report>("title: 'hole' location { latitude: 34.5 longitude: 111.5 }")) ==
        "Reported{title: \"hole\" location { latitude: 34.5 longitude: 111.5 } grid: \"3411/05\" whereabouts { how: "
        "INSIDE "
        "} policy { id: \"city\" version: 1 }} -> reported");
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

}  // namespace
}  // namespace pavior::city::tests
