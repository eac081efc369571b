#include "city/place/borders.h"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <vector>

#include "city/place/distance.h"

namespace pavior::city::inline v0 {
namespace {

namespace geometry = boost::geometry;
using Point = geometry::model::point<double, 2, geometry::cs::cartesian>;
using Box = geometry::model::box<Point>;

struct Border {
  MapEdge edge;
  std::uint32_t polygon = 0;
};

Point point(double x, double y) { return {x, y}; }

struct BoxOf {
  using result_type = Box;
  Box operator()(const Border& border) const {
    const auto& [low, high] = border.edge;
    return {point(std::min(low.x, high.x), low.y), point(std::max(low.x, high.x), high.y)};
  }
};

// Packed, since it is made of all its edges at once.
using EdgeTree = geometry::index::rtree<Border, geometry::index::linear<16>, BoxOf>;

std::vector<Border> borders_of(std::span<const MapRing> rings) {
  std::vector<Border> borders;
  for (const auto& ring : rings)
    for (std::size_t i = 0; i < ring.edges(); ++i) borders.push_back({ring.edge(i), ring.polygon});
  return borders;
}

}  // namespace

struct Borders::Tree {
  EdgeTree edges;
};

Borders::Borders(std::span<const MapRing> rings) : tree_(std::make_shared<Tree>(Tree{EdgeTree(borders_of(rings))})) {}

void Borders::visit(Coordinates at, double metres_max, const std::function<void(std::uint32_t, double)>& use) const {
  const double high = metres_max / metres_per_degree * units_per_degree;
  const double wide = longitude_degrees(metres_max, at.latitude) * units_per_degree;
  const double x = at.longitude * units_per_degree, y = at.latitude * units_per_degree;
  const Box around(point(x - wide, y - high), point(x + wide, y + high));
  const auto found = geometry::index::intersects(around);
  for (auto border = tree_->edges.qbegin(found); border != tree_->edges.qend(); ++border) {
    const double metres = metres_to_segment(at, coordinates(border->edge.low), coordinates(border->edge.high));
    if (metres <= metres_max) use(border->polygon, metres);
  }
}

}  // namespace pavior::city::inline v0
