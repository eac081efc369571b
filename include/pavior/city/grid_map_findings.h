/// \file
/// Where a grid map and an organisation do not speak of the same grids.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pavior/city/grid_map.h"
#include "pavior/city/organisation.h"
#include "pavior/export.h"

namespace pavior::city::inline v0 {

struct GridMapFinding {
  enum class What : std::uint8_t {
    grid_without_area,  ///< No order is ever located there.
    area_without_grid,  ///< Its orders are of a grid that the organisation does not list.
  };
  What what = What::grid_without_area;
  std::string path;

  friend bool operator==(const GridMapFinding&, const GridMapFinding&) = default;
};

/// All there are, first the grids and then the areas, by their paths. A grid that others lie in needs no area.
[[nodiscard]] PAVIOR_EXPORT std::vector<GridMapFinding> grid_map_findings(const GridMap& map,
                                                                          const Organisation& organisation);

/// `grid 3411/05/002 has no area`, `area 3411/07 is no grid of the organisation`.
[[nodiscard]] PAVIOR_EXPORT std::string text_of(const GridMapFinding& finding);

}  // namespace pavior::city::inline v0
