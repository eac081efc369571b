/// \file
/// Whether a grid map makes sense.
#pragma once

#include <variant>
#include <vector>

#include "city/data_file.h"
#include "pavior/city/places.h"
#include "pavior/city/v1/grid_map.pb.h"

namespace pavior::city::inline v0 {

/// The areas of a map, or its first mistake. Its path is that of a field, or of an area, as `areas[3] "Chelsea"`.
using CheckedAreas = std::variant<std::vector<Area>, DataMistake>;

[[nodiscard]] CheckedAreas check_grid_map(const v1::GridMap& map);

/// The same, if nothing but their rings is to be in order.
[[nodiscard]] CheckedAreas check_grid_rings(const v1::GridMap& map);

}  // namespace pavior::city::inline v0
