/// \file
/// Grid maps of a small city, for tests.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "city/areas.h"
#include "pavior/city/grid_map.h"
#include "support/catch.h"

namespace pavior::city::tests {

/// All of a map but its areas.
inline v1::GridMap map_head(std::uint32_t version = 1, const std::string& effective_from = "") {
  v1::GridMap head;
  head.set_id("quarter");
  head.set_version(version);
  head.set_zone("Asia/Shanghai");
  head.set_effective_from(effective_from);
  return head;
}

inline v1::GridMap map_data(const std::vector<Area>& areas, v1::GridMap head = map_head()) {
  auto made = make_grid_map(areas, std::move(head));
  if (!made) FAIL(made.error());
  return *std::move(made);
}

inline GridMap map_of(const std::vector<Area>& areas, v1::GridMap head = map_head()) {
  return GridMap::make(map_data(areas, std::move(head))).value();
}

}  // namespace pavior::city::tests
