/// \file
/// One version of which ground each grid covers, checked. docs/places.md.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/city/places.h"
#include "pavior/city/v1/grid_map.pb.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// A map of areas, e.g. those of `read_areas`; `head` says all but the areas. Points are kept to a ten-millionth of a
/// degree, as `Places` reckons with them.
/// Errors: those of `GridMap::make`.
[[nodiscard]] PAVIOR_EXPORT Result<v1::GridMap> make_grid_map(const std::vector<Area>& areas, v1::GridMap head);

/// The map in a text: JSON if it begins with `{`, otherwise protobuf text. Rings written as points become steps.
/// Errors: invalid; the message begins with line and column where the text has them, and names the field and the mend.
[[nodiscard]] PAVIOR_EXPORT Result<v1::GridMap> read_grid_map(std::string_view text);

/// The areas of a map, their rings closed.
/// Errors: invalid (a ring has half a step, or both points and steps; the message names area, polygon and ring).
[[nodiscard]] PAVIOR_EXPORT Result<std::vector<Area>> areas_of(const v1::GridMap& map);

/// Threads: immutable; copy and share freely.
/// Lifetime: what is handed out by reference lives as long as any copy.
class PAVIOR_EXPORT GridMap {
 public:
  /// That says nothing: every position is outside.
  GridMap();
  /// Errors: invalid (the message names the field, or the area, polygon and ring, and the mend).
  [[nodiscard]] static Result<GridMap> make(v1::GridMap data);

  [[nodiscard]] const v1::GridMap& data() const noexcept;
  [[nodiscard]] const Places& places() const noexcept;
  /// When it takes effect; the beginning of time if the map does not say.
  [[nodiscard]] Time effective_from() const noexcept { return effective_from_; }
  /// The same, in effect from another instant: what its publishing settled.
  [[nodiscard]] GridMap taking_effect(Time from) const;

 private:
  struct Content;
  GridMap(std::shared_ptr<const Content> content, Time effective_from)
      : content_(std::move(content)), effective_from_(effective_from) {}
  std::shared_ptr<const Content> content_;
  Time effective_from_;
};

}  // namespace pavior::city::inline v0
