// Areas as GeoJSON has them.
#include "city/areas.h"

using namespace pavior::testing;
using pavior::city::AreaProperties;
using pavior::city::read_areas;

namespace {

constexpr auto square = "[[[117.2,31.7],[117.3,31.7],[117.3,31.8],[117.2,31.8],[117.2,31.7]]]";

std::string geometry(std::string_view type, std::string_view coordinates) {
  return R"({"type":")" + std::string(type) + R"(","coordinates":)" + std::string(coordinates) + "}";
}

std::string feature(std::string_view properties, std::string_view geometry) {
  return R"({"type":"Feature","properties":)" + std::string(properties) + R"(,"geometry":)" + std::string(geometry) +
         "}";
}

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

std::string mistake(const std::string& text, const AreaProperties& properties = {}) {
  const auto read = read_areas(text, properties);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().code() == pavior::ErrorCode::invalid);
  return read.error().message();
}

std::string mistake_of(std::string_view geometry) { return mistake(collection(feature(R"({"name":"A"})", geometry))); }

}  // namespace

TEST_CASE("polygons and multipolygons are areas, by the property that names them") {
  const auto text = collection(
      feature(R"({"name":"A","code":"3411/05"})", geometry("Polygon", square)) + "," +
      feature(R"({"name":"B","code":7})", geometry("MultiPolygon",
                                                   "[[[[117.3,31.7,5.5],[117.4,31.7],[117.4,31.8],[117.3,31.7,5.5]],"
                                                   "[[117.31,31.71],[117.39,31.71],[117.39,31.72],[117.31,31.71]]]]")));
  const auto by_name = read_areas(text).value();
  REQUIRE(by_name.size() == 2);
  CHECK(by_name[0].id == "A");
  CHECK(by_name[0].name.empty());
  CHECK(by_name[0].polygons.at(0).at(0).at(1) == Coordinates{31.7, 117.3});
  CHECK(by_name[1].polygons.at(0).size() == 2);
  const auto by_code = read_areas("\xEF\xBB\xBF" + text, {.id = "code", .name = "name"}).value();
  CHECK(by_code[0].id == "3411/05");
  CHECK(by_code[1].id == "7");
  CHECK(by_code[1].name == "B");
  CHECK(told(places(by_code).locate({31.75, 117.25})) == "3411/05 inside");
}

TEST_CASE("features with one id are one area") {
  const auto far = "[[[118,31.7],[118.1,31.7],[118.1,31.8],[118,31.7]]]";
  const auto areas = read_areas(collection(feature(R"({"name":"A"})", geometry("Polygon", square)) + "," +
                                           feature(R"({"name":"A"})", geometry("Polygon", far))))
                         .value();
  REQUIRE(areas.size() == 1);
  CHECK(areas[0].polygons.size() == 2);
}

TEST_CASE("what is no collection of features is told") {
  CHECK(mistake("").starts_with("the text is no JSON object: "));
  CHECK(mistake("[1, 2]").starts_with("the text is no JSON object: "));
  CHECK(mistake(R"({"type":"FeatureCollection",)").starts_with("the text is no JSON object: "));
  CHECK(mistake("{}") == "type is \"\"; areas are a FeatureCollection");
  CHECK(mistake(R"({"type":"Topology"})") == "type is \"Topology\"; areas are a FeatureCollection");
  CHECK(mistake(collection("")) == "features has none; a city has one area at least");
  CHECK(mistake(R"({"type":"FeatureCollection"})") == "features has none; a city has one area at least");
  CHECK(mistake(collection("5")) ==
        "features[0] properties.name is missing; name a property that tells areas apart: this "
        "feature has none");
}

TEST_CASE("a feature is told by its number, its name and the mend") {
  const auto polygon = geometry("Polygon", square);
  CHECK(mistake(collection(feature(R"({"NAME":"A","code":3})", polygon))) ==
        "features[0] properties.name is missing; name a property that tells areas apart: this feature has NAME, code");
  CHECK(
      mistake(collection(feature(R"({"name":1.5})", polygon))) ==
      "features[0] properties.name is neither a text nor a whole number; name a property that tells areas apart: this "
      "feature has name");
  CHECK(mistake(collection(feature(R"({"name":""})", polygon))) == "features[0] properties.name is empty; write one");
  CHECK(mistake(collection(feature(R"({"name":"A"})", polygon)), {.id = "name", .name = "text"}) ==
        "features[0] properties.text is missing; name a property that tells areas apart: this feature has name");
  CHECK(mistake_of("null") == "features[0] (\"A\") geometry is missing; give the feature a polygon, or leave it out");
  CHECK(mistake_of(geometry("Point", "[117.2,31.7]")) ==
        "features[0] (\"A\") geometry.type is \"Point\"; an area is a Polygon or a MultiPolygon, leave others out");
  CHECK(mistake_of(R"({"type":"Polygon"})") == "features[0] (\"A\") geometry.coordinates is missing");
}

TEST_CASE("coordinates are told by their place in the feature") {
  CHECK(mistake_of(geometry("Polygon", "5")) ==
        "features[0] (\"A\") geometry.coordinates is no polygon; one is a list of rings");
  CHECK(mistake_of(geometry("MultiPolygon", "[5]")) ==
        "features[0] (\"A\") geometry.coordinates[0] is no polygon; one is a list of rings");
  CHECK(mistake_of(geometry("MultiPolygon", square)) ==
        "features[0] (\"A\") geometry.coordinates[0][0][0] is no position; one is [longitude, latitude]");
  CHECK(mistake_of(geometry("Polygon", R"([[[117.2,31.7],[117.3,"x"]]])")) ==
        "features[0] (\"A\") geometry.coordinates[0][1] is no position; one is [longitude, latitude]");
  CHECK(mistake_of(geometry("Polygon", "[[[117.2,31.7],[117.3,31.7],[117.3,31.8],[117.2,31.8]]]")) ==
        "features[0] (\"A\") geometry.coordinates[0] is not closed; repeat its first point at its end");
  CHECK(mistake_of(geometry("MultiPolygon", "[[[[31.7,117.2],[31.7,117.3],[31.8,117.3],[31.7,117.2]]]]")) ==
        "features[0] (\"A\") geometry.coordinates[0][0][0] is longitude 31.7, latitude 117.2, which is no place; "
        "longitude "
        "comes first: exchange the two");
  CHECK(mistake_of(geometry("MultiPolygon", "[]")) ==
        "features[0] (\"A\") geometry.coordinates enclose nothing; give the area a polygon, or leave the area out");
}

TEST_CASE("another system of coordinates is refused, that of GeoJSON may be named") {
  const auto with = [](const std::string& name) {
    return R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":")" + name + R"("}},"features":[)" +
           feature(R"({"name":"A"})", geometry("Polygon", square)) + "]}";
  };
  CHECK(read_areas(with("urn:ogc:def:crs:OGC:1.3:CRS84")).has_value());
  CHECK(mistake(with("EPSG:3857")) ==
        "crs is \"EPSG:3857\"; convert the file to WGS84 degrees (ogr2ogr -t_srs EPSG:4326)");
}
