#include "support/plain_places.h"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <limits>
#include <utility>

namespace pavior::bench {
namespace {

namespace geometry = boost::geometry;
using Point = geometry::model::d2::point_xy<double>;
using Polygon = geometry::model::polygon<Point>;
using Shape = geometry::model::multi_polygon<Polygon>;
using Box = geometry::model::box<Point>;
using Entry = std::pair<Box, int>;

Point point(city::Coordinates at) { return {at.longitude, at.latitude}; }

Shape shape_of(const city::Area& area) {
  Shape shape;
  for (const auto& rings : area.polygons) {
    Polygon polygon;
    polygon.inners().resize(rings.size() - 1);
    for (std::size_t i = 0; i < rings.size(); ++i)
      for (const auto& at : rings[i]) (i == 0 ? polygon.outer() : polygon.inners()[i - 1]).push_back(point(at));
    shape.push_back(std::move(polygon));
  }
  geometry::correct(shape);
  return shape;
}

Box box_of(const city::Area& area) {
  constexpr double far = std::numeric_limits<double>::max();
  Box box({far, far}, {-far, -far});
  for (const auto& rings : area.polygons) {
    for (const auto& at : rings.front()) {
      box.min_corner() = {std::min(box.min_corner().x(), at.longitude), std::min(box.min_corner().y(), at.latitude)};
      box.max_corner() = {std::max(box.max_corner().x(), at.longitude), std::max(box.max_corner().y(), at.latitude)};
    }
  }
  return box;
}

}  // namespace

struct PlainPlaces::Geometry {
  std::vector<Shape> shapes;
  geometry::index::rtree<Entry, geometry::index::rstar<16>> tree;
};

PlainPlaces::PlainPlaces(std::vector<city::Area> areas) : areas_(std::move(areas)) {
  std::ranges::sort(areas_, {}, &city::Area::id);
  auto made = std::make_unique<Geometry>();
  std::vector<Entry> entries;
  for (const auto& area : areas_) {
    made->shapes.push_back(shape_of(area));
    entries.emplace_back(box_of(area), static_cast<int>(entries.size()));
  }
  made->tree = decltype(made->tree)(entries);
  geometry_ = std::move(made);
}

PlainPlaces::~PlainPlaces() = default;

int PlainPlaces::by_tree(city::Coordinates at) const {
  constexpr int none = std::numeric_limits<int>::max();
  int first = none;
  const auto has = geometry::index::intersects(point(at));
  for (auto entry = geometry_->tree.qbegin(has); entry != geometry_->tree.qend(); ++entry)
    if (entry->second < first &&
        geometry::covered_by(point(at), geometry_->shapes[static_cast<std::size_t>(entry->second)]))
      first = entry->second;
  return first == none ? -1 : first;
}

int PlainPlaces::by_scan(city::Coordinates at) const {
  const auto& shapes = geometry_->shapes;
  const auto found =
      std::ranges::find_if(shapes, [&](const Shape& shape) { return geometry::covered_by(point(at), shape); });
  return found == shapes.end() ? -1 : static_cast<int>(found - shapes.begin());
}

int PlainPlaces::boxes(city::Coordinates at) const {
  int count = 0;
  const auto has = geometry::index::intersects(point(at));
  for (auto entry = geometry_->tree.qbegin(has); entry != geometry_->tree.qend(); ++entry) ++count;
  return count;
}

}  // namespace pavior::bench
