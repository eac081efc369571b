#include <string>
#include <vector>

#include "folder.h"
#include "program.h"
#include "support/catch.h"

using pavior::test::Folder;
using pavior::test::has;
using pavior::test::Ran;
using pavior::test::run;

namespace {

/// A square of 0.2 degrees, whose south-western corner is at 42.0, -71.3, further to the east by tenths of a degree.
std::string square(const std::string& code, int tenths) {
  const auto point = [&](int east, const std::string& north) {
    return "[" + std::to_string((tenths + east) / 10.0 - 71.3) + "," + north + "]";
  };
  return R"({"type":"Feature","properties":{"code":")" + code + R"("},"geometry":{"type":"Polygon","coordinates":[[)" +
         point(0, "42.0") + "," + point(2, "42.0") + "," + point(2, "42.2") + "," + point(0, "42.2") + "," +
         point(0, "42.0") + "]]}}";
}

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

const std::string organisation = R"(id: "town" version: 1
grids { path: "a" }
grids { path: "a/1" }
grids { path: "a/2" })";

const std::string report_rows =
    "case_enquiry_id,open_dt,target_dt,closed_dt,case_status,closure_kind,reason,type,department,location_street_name,"
    "latitude,longitude,source\n"
    "1,2011-07-01 08:00:00,,,Open,,Street Lights,Outages,PWDx,1 Main St,42.1,-71.2,App\n";

struct MapFiles {
  Folder folder;
  std::string grids = folder.write("grids.geojson", collection(square("a/1", 0) + "," + square("b", 2))).string();
  std::string moved = folder.write("moved.geojson", collection(square("c", 0))).string();
  std::string report = folder.write("rows.csv", report_rows).string();
  std::string store = (folder / "store").string();

  [[nodiscard]] Ran ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--store", store});
    return run(arguments);
  }
  [[nodiscard]] Ran import(const std::string& places) const {
    std::vector<std::string> arguments{"import", "--format", "boston311", report};
    if (!places.empty()) arguments.insert(arguments.end(), {"--places", places, "--area", "code"});
    return ask(arguments);
  }
  /// The first fact of the order.
  [[nodiscard]] std::string reported() const {
    const auto history = ask({"history", "1"}).out;
    return history.substr(0, history.find('\n'));
  }
};

}  // namespace

TEST_CASE("a map is checked, and compared with the grids of an organisation") {
  const MapFiles files;
  const auto town = files.folder.write("town.textproto", organisation).string();
  const auto checked = run({"map", "validate", files.grids, "--area", "code", "--organisation", town});
  CHECK(checked.code == 0);
  CHECK(has(checked.out, "grids.geojson: 2 areas are sound: "));
  CHECK(has(checked.out, "bytes as an event\n  grid a/2 has no area\n  area b is no grid of the organisation\n"));
  CHECK(run({"map", "validate", files.grids, "--area", "code", "--organisation", town, "--json"}).number("findings") ==
        2);
}

TEST_CASE("a mistake in a map is told by file and feature") {
  const MapFiles files;
  auto features = square("a", 0);
  features.replace(features.rfind(",[-71"), std::string::npos, "]]}}");
  const auto draft = files.folder.write("draft.geojson", collection(features)).string();
  const auto checked = run({"map", "validate", draft, "--area", "code"});
  CHECK(checked.code == 3);
  CHECK(checked.err == draft +
                           ": features[0] (\"a\") geometry.coordinates[0] is not closed; repeat its first point at its "
                           "end\n");
}

TEST_CASE("a published map locates the orders of a store, and its next version those that come later") {
  const MapFiles files;
  REQUIRE(files.ask({"init"}).code == 0);
  const auto published = files.ask({"map", "publish", files.grids, "--area", "code", "--from", "2011-01-01"});
  CHECK(published.out == "city version 1 is published: 2 areas\n");
  REQUIRE(files.import("").code == 0);
  CHECK(has(files.reported(), "a/1"));
  CHECK(has(files.ask({"map", "publish", files.moved, "--area", "code", "--from", "2012-01-01"}).err,
            "refused [takes_effect_from_now_on]"));
  const auto next = files.ask({"map", "publish", files.moved, "--area", "code"});
  CHECK(next.out == "city version 2 is published: 1 areas\n");
  const auto handler = files.ask({"map", "publish", files.moved, "--area", "code", "--role", "handler"});
  CHECK(handler.code == 1);
  CHECK(has(handler.err, "[role]"));
  CHECK(has(files.reported(), "a/1"));
  CHECK(files.ask({"verify"}).code == 0);
}

TEST_CASE("an import publishes its areas in a store that has none, and refuses others in one that has") {
  const MapFiles files;
  REQUIRE(files.import(files.grids).code == 0);
  CHECK(has(files.reported(), "a/1"));
  CHECK(has(files.ask({"history"}).out, "GridMapPublished"));
  CHECK(files.import(files.grids).code == 0);
  const auto other = files.import(files.moved);
  CHECK(other.code == 1);
  CHECK(has(other.err, "the store has the map city version 1, which is another one; leave --places out"));
  CHECK(files.ask({"verify"}).code == 0);
}
