/// \file
/// Areas drawn on squared paper: whole numbers are hundredths of a degree from a corner of the town.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pavior/city/places.h"
#include "support/catch.h"

namespace pavior::testing {

using city::Area;
using city::Coordinates;
using city::Located;
using city::Places;
using How = Located::How;

/// East and north.
inline Coordinates at(double x, double y) { return {31.70 + y / 100, 117.20 + x / 100}; }

/// Closed by itself.
inline Area::Ring ring(const std::vector<std::pair<double, double>>& corners) {
  Area::Ring ring;
  for (const auto& [x, y] : corners) ring.push_back(at(x, y));
  ring.push_back(ring.front());
  return ring;
}

inline Area::Ring box(double west, double south, double east, double north) {
  return ring({{west, south}, {east, south}, {east, north}, {west, north}});
}

inline Area area(std::string id, Area::Polygon polygon) { return {std::move(id), "", {std::move(polygon)}}; }

inline Places places(const std::vector<Area>& areas, double near_metres = 0) {
  return Places::make(areas, {.near_metres = near_metres}).value();
}

/// `a inside`, `a border`, `a near`, `outside`, `no position`, the first three with `swapped` behind them if so.
inline std::string told(const Located& located) {
  const auto how = [&]() -> std::string {
    switch (located.how) {
      case How::inside: return std::string(located.area) + " inside";
      case How::border: return std::string(located.area) + " border";
      case How::near: return std::string(located.area) + " near";
      case How::outside: return "outside";
      case How::no_position: return "no position";
    }
    return "?";
  };
  return how() + (located.swapped ? " swapped" : "");
}

}  // namespace pavior::testing
