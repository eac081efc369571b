#include "pavior/city/grid_maps.h"

#include "city/place/published.h"
#include "city/publishing/loading.h"

namespace pavior::city::inline v0 {

Result<GridMapBook> load_grid_maps(const Engine& engine, std::string_view map) {
  return publishing::load<publishing::GridMaps>(engine, Calendars(), map);
}

Result<void> refresh_grid_maps(GridMapBook& book, const Engine& engine, std::string_view map) {
  return publishing::refresh<publishing::GridMaps>(book, engine, map);
}

}  // namespace pavior::city::inline v0
