/// \file
/// The areas of a city, and which of them a position lies in. docs/places.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/city/coordinates.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// A grid, a district or whatever else has borders. Areas may overlap, as a grid and the grids below it do.
struct Area {
  /// Closed: the last point is the first one again. In either direction, and it may touch or cross itself.
  using Ring = std::vector<Coordinates>;
  /// What the first ring encloses, less what the others do.
  using Polygon = std::vector<Ring>;

  std::string id;    ///< A path where areas lie in one another: `3411/05/002` is below `3411/05`.
  std::string name;  ///< For people; may be empty.
  std::vector<Polygon> polygons;
};

/// Which properties of a GeoJSON feature name its area.
struct AreaProperties {
  std::string id = "name";
  std::string name;  ///< Empty: areas have none.
};

/// The areas of a GeoJSON feature collection of polygons and multipolygons. Features with one id are one area.
/// Errors: invalid; the message names the feature, what of it is wrong, and the mend.
/// Cost: about 0.1 s and 8 MB of passing memory for each megabyte of text.
[[nodiscard]] PAVIOR_EXPORT Result<std::vector<Area>> read_areas(std::string_view geojson,
                                                                 const AreaProperties& properties = {});

/// Where a position lies.
struct Located {
  enum class How : std::uint8_t {
    inside,       ///< Of the area.
    border,       ///< On its border, to a centimetre; maybe on that of others too.
    near,         ///< Outside of all areas; this one is the nearest, and near enough.
    outside,      ///< Of all areas.
    no_position,  ///< It is none: `is_position`.
  };

  How how = How::no_position;
  bool swapped = false;   ///< Latitude and longitude were taken for each other, and exchanged before they were located.
  std::string_view area;  ///< Its id; empty if there is none. Lifetime: that of any copy of the `Places`.
  double metres = 0;      ///< To the area, when it is near.
  Coordinates at;         ///< As located: exchanged if they were swapped.
};

/// How many positions were located how: what an import tells of them.
struct LocatedCounts {
  std::uint64_t inside = 0;
  std::uint64_t border = 0;
  std::uint64_t near = 0;
  std::uint64_t outside = 0;
  std::uint64_t no_position = 0;
  std::uint64_t swapped = 0;  ///< Each is one of the above too.

  PAVIOR_EXPORT void add(const Located& located) noexcept;
  [[nodiscard]] std::uint64_t total() const noexcept { return inside + border + near + outside + no_position; }
  /// In one line: `31822 inside, 6 outside`.
  [[nodiscard]] PAVIOR_EXPORT std::string text() const;

  friend bool operator==(const LocatedCounts&, const LocatedCounts&) = default;
};

/// The most that a city may call near. Units: metres.
inline constexpr double near_metres_max = 10'000;

struct PlacesOptions {
  /// A position outside of all areas belongs to the nearest one up to this far away. 0: to none.
  double near_metres = 0;
};

/// Areas, ready to be asked.
/// Everything is reckoned in whole ten-millionths of a degree, about a centimetre, hence exactly and alike everywhere.
/// Of several areas that have a position the answer is one of the deepest path; of those, one that has it inside rather
/// than on its border; of those, the one whose id comes first by its bytes. The order of the areas does not matter.
/// Threads: immutable; copy and share freely.
/// Cost: of `locate` a walk over some dozen edges, also where areas have ten thousands of them.
class PAVIOR_EXPORT Places {
 public:
  /// Of a city without areas: every position is outside.
  Places();
  /// Errors: invalid; the message names the area and the part of it, as `areas[3] "Chelsea": polygons[0][1]`, and the mend.
  [[nodiscard]] static Result<Places> make(const std::vector<Area>& areas, PlacesOptions options = {});

  /// A position that is not within the bounds of the city, but would be with its numbers exchanged, is swapped.
  [[nodiscard]] Located locate(Coordinates at) const;

  /// How many areas there are.
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] bool contains(std::string_view id) const noexcept;
  /// Empty if there is no such area, too. Lifetime: that of any copy.
  [[nodiscard]] std::string_view name(std::string_view id) const noexcept;

 private:
  struct Index;
  explicit Places(std::shared_ptr<const Index> index) : index_(std::move(index)) {}
  std::shared_ptr<const Index> index_;
};

}  // namespace pavior::city::inline v0
