/// \file
/// A city that can be made anywhere, of a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pavior/city/places.h"

namespace pavior::bench {

struct DistrictPlan {
  std::size_t side = 20;          ///< So many districts from west to east, and from south to north.
  std::size_t border_edges = 62;  ///< Between two crossings, so that a district has four times as many vertices.
  std::uint64_t seed = 20260101;
};

/// Crooked districts that share their borders, without gaps.
std::vector<city::Area> make_districts(const DistrictPlan& plan = {});

}  // namespace pavior::bench
