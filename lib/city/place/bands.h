/// \file
/// Bands of latitude, each with the edges that run through it: which polygons have a point.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "city/place/area_shape.h"
#include "city/place/map_units.h"

namespace pavior::city::inline v0 {

/// Of a ring or polygon.
enum class Side : std::uint8_t { outside, border, inside };

/// Immutable. Bytes: 16 for each edge in each of its bands, at most four on average; 20 for each ring in each of its.
class Bands {
 public:
  /// None. Every point is outside.
  Bands() = default;
  /// REQUIRES: all of them within 180 degrees of longitude, so that products of differences fit into 64 bits.
  explicit Bands(std::span<const MapRing> rings);

  /// Calls `use(polygon, side)` for each polygon that has the point inside or on its border, in their order.
  template <class Use>
  void visit(MapPoint point, Use use) const {
    if (!box_.contains(point)) return;
    const auto band = band_of(point.y);
    const Strip* const end = strips_.data() + bands_[band + 1];
    for (const Strip* strip = strips_.data() + bands_[band]; strip != end;) {
      const auto polygon = strip->polygon;
      auto side = side_of(*strip, point);
      // Holes follow the ring they are in.
      for (++strip; strip != end && strip->polygon == polygon; ++strip)
        if (side != Side::outside) side = without(side, side_of(*strip, point));
      if (side != Side::outside) use(polygon, side);
    }
  }

  [[nodiscard]] const MapBox& box() const noexcept { return box_; }

 private:
  /// What of a ring runs through one band.
  struct Strip {
    std::int32_t west = 0;
    std::int32_t east = 0;
    std::uint32_t edges_begin = 0;
    std::uint32_t edges_end = 0;
    std::uint32_t polygon = 0;
  };

  [[nodiscard]] std::size_t band_of(std::int32_t y) const noexcept {
    return static_cast<std::uint32_t>(y - box_.low.y) >> shift_;
  }
  [[nodiscard]] Side side_of(const Strip& strip, MapPoint point) const noexcept;
  [[nodiscard]] static Side without(Side side, Side hole) noexcept {
    if (hole == Side::inside) return Side::outside;
    return hole == Side::border ? Side::border : side;
  }
  void choose_height(std::span<const MapRing> rings);
  void fill(std::span<const MapRing> rings);

  MapBox box_;
  std::uint32_t shift_ = 0;           // A band is as high as a power of two.
  std::vector<std::uint32_t> bands_;  // Where the strips of each begin, and where the last one's end.
  std::vector<Strip> strips_;
  std::vector<MapEdge> edges_;
};

// Even-odd: a ring has what a line to the east leaves an odd number of times. Edges count from their lower end until
// just before the higher one, so a line through a corner meets one of the two.
inline Side Bands::side_of(const Strip& strip, MapPoint point) const noexcept {
  if (point.x < strip.west || point.x > strip.east) return Side::outside;
  bool inside = false;
  for (auto i = strip.edges_begin; i != strip.edges_end; ++i) {
    const auto& [low, high] = edges_[i];
    if (point.y < low.y || point.y > high.y) continue;
    const auto along = std::int64_t{high.y} - low.y, across = std::int64_t{high.x} - low.x;
    // Above 0: the edge is east of the point.
    const auto east = across * (std::int64_t{point.y} - low.y) - along * (std::int64_t{point.x} - low.x);
    if (east == 0 && (along != 0 || (low.x <= point.x && point.x <= high.x))) return Side::border;
    inside = inside != (east > 0 && point.y != high.y);
  }
  return inside ? Side::inside : Side::outside;
}

}  // namespace pavior::city::inline v0
