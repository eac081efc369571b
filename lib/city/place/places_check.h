/// \file
/// Whether areas together are fit to be a city's places.
#pragma once

#include <optional>
#include <vector>

#include "city/data_file.h"
#include "pavior/city/places.h"

namespace pavior::city::inline v0 {

/// The path is that of an area, as `areas[3] "Chelsea"`, of all `areas`, or `near_metres`.
[[nodiscard]] Mistake places_mistake(const std::vector<Area>& areas, const PlacesOptions& options);

}  // namespace pavior::city::inline v0
