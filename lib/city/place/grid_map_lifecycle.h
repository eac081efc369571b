// The lifecycle of a grid map. docs/grid_map_lifecycle.md is printed from its table.
#pragma once

#include "city/place/published.h"
#include "city/publishing/publishing_lifecycle.h"

namespace pavior::city::inline v0::publishing {

using GridMapLifecycle = PublishingLifecycle<GridMaps>;

}  // namespace pavior::city::inline v0::publishing
