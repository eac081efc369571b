#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "city/place/area_shape.h"
#include "core/text.h"
#include "fmt/format.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "pavior/city/places.h"

namespace pavior::city::inline v0 {
namespace {

using google::protobuf::ListValue;
using google::protobuf::Struct;
using google::protobuf::Value;

// A city drawn to the metre has a tenth of it; bounds the memory that a wrong file costs.
constexpr std::size_t file_bytes_max = 64 << 20;
constexpr int properties_told_max = 8;

// Errors tell the place from the inside out: each level puts itself in front.
Error invalid(std::string message) { return {ErrorCode::invalid, std::move(message)}; }
Error within(std::string_view place, const Error& error) {
  return invalid(fmt::format("{}{}", place, error.message()));
}

// Null: there is none.
const Value* member(const Struct& object, const std::string& name) {
  const auto found = object.fields().find(name);
  return found == object.fields().end() ? nullptr : &found->second;
}

std::string_view text_of(const Value* value) {
  return value == nullptr ? std::string_view() : std::string_view(value->string_value());
}

Result<Coordinates> read_point(const Value& value) {
  const auto& numbers = value.list_value().values();
  if (numbers.size() < 2 || !numbers[0].has_number_value() || !numbers[1].has_number_value())
    return invalid(" is no position; one is [longitude, latitude]");
  return Coordinates{numbers[1].number_value(), numbers[0].number_value()};
}

Result<Area::Ring> read_ring(const Value& value) {
  if (!value.has_list_value()) return invalid(" is no ring; one is a list of positions");
  Area::Ring ring;
  const auto& points = value.list_value().values();
  ring.reserve(static_cast<std::size_t>(points.size()));
  for (int i = 0; i < points.size(); ++i) {
    const auto point = read_point(points[i]);
    if (!point) return within(fmt::format("[{}]", i), point.error());
    ring.push_back(*point);
  }
  return ring;
}

Result<Area::Polygon> read_polygon(const Value& value) {
  if (!value.has_list_value()) return invalid(" is no polygon; one is a list of rings");
  Area::Polygon polygon;
  const auto& rings = value.list_value().values();
  for (int i = 0; i < rings.size(); ++i) {
    auto ring = read_ring(rings[i]);
    if (!ring) return within(fmt::format("[{}]", i), ring.error());
    polygon.push_back(*std::move(ring));
  }
  return polygon;
}

Result<std::vector<Area::Polygon>> read_coordinates(std::string_view type, const Value& value) {
  std::vector<Area::Polygon> polygons;
  if (type == "Polygon") {
    auto polygon = read_polygon(value);
    if (!polygon) return std::move(polygon).error();
    return polygons.push_back(*std::move(polygon)), polygons;
  }
  if (!value.has_list_value()) return invalid(" is no list of polygons");
  const auto& list = value.list_value().values();
  for (int i = 0; i < list.size(); ++i) {
    auto polygon = read_polygon(list[i]);
    if (!polygon) return within(fmt::format("[{}]", i), polygon.error());
    polygons.push_back(*std::move(polygon));
  }
  return polygons;
}

Result<std::vector<Area::Polygon>> read_geometry(const Struct& feature) {
  const Value* geometry = member(feature, "geometry");
  if (geometry == nullptr || !geometry->has_struct_value())
    return invalid("geometry is missing; give the feature a polygon, or leave it out");
  const auto type = text_of(member(geometry->struct_value(), "type"));
  if (type != "Polygon" && type != "MultiPolygon")
    return invalid(fmt::format("geometry.type is \"{}\"; an area is a Polygon or a MultiPolygon, leave others out",
                               printable(type)));
  const Value* coordinates = member(geometry->struct_value(), "coordinates");
  if (coordinates == nullptr) return invalid("geometry.coordinates is missing");
  auto polygons = read_coordinates(type, *coordinates);
  if (!polygons) return within("geometry.coordinates", polygons.error());
  if (const auto mistake = polygons_mistake(*polygons)) {
    // A polygon stands in no list.
    const auto place =
        type == "Polygon" ? mistake->path.substr(std::min(mistake->path.size(), std::size_t{3})) : mistake->path;
    return invalid(fmt::format("geometry.coordinates{} {}", place, mistake->what));
  }
  return polygons;
}

std::string some_names(const Struct& properties) {
  std::vector<std::string> names;
  for (const auto& [name, value] : properties.fields())
    if (value.has_string_value() || value.has_number_value()) names.push_back(name);
  std::ranges::sort(names);
  if (names.size() > properties_told_max) names.resize(properties_told_max);
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

Result<std::string> read_property(const Struct& feature, const std::string& name) {
  const Value* properties = member(feature, "properties");
  const Struct& fields = properties == nullptr ? Struct::default_instance() : properties->struct_value();
  const Value* value = member(fields, name);
  if (value != nullptr && value->has_string_value()) return value->string_value();
  // District 7, which JSON does not tell from 7.0.
  if (value != nullptr && value->has_number_value() && std::trunc(value->number_value()) == value->number_value())
    return fmt::format("{:.0f}", value->number_value());
  return invalid(fmt::format("properties.{} is {}; name a property that tells areas apart: this feature has {}", name,
                             value == nullptr ? "missing" : "neither a text nor a whole number", some_names(fields)));
}

Result<Area> read_feature(const Value& value, const AreaProperties& properties) {
  const auto& feature = value.struct_value();
  auto id = read_property(feature, properties.id);
  if (!id) return std::move(id).error();
  if (const auto mistake = area_id_mistake(*id))
    return invalid(fmt::format("properties.{} {}", properties.id, *mistake));
  Area area;
  area.id = *std::move(id);
  if (!properties.name.empty()) {
    auto name = read_property(feature, properties.name);
    if (!name) return std::move(name).error();
    area.name = *std::move(name);
  }
  auto polygons = read_geometry(feature);
  if (!polygons) return within(fmt::format("(\"{}\") ", area.id), polygons.error());
  area.polygons = *std::move(polygons);
  return area;
}

// Files of before 2016 may name another system; RFC 7946 has only this one.
Result<void> check_system(const Struct& collection) {
  const Value* system = member(collection, "crs");
  if (system == nullptr || !system->has_struct_value()) return {};
  const Value* properties = member(system->struct_value(), "properties");
  const auto name = properties == nullptr ? "" : text_of(member(properties->struct_value(), "name"));
  constexpr std::array wgs84 = {std::string_view("urn:ogc:def:crs:OGC:1.3:CRS84"),
                                std::string_view("urn:ogc:def:crs:OGC::CRS84"),
                                std::string_view("urn:ogc:def:crs:EPSG::4326"), std::string_view("EPSG:4326")};
  if (std::ranges::find(wgs84, name) != wgs84.end()) return {};
  return invalid(
      fmt::format("crs is \"{}\"; convert the file to WGS84 degrees (ogr2ogr -t_srs EPSG:4326)", printable(name)));
}

}  // namespace

Result<std::vector<Area>> read_areas(std::string_view geojson, const AreaProperties& properties) {
  if (geojson.size() > file_bytes_max)
    return invalid(
        fmt::format("{} bytes are more than {}; simplify the lines to a metre", geojson.size(), file_bytes_max));
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (geojson.starts_with(byte_order_mark)) geojson.remove_prefix(byte_order_mark.size());
  Struct collection;
  const auto status = google::protobuf::util::JsonStringToMessage({geojson.data(), geojson.size()}, &collection);
  if (!status.ok()) return invalid(fmt::format("the text is no JSON object: {}", std::string(status.message())));
  if (const auto type = text_of(member(collection, "type")); type != "FeatureCollection")
    return invalid(fmt::format("type is \"{}\"; areas are a FeatureCollection", printable(type)));
  if (auto checked = check_system(collection); !checked) return std::move(checked).error();

  std::vector<Area> areas;
  std::map<std::string, std::size_t> places;
  const Value* features = member(collection, "features");
  const auto& list = features == nullptr ? ListValue::default_instance().values() : features->list_value().values();
  for (int i = 0; i < list.size(); ++i) {
    auto area = read_feature(list[i], properties);
    if (!area) return within(fmt::format("features[{}] ", i), area.error());
    const auto [place, fresh] = places.emplace(area->id, areas.size());
    if (fresh)
      areas.push_back(*std::move(area));
    else
      std::ranges::move(area->polygons, std::back_inserter(areas[place->second].polygons));
  }
  if (areas.empty()) return invalid("features has none; a city has one area at least");
  return areas;
}

}  // namespace pavior::city::inline v0
