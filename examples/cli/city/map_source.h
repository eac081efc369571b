/// \file
/// Grid maps from files, and the one that a store has.
#pragma once

#include <string>

#include "pavior/city/grid_map.h"
#include "pavior/city/places.h"
#include "pavior/engine.h"

namespace pavior::cli {

struct MapWish {
  std::string file;  ///< GeoJSON, plain or .gz, or a grid map as protobuf text.
  city::AreaProperties properties;
  // What GeoJSON does not say; of protobuf text, what is to be said instead. Empty: as the file has it.
  std::string id;
  std::string zone;
  std::string effective_from;
  double near_metres = 0;
};

/// As the store's next version: what neither file nor wish say is that of `before`, the version published last.
/// Errors: invalid (the message begins with `FILE:LINE:COLUMN: ` where the file has them), not_found.
[[nodiscard]] Result<city::v1::GridMap> open_grid_map(const MapWish& wish, const city::v1::GridMap& before = {});

/// The version published last, be it withdrawn; an empty one if there is none. Errors: conflict (several maps), and
/// those of reading a store.
[[nodiscard]] Result<city::v1::GridMap> last_grid_map(const Engine& engine);

}  // namespace pavior::cli
