#include "city/map_source.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "pavior/city/grid_maps.h"
#include "pavior/city/v1/grid_maps.pb.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

using city::v1::GridMap;

bool is_json(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string_view::npos && text[first] == '{';
}

void apply(const MapWish& wish, GridMap& map) {
  if (!wish.id.empty()) map.set_id(wish.id);
  if (!wish.zone.empty()) map.set_zone(wish.zone);
  if (!wish.effective_from.empty()) map.set_effective_from(wish.effective_from);
  if (wish.near_metres > 0) map.set_near_metres(wish.near_metres);
}

Result<GridMap> map_of_geojson(const MapWish& wish, std::string_view text, const GridMap& before) {
  const auto areas = city::read_areas(text, wish.properties);
  if (!areas) return areas.error();
  GridMap head;
  head.set_id(before.version() == 0 ? "city" : before.id());
  head.set_version(before.version() + 1);
  head.set_zone(before.zone());
  head.set_near_metres(before.near_metres());
  head.add_sources(std::filesystem::path(wish.file).filename().string());
  apply(wish, head);
  return city::make_grid_map(*areas, std::move(head));
}

Result<GridMap> map_of_text(const MapWish& wish, std::string_view text) {
  auto map = city::read_grid_map(text);
  if (map) apply(wish, *map);
  return map;
}

}  // namespace

Result<GridMap> open_grid_map(const MapWish& wish, const GridMap& before) {
  const auto text = read_text(wish.file);
  if (!text) return text.error();
  auto map = is_json(*text) ? map_of_geojson(wish, *text, before) : map_of_text(wish, *text);
  if (!map) return of_file(wish.file, map.error());
  return map;
}

Result<GridMap> last_grid_map(const Engine& engine) {
  std::optional<StreamId> stream;
  const auto visited = engine.streams(city::grid_map_workflow, [&](const StreamId& found, Version, Stage) {
    stream = found;
    return false;
  });
  if (!visited) return visited.error();
  if (!stream) return GridMap();
  const auto snapshot = engine.load(*stream);
  if (!snapshot) return snapshot.error();
  return city::published_grid_maps(*snapshot->state)->versions().rbegin()->grid_map();
}

}  // namespace pavior::cli
