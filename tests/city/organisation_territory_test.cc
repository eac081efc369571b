// Roads as territory: how far a point lies from one, and whose it is.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <utility>
#include <vector>

#include "city/organisations.h"

namespace pavior::city::tests {
namespace {

constexpr double radius_metres = 6'371'008.8;
constexpr double degree_metres = radius_metres * std::numbers::pi / 180;

v1::Stretch stretch(const std::vector<std::pair<double, double>>& points) {
  v1::Stretch stretch;
  for (const auto& [latitude, longitude] : points) *stretch.add_points() = position(latitude, longitude);
  return stretch;
}

bool about(double found, double expected, double within) { return std::abs(found - expected) <= within; }

TEST_CASE("the distance from a road is that at a right angle, or from its nearer end") {
  // A kilometre and a half along the equator, where degrees are the same both ways.
  const auto road = stretch({{0, 10}, {0, 10.0136}});
  CHECK(about(metres_from(road, position(0.0001, 10.005)), 0.0001 * degree_metres, 0.001));
  CHECK(about(metres_from(road, position(-0.0001, 10.005)), 0.0001 * degree_metres, 0.001));
  CHECK(about(metres_from(road, position(0, 10.0136 + 0.0002)), 0.0002 * degree_metres, 0.001));
  CHECK(about(metres_from(road, position(0.0003, 10 - 0.0004)), 0.0005 * degree_metres, 0.001));
  CHECK(metres_from(road, position(0, 10.005)) < 0.001);
}

TEST_CASE("degrees of longitude are shorter in the north, and the day's border is no border") {
  const auto meridian = stretch({{60, 24}, {60.01, 24}});
  CHECK(about(metres_from(meridian, position(60.005, 24.001)),
              0.001 * degree_metres * std::cos(60.005 * std::numbers::pi / 180), 0.05));
  const auto border = stretch({{0, 179.999}, {0, -179.999}});
  CHECK(about(metres_from(border, position(0.0001, 180)), 0.0001 * degree_metres, 0.01));
  CHECK(about(metres_from(border, position(0.0001, -180)), 0.0001 * degree_metres, 0.01));
}

TEST_CASE("of a road with bends the nearest part counts") {
  const auto road = stretch({{0, 10}, {0, 10.01}, {0.01, 10.01}});
  CHECK(about(metres_from(road, position(0.005, 10.0102)), 0.0002 * degree_metres, 0.01));
  CHECK(about(metres_from(road, position(0.0001, 10.002)), 0.0001 * degree_metres, 0.01));
}

TEST_CASE("in a city the distance is that of a flat map, to a tenth of a percent") {
  std::mt19937_64 random(20240501);
  std::uniform_real_distribution<double> shift(-0.02, 0.02);
  const double latitude = 31.8;
  const double shrink = std::cos(latitude * std::numbers::pi / 180);
  for (int i = 0; i < 500; ++i) {
    const double x1 = shift(random), y1 = shift(random), x2 = shift(random), y2 = shift(random);
    const double px = shift(random), py = shift(random);
    const auto road = stretch({{latitude + y1, 117.3 + x1 / shrink}, {latitude + y2, 117.3 + x2 / shrink}});
    const double along = std::clamp(
        ((px - x1) * (x2 - x1) + (py - y1) * (y2 - y1)) / ((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1)), 0.0, 1.0);
    const double flat = std::hypot(px - x1 - along * (x2 - x1), py - y1 - along * (y2 - y1)) * degree_metres;
    INFO(i);
    CHECK(about(metres_from(road, position(latitude + py, 117.3 + px / shrink)), flat, 0.001 * flat + 2));
  }
}

TEST_CASE("a report outside of an observer's roads is told with the road that was nearest") {
  const auto organisation = organisation_of(quarter());
  const auto day = testing::day("2024-05-08");
  const auto inside = organisation.territory_of_person("eve", day, position(31.80017, 117.305));
  CHECK(inside.inside);
  CHECK(inside.nearest->name() == "Lake Road");
  CHECK(about(inside.metres, 0.00017 * degree_metres, 0.1));
  const auto outside = organisation.territory_of_person("eve", day, position(31.80019, 117.305));
  CHECK_FALSE(outside.inside);
  CHECK(outside.nearest->name() == "Lake Road");
  CHECK(outside.metres > 20);
}

TEST_CASE("who has no roads has them all, and a road without a width is 15 metres wide each way") {
  auto data = quarter();
  const auto day = testing::day("2024-05-08");
  CHECK(organisation_of(data).territory_of_person("ann", day, position(1, 1)).inside);
  CHECK(organisation_of(data).territory_of_unit("works", position(1, 1)).nearest == nullptr);
  *data.mutable_units(3)->add_territory() = stretch({{31.8, 117.3}, {31.8, 117.31}});
  const auto organisation = organisation_of(data);
  CHECK(organisation.territory_of_unit("works", position(31.80013, 117.305)).inside);
  CHECK_FALSE(organisation.territory_of_unit("works", position(31.80014, 117.305)).inside);
}

TEST_CASE(
    "roads are an observer's while the appointment lasts, and the wider of two may hold what the nearer does not") {
  auto data = quarter();
  auto& observer = *data.mutable_appointments(7);
  observer.set_to("2024-05-31");
  auto wide = stretch({{31.801, 117.3}, {31.801, 117.31}});
  wide.set_metres(200);
  wide.set_name("The promenade");
  *observer.add_territory() = wide;
  const auto organisation = organisation_of(data);
  const auto there = organisation.territory_of_person("eve", testing::day("2024-05-31"), position(31.8003, 117.305));
  CHECK(there.inside);
  CHECK(there.nearest->name() == "The promenade");
  CHECK(organisation.territory_of_person("eve", testing::day("2024-06-01"), position(31.8003, 117.305)).nearest ==
        nullptr);
}

}  // namespace
}  // namespace pavior::city::tests
