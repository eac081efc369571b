#include "city/place/grid_rings.h"

#include "city/place/map_units.h"

namespace pavior::city::inline v0 {
namespace {

Area::Ring points_of(const v1::GridRing& ring) {
  Area::Ring points;
  for (const auto& point : ring.points()) points.push_back({point.latitude(), point.longitude()});
  // Wider than a step, so that wrong ones add up to a place that is none.
  std::int64_t east = 0, north = 0;
  for (int i = 0; i + 1 < ring.steps_size(); i += 2) {
    east += ring.steps(i);
    north += ring.steps(i + 1);
    points.push_back({static_cast<double>(north) / units_per_degree, static_cast<double>(east) / units_per_degree});
  }
  return points;
}

}  // namespace

Mistake grid_ring_mistake(const v1::GridRing& ring) {
  if (ring.steps_size() > 0 && ring.points_size() > 0)
    return DataMistake{{}, "has both steps and points; leave one of the two out"};
  if (ring.steps_size() % 2 != 0) return DataMistake{{}, "has a step east without one north; a point has two numbers"};
  return {};
}

Area::Ring ring_of(const v1::GridRing& ring) {
  auto points = points_of(ring);
  if (!points.empty() && points.front() != points.back()) points.push_back(points.front());
  return points;
}

v1::GridRing grid_ring_of(const Area::Ring& ring) {
  v1::GridRing kept;
  MapPoint before;
  const bool closed = ring.size() > 1 && map_point(ring.front()) == map_point(ring.back());
  for (std::size_t i = 0; i + (closed ? 1 : 0) < ring.size(); ++i) {
    const auto point = *map_point(ring[i]);
    kept.add_steps(point.x - before.x);
    kept.add_steps(point.y - before.y);
    before = point;
  }
  return kept;
}

}  // namespace pavior::city::inline v0
