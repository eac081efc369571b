#include "city/place/places_check.h"

#include <map>
#include <string>
#include <string_view>

#include "city/place/area_shape.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

// Half of the globe: more is no city, and would not fit into the geometry's numbers.
constexpr std::int64_t longitude_span_max = 180LL * units_per_degree;

std::optional<std::string> area_mistake(const Area& area, std::size_t index,
                                        std::map<std::string_view, std::size_t>& seen) {
  if (const auto mistake = area_id_mistake(area.id)) return "the id " + *mistake;
  if (const auto [known, fresh] = seen.emplace(area.id, index); !fresh)
    return fmt::format("areas[{}] has this id too; make the two one area", known->second);
  if (const auto mistake = polygons_mistake(area.polygons))
    return fmt::format("polygons{} {}", mistake->path, mistake->what);
  return {};
}

// REQUIRES: they have no mistake.
MapBox box_around(const std::vector<Area>& areas) {
  MapBox box;
  for (const auto& area : areas)
    for (const auto& polygon : area.polygons)
      for (const auto& ring : polygon)
        for (const auto& at : ring) box.include(*map_point(at));
  return box;
}

}  // namespace

Mistake places_mistake(const std::vector<Area>& areas, const PlacesOptions& options) {
  if (!(options.near_metres >= 0 && options.near_metres <= near_metres_max))
    return DataMistake{"near_metres", fmt::format("{} is not between 0 and {}; give metres, or 0 if nothing is near",
                                                  options.near_metres, near_metres_max)};
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < areas.size(); ++i)
    if (auto mistake = area_mistake(areas[i], i, seen))
      return DataMistake{indexed_name("areas", i, areas[i].id), *std::move(mistake)};
  const auto box = box_around(areas);
  if (!areas.empty() && std::int64_t{box.high.x} - box.low.x > longitude_span_max)
    return DataMistake{"areas", "they span more than 180 degrees of longitude; make places of each part"};
  return {};
}

}  // namespace pavior::city::inline v0
