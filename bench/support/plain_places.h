/// \file
/// Areas as Boost.Geometry alone answers for them.
#pragma once

#include <memory>
#include <vector>

#include "pavior/city/places.h"

namespace pavior::bench {

class PlainPlaces {
 public:
  explicit PlainPlaces(std::vector<city::Area> areas);
  ~PlainPlaces();

  /// The first area, by id, that has the position; -1 for none. An R-tree of boxes, then `covered_by`.
  [[nodiscard]] int by_tree(city::Coordinates at) const;
  /// The same, by asking every area.
  [[nodiscard]] int by_scan(city::Coordinates at) const;
  /// How many boxes have the position: all that an index of boxes can tell, and a bound for `by_tree`.
  [[nodiscard]] int boxes(city::Coordinates at) const;

  [[nodiscard]] const std::string& id(int area) const { return areas_[static_cast<std::size_t>(area)].id; }

 private:
  struct Geometry;
  std::vector<city::Area> areas_;
  std::unique_ptr<const Geometry> geometry_;
};

}  // namespace pavior::bench
