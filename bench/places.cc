// How fast positions are located, beside Boost.Geometry alone on the same areas and positions.
#include <malloc.h>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "fmt/core.h"
#include "pavior/city/places.h"
#include "pavior/city/sites.h"
#include "support/arguments.h"
#include "support/districts.h"
#include "support/extracts.h"
#include "support/plain_places.h"

namespace pavior::bench {
namespace {

using city::Area;
using city::Coordinates;
using city::Located;
using city::Places;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// What the program has asked for and not given back.
double held_mib() {
  const auto held = ::mallinfo2();
  return static_cast<double>(held.uordblks + held.hblkhd) / (1 << 20);
}

/// Some positions, again and again. Look-ups a second.
template <class Locate>
double per_second(const std::vector<Coordinates>& positions, double seconds, Locate locate) {
  constexpr std::size_t between_looks_at_the_clock = 64;
  volatile std::size_t sink = 0;
  std::size_t count = 0, found = 0;
  const auto start = Clock::now();
  do {
    for (std::size_t i = 0; i < between_looks_at_the_clock; ++i, ++count)
      found += static_cast<std::size_t>(locate(positions[count % positions.size()]));
  } while (seconds_since(start) < seconds);
  const double taken = seconds_since(start);
  sink = found;
  (void)sink;
  return static_cast<double>(count) / taken;
}

struct City {
  std::string name;
  std::vector<Area> areas;
  std::vector<Coordinates> reports;  ///< None: of a city that is made up.
};

struct Bounds {
  Coordinates low{90, 180};
  Coordinates high{-90, -180};
};

Bounds bounds_of(const std::vector<Area>& areas) {
  Bounds bounds;
  for (const auto& area : areas)
    for (const auto& polygon : area.polygons)
      for (const auto& at : polygon.front()) {
        bounds.low = {std::min(bounds.low.latitude, at.latitude), std::min(bounds.low.longitude, at.longitude)};
        bounds.high = {std::max(bounds.high.latitude, at.latitude), std::max(bounds.high.longitude, at.longitude)};
      }
  return bounds;
}

/// Anywhere in the box around the city, so that some are outside of it.
std::vector<Coordinates> random_positions(const std::vector<Area>& areas, std::size_t count) {
  const auto [low, high] = bounds_of(areas);
  std::mt19937_64 numbers(1);
  std::uniform_real_distribution<double> latitude(low.latitude, high.latitude);
  std::uniform_real_distribution<double> longitude(low.longitude, high.longitude);
  std::vector<Coordinates> positions(count);
  for (auto& at : positions) at = {latitude(numbers), longitude(numbers)};
  return positions;
}

void measure_making(const City& city, const Arguments& arguments) {
  std::size_t vertices = 0;
  for (const auto& area : city.areas)
    for (const auto& polygon : area.polygons)
      for (const auto& ring : polygon) vertices += ring.size();
  const auto make = [&](double near_metres) {
    std::vector<double> ms, mib;
    for (std::size_t round = 0; round < arguments.rounds; ++round) {
      const double before = held_mib();
      const auto start = Clock::now();
      const auto places = or_give_up(Places::make(city.areas, {.near_metres = near_metres}));
      ms.push_back(1e3 * seconds_since(start));
      mib.push_back(held_mib() - before);
    }
    return std::pair(median(ms), median(mib));
  };
  const auto [ms, mib] = make(0);
  const auto [near_ms, near_mib] = make(200);
  fmt::print(
      "places city={} what=make areas={} vertices={} ms={:.1f} mib={:.2f} with_near_ms={:.1f} "
      "with_near_mib={:.2f}\n",
      city.name, city.areas.size(), vertices, ms, mib, near_ms, near_mib);
}

/// How many the two answer differently: near borders, where one rounds to a centimetre and the other does not.
std::size_t count_differing(const Places& places, const PlainPlaces& plain, const std::vector<Coordinates>& positions) {
  std::size_t count = 0;
  for (const auto& at : positions) {
    const auto area = city::is_position(at) ? plain.by_tree(at) : -1;
    count += places.locate(at).area != (area < 0 ? std::string_view() : plain.id(area));
  }
  return count;
}

void measure(const City& city, std::string_view what, const std::vector<Coordinates>& positions,
             const Arguments& arguments) {
  const auto places = or_give_up(Places::make(city.areas));
  const auto near = or_give_up(Places::make(city.areas, {.near_metres = 200}));
  const PlainPlaces plain(city.areas);
  std::vector<double> ours, ours_near, tree, scan, boxes;
  const auto found = [](const Places& in) {
    return [&in](Coordinates at) { return in.locate(at).how != Located::How::outside; };
  };
  for (std::size_t round = 0; round < arguments.rounds; ++round) {
    const double seconds = arguments.seconds / 5;
    ours.push_back(per_second(positions, seconds, found(places)));
    tree.push_back(per_second(positions, seconds, [&](Coordinates at) { return plain.by_tree(at) >= 0; }));
    scan.push_back(per_second(positions, seconds, [&](Coordinates at) { return plain.by_scan(at) >= 0; }));
    boxes.push_back(per_second(positions, seconds, [&](Coordinates at) { return plain.boxes(at); }));
    ours_near.push_back(per_second(positions, seconds, found(near)));
  }
  city::LocatedCounts counts;
  for (const auto& at : positions) counts.add(places.locate(at));
  fmt::print(
      "places city={} what=locate positions={} count={} threads=1 places_per_s={:.0f} near_200_m_per_s={:.0f} "
      "rtree_per_s={:.0f} scan_per_s={:.0f} raw_boxes_per_s={:.0f} of_rtree={:.1f} of_scan={:.0f} of_boxes={:.2f} "
      "outside={} no_position={} differ={}\n",
      city.name, what, positions.size(), median(ours), median(ours_near), median(tree), median(scan), median(boxes),
      median(ours) / median(tree), median(ours) / median(scan), median(ours) / median(boxes), counts.outside,
      counts.no_position, count_differing(places, plain, positions));
}

void measure_sites(const std::vector<Area>& areas, const Arguments& arguments) {
  for (const std::size_t count : {100UL, 10'000UL}) {
    std::vector<city::Site> sites;
    for (const auto& at : random_positions(areas, count)) sites.push_back({fmt::format("{}", sites.size()), at});
    const auto made = or_give_up(city::Sites::make(sites));
    const auto positions = random_positions(areas, 100'000);
    std::vector<double> tree, scan;
    for (std::size_t round = 0; round < arguments.rounds; ++round) {
      tree.push_back(per_second(positions, arguments.seconds / 5,
                                [&](Coordinates at) { return made.nearest(at, {.count = 3}).size(); }));
      scan.push_back(per_second(positions, arguments.seconds / 5, [&](Coordinates at) {
        double least = 1e9;
        for (const auto& site : sites) least = std::min(least, city::metres_between(at, site.at));
        return least < 1e6;
      }));
    }
    fmt::print(
        "places what=nearest sites={} wanted=3 threads=1 nearest_per_s={:.0f} scan_per_s={:.0f} of_scan={:.1f}\n",
        count, median(tree), median(scan), median(tree) / median(scan));
  }
}

City read_city(const std::filesystem::path& folder, std::string name, std::string_view areas, std::string_view reports,
               std::string_view latitude, std::string_view longitude) {
  const auto text = read_gzip(folder / "geo" / areas);
  const auto start = Clock::now();
  auto read = or_give_up(city::read_areas(text));
  fmt::print("places city={} what=read bytes={} ms={:.0f}\n", name, text.size(), 1e3 * seconds_since(start));
  return {std::move(name), std::move(read), read_positions(read_gzip(folder / reports), latitude, longitude)};
}

std::vector<City> cities(const std::filesystem::path& folder) {
  std::vector<City> cities{{"made_up", make_districts(), {}}};
  if (folder.empty()) {
    fmt::print(stderr, "without --data and PAVIOR_DATA only a city that is made up is measured\n");
    return cities;
  }
  cities.push_back(read_city(folder, "boston", "boston_neighborhoods.geojson.gz", "boston311/boston311_2011q3.csv.gz",
                             "latitude", "longitude"));
  cities.push_back(read_city(folder, "new_york", "nyc_boroughs.geojson.gz", "nyc311/nyc311_2018-10-21.csv.gz",
                             "Latitude", "Longitude"));
  cities.push_back(read_city(folder, "san_francisco", "san_francisco_neighborhoods.geojson.gz", "sf311/sf311.csv.gz",
                             "latitude", "longitude"));
  return cities;
}

void run(const Arguments& arguments, const std::filesystem::path& folder) {
  for (const auto& city : cities(folder)) {
    measure_making(city, arguments);
    measure(city, "random", random_positions(city.areas, arguments.quick ? 10'000 : 100'000), arguments);
    if (!city.reports.empty()) measure(city, "reports", city.reports, arguments);
  }
  measure_sites(make_districts(), arguments);
}

/// Takes `--data DIR` out of the arguments; otherwise it is what the environment says.
std::filesystem::path take_data(std::vector<char*>& arguments) {
  const char* folder = std::getenv("PAVIOR_DATA");
  for (std::size_t i = 1; i + 1 < arguments.size(); ++i) {
    if (std::string_view(arguments[i]) != "--data") continue;
    folder = arguments[i + 1];
    const auto at = arguments.begin() + static_cast<std::ptrdiff_t>(i);
    arguments.erase(at, at + 2);
    break;
  }
  return folder == nullptr ? "" : folder;
}

}  // namespace
}  // namespace pavior::bench

int main(int argc, char** argv) {
  using namespace pavior::bench;
  std::vector<char*> arguments(argv, argv + argc);
  const auto folder = take_data(arguments);
  run(parse_arguments(static_cast<int>(arguments.size()), arguments.data(),
                      "bench_places: positions located a second, beside Boost.Geometry alone\n\n"
                      "  --data DIR     the public extracts (default: what PAVIOR_DATA says)"),
      folder);
}
