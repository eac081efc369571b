#include "pavior/city/grid_map.h"

#include <string>

#include "city/place/grid_map_check.h"
#include "city/place/grid_rings.h"
#include "city/policy/effective.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

Error invalid(const DataMistake& mistake) {
  return {ErrorCode::invalid, fmt::format("{}: {}", mistake.path, mistake.what)};
}

/// As they are kept, whichever way they were written. REQUIRES: there is no mistake in them.
void keep(const std::vector<Area>& areas, v1::GridMap& map) {
  map.clear_areas();
  for (const auto& area : areas) {
    auto& kept = *map.add_areas();
    kept.set_path(area.id);
    kept.set_name(area.name);
    for (const auto& polygon : area.polygons) {
      auto& rings = *kept.add_polygons();
      for (const auto& ring : polygon) *rings.add_rings() = grid_ring_of(ring);
    }
  }
}

}  // namespace

struct GridMap::Content {
  v1::GridMap data;
  Places places;
};

Result<v1::GridMap> make_grid_map(const std::vector<Area>& areas, v1::GridMap head) {
  if (auto places = Places::make(areas, {.near_metres = head.near_metres()}); !places) return std::move(places).error();
  keep(areas, head);
  const auto checked = check_grid_map(head);
  if (const auto* mistake = std::get_if<DataMistake>(&checked)) return invalid(*mistake);
  return head;
}

Result<v1::GridMap> read_grid_map(std::string_view text) {
  v1::GridMap map;
  CheckedAreas checked;
  auto read = read_data(text, "a grid map", map, [&]() -> Mistake {
    checked = check_grid_map(map);
    if (const auto* mistake = std::get_if<DataMistake>(&checked)) return *mistake;
    return {};
  });
  if (!read) return std::move(read).error();
  keep(std::get<std::vector<Area>>(checked), map);
  return map;
}

Result<std::vector<Area>> areas_of(const v1::GridMap& map) {
  auto checked = check_grid_rings(map);
  if (const auto* mistake = std::get_if<DataMistake>(&checked)) return invalid(*mistake);
  return std::get<std::vector<Area>>(std::move(checked));
}

GridMap::GridMap() : GridMap(std::make_shared<const Content>(), Time::min()) {}

Result<GridMap> GridMap::make(v1::GridMap data) {
  const auto checked = check_grid_map(data);
  if (const auto* mistake = std::get_if<DataMistake>(&checked)) return invalid(*mistake);
  auto places = Places::make(std::get<std::vector<Area>>(checked), {.near_metres = data.near_metres()});
  if (!places) return std::move(places).error();
  const Time from = effective_time({data.zone(), data.effective_from()}).value_or(Time::min());
  return GridMap(std::make_shared<const Content>(Content{std::move(data), *std::move(places)}), from);
}

const v1::GridMap& GridMap::data() const noexcept { return content_->data; }

const Places& GridMap::places() const noexcept { return content_->places; }

GridMap GridMap::taking_effect(Time from) const { return {content_, from}; }

}  // namespace pavior::city::inline v0
