// Which sites are nearest, beside sorting them all.
#include <algorithm>
#include <random>
#include <tuple>

#include "city/areas.h"
#include "pavior/city/sites.h"

using namespace pavior::testing;
using pavior::city::metres_between;
using pavior::city::NearSite;
using pavior::city::Site;
using pavior::city::Sites;

namespace {

std::string ids(const std::vector<NearSite>& near) {
  std::string text;
  for (const auto& site : near) text += (text.empty() ? "" : " ") + std::string(site.id);
  return text;
}

Sites stations() {
  return Sites::make({{"north", at(0, 3)}, {"south", at(0, -1)}, {"east", at(2, 0)}, {"far", at(90, 90)}}).value();
}

std::string mistake(std::vector<Site> sites) {
  const auto made = Sites::make(std::move(sites));
  REQUIRE_FALSE(made.has_value());
  return made.error().message();
}

}  // namespace

TEST_CASE("the nearest sites come first, as many as are asked for") {
  const auto sites = stations();
  CHECK(ids(sites.nearest(at(0, 0))) == "south");
  CHECK(ids(sites.nearest(at(0, 0), {.count = 3})) == "south east north");
  CHECK(ids(sites.nearest(at(0, 0), {.count = 9})) == "south east north far");
  CHECK(sites.nearest(at(0, 0), {.count = 0}).empty());
  CHECK(sites.nearest(at(0, 3)).front() == NearSite{"north", 0});
  CHECK(std::abs(sites.nearest(at(0, 0)).front().metres - 1111.95) < 0.01);
  CHECK(sites.size() == 4);
}

TEST_CASE("sites too far away, or that are not accepted, are none") {
  const auto sites = stations();
  CHECK(ids(sites.nearest(at(0, 0), {.count = 9, .metres_max = 2000})) == "south east");
  CHECK(sites.nearest(at(0, 0), {.metres_max = 1000}).empty());
  CHECK(ids(sites.nearest(at(0, 0), {.accept = [](std::string_view id) { return id != "south"; }})) == "east");
  CHECK(sites.nearest(at(0, 0), {.count = 9, .accept = [](std::string_view) { return false; }}).empty());
}

TEST_CASE("equally near sites come by their ids, whatever their order was") {
  std::vector<Site> sites;
  for (const auto* id : {"d", "a", "c", "b", "e"}) sites.push_back({id, at(1, 1)});
  sites.push_back({"0", at(5, 5)});
  CHECK(ids(Sites::make(sites)->nearest(at(0, 0), {.count = 3})) == "a b c");
  std::ranges::reverse(sites);
  CHECK(ids(Sites::make(sites)->nearest(at(0, 0), {.count = 3})) == "a b c");
}

TEST_CASE("nothing is near what is no position") {
  CHECK(stations().nearest({0, 0}).empty());
  CHECK(stations().nearest({999, 0}).empty());
  CHECK(Sites::make({})->nearest(at(0, 0)).empty());
}

TEST_CASE("a site that stands nowhere is refused by its place, with the mend") {
  CHECK(
      mistake({{"a", at(0, 0)}, {"b", {}}}) ==
      "sites[1] \"b\": stands at latitude 0, longitude 0, which is no place; give its WGS84 degrees, or leave it out");
  CHECK(mistake({{"", at(0, 0)}}) == "sites[0]: the id is empty; write one");
  CHECK(mistake({{"a", at(0, 0)}, {"a", at(1, 0)}}) == "sites[1] \"a\": sites[0] has this id too; give each its own");
}

TEST_CASE("the nearest sites are those that sorting all of them puts first, anywhere on earth") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  std::mt19937_64 numbers(seed);
  const auto number = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(numbers);
  };
  struct Region {
    double south, north, west, east;
  };
  for (const auto& region : {Region{31.7, 31.9, 117.2, 117.4}, Region{-89.9, 89.9, -179.9, 179.9},
                             Region{85, 90, -180, 180}, Region{-20, -10, 170, 180}}) {
    std::vector<Site> sites;
    for (int i = 0; i < 500; ++i)
      sites.push_back({std::to_string(i), {number(region.south, region.north), number(region.west, region.east)}});
    // Some share a place.
    for (std::size_t i = 0; i < 100; ++i) sites[i].at = sites[i + 100].at;
    const auto made = Sites::make(sites).value();
    for (int round = 0; round < 100; ++round) {
      Coordinates from{number(region.south, region.north), number(region.west, region.east)};
      if (round % 4 == 0) from.longitude = -from.longitude;
      std::vector<std::tuple<double, std::string>> all;
      for (const auto& site : sites) all.emplace_back(metres_between(from, site.at), site.id);
      std::ranges::sort(all);
      const auto near = made.nearest(from, {.count = 7});
      INFO("round " << round << " from " << from.latitude << ' ' << from.longitude);
      REQUIRE(near.size() == 7);
      for (std::size_t i = 0; i < near.size(); ++i)
        REQUIRE(all[i] == std::tuple(near[i].metres, std::string(near[i].id)));
    }
  }
}
