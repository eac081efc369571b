/// \file
/// Whether areas are fit to be asked, and what of them is.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "city/data_file.h"
#include "city/place/map_units.h"
#include "pavior/city/places.h"

namespace pavior::city::inline v0 {

/// An id is a name, or a path of several.
inline constexpr std::size_t area_id_bytes_max = 256;

/// The path is that of the ring or point within the polygons, as `[0][1][17]`.
[[nodiscard]] Mistake polygons_mistake(std::span<const Area::Polygon> polygons);

/// Empty, too long, or a path with an empty part.
[[nodiscard]] std::optional<std::string> area_id_mistake(const std::string& id);

/// As `areas[3] "Chelsea"`, for messages.
[[nodiscard]] std::string indexed_name(std::string_view list, std::size_t index, const std::string& name);

/// A closed ring without points that repeat.
struct MapRing {
  std::uint32_t polygon = 0;
  bool hole = false;  ///< It follows the ring it is in, or another of its holes.
  std::vector<MapPoint> points;

  [[nodiscard]] MapBox box() const noexcept;
  /// One for each point but the last.
  [[nodiscard]] std::size_t edges() const noexcept { return points.size() - 1; }
  [[nodiscard]] MapEdge edge(std::size_t i) const noexcept { return MapEdge::between(points[i], points[i + 1]); }
};

/// The rings of one polygon. REQUIRES: it has no mistake.
void add_rings(const Area::Polygon& polygon, std::uint32_t number, std::vector<MapRing>& rings);

}  // namespace pavior::city::inline v0
