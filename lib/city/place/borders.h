/// \file
/// The edges of polygons by where they are: how far the nearest polygons are from a point outside of them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "city/place/area_shape.h"
#include "pavior/city/coordinates.h"

namespace pavior::city::inline v0 {

/// Immutable. Bytes: about 25 for each edge.
class Borders {
 public:
  explicit Borders(std::span<const MapRing> rings);

  /// Calls `use(polygon, metres)` for each edge up to this far away, in no order. Neighbours that share the edge are
  /// told the same distance to the bit.
  void visit(Coordinates at, double metres_max, const std::function<void(std::uint32_t, double)>& use) const;

 private:
  struct Tree;
  std::shared_ptr<const Tree> tree_;
};

}  // namespace pavior::city::inline v0
