#include "pavior/city/grid_map_findings.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "fmt/format.h"

namespace pavior::city::inline v0 {

std::vector<GridMapFinding> grid_map_findings(const GridMap& map, const Organisation& organisation) {
  using What = GridMapFinding::What;
  std::vector<GridMapFinding> findings;
  for (const auto& grid : organisation.data().grids())
    if (!map.places().contains(grid.path()) && organisation.grids_in(grid.path()).size() == 1)
      findings.push_back({What::grid_without_area, grid.path()});
  for (const auto& area : map.data().areas())
    if (organisation.grid(area.path()) == nullptr) findings.push_back({What::area_without_grid, area.path()});
  std::ranges::sort(findings, {},
                    [](const auto& finding) { return std::tuple(finding.what, std::string_view(finding.path)); });
  return findings;
}

std::string text_of(const GridMapFinding& finding) {
  return finding.what == GridMapFinding::What::grid_without_area
             ? fmt::format("grid {} has no area", finding.path)
             : fmt::format("area {} is no grid of the organisation", finding.path);
}

}  // namespace pavior::city::inline v0
