// Positions of public reports in public polygons. The figures are those of the data's own description.
#include <cstdlib>
#include <map>

#include "pavior/city/cells.h"
#include "pavior/city/places.h"
#include "public_data.h"

using namespace pavior::city;
using pavior::test::public_data;
using pavior::test::visit_rows;
using How = Located::How;

namespace {

Places read_places(std::string_view file, double near_metres = 0) {
  const auto text = pavior::cli::read_text(public_data(file)).value();
  return Places::make(read_areas(text).value(), {.near_metres = near_metres}).value();
}

// Those that have one; `use` gets it and the further columns.
template <class Use>
void visit_positions(std::string_view file, const std::vector<std::string>& columns, Use use) {
  visit_rows(public_data(file), columns, [&](const std::vector<std::string>& fields) {
    if (fields[0].empty() || fields[1].empty()) return;
    use(Coordinates{std::strtod(fields[0].c_str(), nullptr), std::strtod(fields[1].c_str(), nullptr)}, fields);
  });
}

std::string in_capitals(std::string_view text) {
  std::string capitals;
  for (const char c : text) capitals += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return capitals;
}

constexpr auto boston = "geo/boston_neighborhoods.geojson.gz";
constexpr auto boston_reports = "boston311/boston311_2011q3.csv.gz";

}  // namespace

TEST_CASE("Boston: all reports but six lie in a neighborhood") {
  if (public_data(boston).empty()) return;
  const auto places = read_places(boston), near = read_places(boston, 2000);
  CHECK(places.size() == 26);
  LocatedCounts counts, near_counts;
  int swapped_alike = 0, default_point = 0;
  visit_positions(boston_reports, {"latitude", "longitude"}, [&](Coordinates at, const auto&) {
    const auto located = places.locate(at);
    counts.add(located);
    near_counts.add(near.locate(at));
    const auto swapped = places.locate({at.longitude, at.latitude});
    swapped_alike += swapped.swapped && swapped.area == located.area && swapped.how == located.how;
    default_point += at == Coordinates{42.3594, -71.0587} && located.how == How::inside;
  });
  CHECK(counts == LocatedCounts{31'820, 2, 0, 6, 0, 0});
  CHECK(counts.total() == 31'828);
  CHECK(near_counts.inside == counts.inside);
  CHECK(near_counts.near + near_counts.outside == 6);
  CHECK(default_point == 2462);
  // A report that lies outside of the bounds cannot be told to be swapped.
  CHECK(swapped_alike >= 31'822);
}

TEST_CASE("New York: eight reports do not lie in the borough that their column says") {
  constexpr auto areas = "geo/nyc_boroughs.geojson.gz";
  if (public_data(areas).empty()) return;
  const auto places = read_places(areas);
  LocatedCounts counts;
  int other = 0, unspecified = 0;
  visit_positions("nyc311/nyc311_2018-10-21.csv.gz", {"Latitude", "Longitude", "Borough"},
                  [&](Coordinates at, const auto& fields) {
                    const auto located = places.locate(at);
                    counts.add(located);
                    if (fields[2] == "Unspecified")
                      ++unspecified;
                    else
                      other += in_capitals(located.area) != fields[2];
                  });
  CHECK(counts == LocatedCounts{6650, 0, 0, 0, 0, 0});
  // The column of four names another borough, that of four more says "Unspecified".
  CHECK(other == 4);
  CHECK(unspecified == 4);
}

TEST_CASE("San Francisco: reports at 0,0 have no position") {
  constexpr auto areas = "geo/san_francisco_neighborhoods.geojson.gz";
  if (public_data(areas).empty()) return;
  const auto places = read_places(areas);
  LocatedCounts counts;
  visit_positions("sf311/sf311.csv.gz", {"latitude", "longitude"},
                  [&](Coordinates at, const auto&) { counts.add(places.locate(at)); });
  CHECK(counts == LocatedCounts{5733, 0, 0, 3, 4264, 0});
}

TEST_CASE("Boston: reports by cell are as many as there are") {
  if (public_data(boston).empty()) return;
  const auto cells = Cells::make(500).value();
  std::map<Cell, int> heat;
  visit_positions(boston_reports, {"latitude", "longitude"},
                  [&](Coordinates at, const auto&) { ++heat[cells.cell_of(at).value()]; });
  int sum = 0;
  for (const auto& [cell, count] : heat) sum += count;
  CHECK(sum == 31'828);
  CHECK(heat.size() > 200);
  CHECK(heat.at(*cells.cell_of(Coordinates{42.3594, -71.0587})) >= 2462);
}
