/// \file
/// The rings of areas as grid maps keep them.
#pragma once

#include "city/policy/check_words.h"
#include "pavior/city/places.h"
#include "pavior/city/v1/grid_map.pb.h"

namespace pavior::city::inline v0 {

/// Half a step, or both steps and points.
[[nodiscard]] Mistake grid_ring_mistake(const v1::GridRing& ring);

/// Closed. REQUIRES: it has no mistake.
[[nodiscard]] Area::Ring ring_of(const v1::GridRing& ring);

/// Without its last point, if that is the first one again. REQUIRES: its points are within the bounds of WGS84.
[[nodiscard]] v1::GridRing grid_ring_of(const Area::Ring& ring);

}  // namespace pavior::city::inline v0
