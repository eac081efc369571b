#include "city/place/area_shape.h"

#include <algorithm>

#include "core/text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

Mistake point_mistake(Coordinates at) {
  if (const auto point = map_point(at)) {
    if (*point != nowhere) return {};
    return DataMistake{{}, "is 0,0, which stands for an unknown place; take the point out"};
  }
  const bool swapped = map_point({at.longitude, at.latitude}).has_value();
  return DataMistake{{},
                     fmt::format("is longitude {}, latitude {}, which is no place; {}", at.longitude, at.latitude,
                                 swapped ? "longitude comes first: exchange the two"
                                         : "convert the file to WGS84 degrees (EPSG:4326)")};
}

Mistake ring_mistake(const Area::Ring& ring) {
  for (std::size_t i = 0; i < ring.size(); ++i)
    if (auto mistake = point_mistake(ring[i])) return DataMistake{fmt::format("[{}]", i), std::move(mistake->what)};
  if (ring.size() < 4)
    return DataMistake{{},
                       fmt::format("has {} points, and a ring has 4 or more, the last one being the first again; "
                                   "give it its missing points, or leave it out",
                                   ring.size())};
  if (*map_point(ring.front()) != *map_point(ring.back()))
    return DataMistake{{}, "is not closed; repeat its first point at its end"};
  return {};
}

// All its points on one line, hence nothing within.
bool is_flat(const MapRing& ring) {
  __extension__ using Wide = __int128;  // Two points may lie at the ends of the earth.
  const auto &from = ring.points[0], &to = ring.points[1];
  return std::ranges::all_of(ring.points, [&](MapPoint point) {
    return (Wide(to.x) - from.x) * (Wide(point.y) - from.y) == (Wide(to.y) - from.y) * (Wide(point.x) - from.x);
  });
}

}  // namespace

Mistake polygons_mistake(std::span<const Area::Polygon> polygons) {
  bool flat = true;
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    if (polygons[i].empty())
      return DataMistake{fmt::format("[{}]", i), "has no rings; give it its outer ring, or leave it out"};
    for (std::size_t j = 0; j < polygons[i].size(); ++j)
      if (auto mistake = ring_mistake(polygons[i][j]))
        return DataMistake{fmt::format("[{}][{}]{}", i, j, mistake->path), std::move(mistake->what)};
    std::vector<MapRing> rings;
    add_rings({polygons[i].front()}, 0, rings);
    flat = flat && is_flat(rings.front());
  }
  if (!flat) return {};
  return DataMistake{{}, "enclose nothing; give the area a polygon, or leave the area out"};
}

std::optional<std::string> area_id_mistake(const std::string& id) {
  if (id.empty()) return "is empty; write one";
  if (id.size() > area_id_bytes_max || !is_printable_utf8(id))
    return fmt::format("is no id; one has 1 to {} printable bytes", area_id_bytes_max);
  if (id.front() == '/' || id.back() == '/' || id.find("//") != std::string::npos)
    return "has an empty part; a path is as 3411/05/002";
  return {};
}

std::string indexed_name(std::string_view list, std::size_t index, const std::string& name) {
  const auto place = fmt::format("{}[{}]", list, index);
  return name.empty() ? place : fmt::format("{} \"{}\"", place, printable(name.substr(0, area_id_bytes_max)));
}

MapBox MapRing::box() const noexcept {
  MapBox box;
  for (const auto& point : points) box.include(point);
  return box;
}

void add_rings(const Area::Polygon& polygon, std::uint32_t number, std::vector<MapRing>& rings) {
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    MapRing ring{number, i > 0, {}};
    ring.points.reserve(polygon[i].size());
    for (const auto& at : polygon[i]) {
      const auto point = map_point(at);
      // One that is there twice would make an edge without length.
      if (ring.points.empty() || ring.points.back() != *point) ring.points.push_back(*point);
    }
    if (ring.points.size() == 1) ring.points.push_back(ring.points.front());
    rings.push_back(std::move(ring));
  }
}

}  // namespace pavior::city::inline v0
