#include "city/place/grid_map_check.h"

#include <optional>
#include <string>
#include <utility>

#include "city/place/area_shape.h"
#include "city/place/grid_rings.h"
#include "city/place/places_check.h"
#include "city/policy/effective.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

/// Adds the polygons; what is wrong with the first ring that is none.
std::optional<std::string> add_polygons(const v1::GridArea& area, std::vector<Area::Polygon>& polygons) {
  for (int i = 0; i < area.polygons_size(); ++i) {
    auto& polygon = polygons.emplace_back();
    const auto& rings = area.polygons(i).rings();
    for (int k = 0; k < rings.size(); ++k) {
      if (const auto mistake = grid_ring_mistake(rings[k]))
        return fmt::format("polygons[{}][{}] {}", i, k, mistake->what);
      polygon.push_back(ring_of(rings[k]));
    }
  }
  return {};
}

}  // namespace

CheckedAreas check_grid_rings(const v1::GridMap& map) {
  std::vector<Area> areas;
  areas.reserve(static_cast<std::size_t>(map.areas_size()));
  for (const auto& kept : map.areas()) {
    auto& area = areas.emplace_back(Area{kept.path(), kept.name(), {}});
    if (auto mistake = add_polygons(kept, area.polygons))
      return DataMistake{indexed_name("areas", areas.size() - 1, area.id), *std::move(mistake)};
  }
  return areas;
}

CheckedAreas check_grid_map(const v1::GridMap& map) {
  if (auto mistake = head_mistake(map, "a grid map")) return *std::move(mistake);
  if (map.areas().empty()) return DataMistake{"areas", "is empty; a map has one area at least"};
  auto checked = check_grid_rings(map);
  if (const auto* areas = std::get_if<std::vector<Area>>(&checked))
    if (auto mistake = places_mistake(*areas, {.near_metres = map.near_metres()})) return *std::move(mistake);
  return checked;
}

}  // namespace pavior::city::inline v0
