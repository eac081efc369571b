// How points lie to roads.
#include <limits>

#include "boost/geometry/algorithms/distance.hpp"
#include "boost/geometry/core/cs.hpp"
#include "boost/geometry/geometries/linestring.hpp"
#include "boost/geometry/geometries/point.hpp"
#include "boost/geometry/strategies/spherical/distance_cross_track.hpp"
#include "city/organisation/organisation_index.h"

namespace pavior::city::inline v0 {
namespace {

namespace geometry = boost::geometry;

using Point = geometry::model::point<double, 2, geometry::cs::spherical_equatorial<geometry::degree>>;

constexpr double earth_radius_metres = 6'371'008.8;
constexpr double stretch_metres_default = 15;

Point point_of(const v1::Position& position) { return {position.longitude(), position.latitude()}; }

double reach_of(const v1::Stretch& stretch) {
  return stretch.metres() == 0 ? stretch_metres_default : stretch.metres();
}

/// Keeps the stretch that holds the point most.
class StretchSearch {
 public:
  explicit StretchSearch(const v1::Position& point) : point_(point) {}

  void look_at(const google::protobuf::RepeatedPtrField<v1::Stretch>& territory) {
    for (const auto& stretch : territory) {
      const double metres = metres_from(stretch, point_);
      const double beyond = metres - reach_of(stretch);
      if (beyond >= beyond_) continue;
      beyond_ = beyond;
      found_ = {beyond <= 0, &stretch, metres};
    }
  }
  [[nodiscard]] const Territory& found() const { return found_; }

 private:
  const v1::Position& point_;
  double beyond_ = std::numeric_limits<double>::infinity();
  Territory found_;
};

}  // namespace

double metres_from(const v1::Stretch& stretch, const v1::Position& point) {
  geometry::model::linestring<Point> line;
  for (const auto& position : stretch.points()) line.push_back(point_of(position));
  return geometry::distance(point_of(point), line, geometry::strategy::distance::cross_track<>(earth_radius_metres));
}

Territory Organisation::territory_of_unit(std::string_view unit_id, const v1::Position& point) const {
  StretchSearch search(point);
  if (const auto* asked = unit(unit_id)) search.look_at(asked->territory());
  return search.found();
}

Territory Organisation::territory_of_person(std::string_view person_id, Date day, const v1::Position& point) const {
  StretchSearch search(point);
  if (!person_id.empty())
    for (const auto* appointment : appointments({.person = person_id, .day = day}))
      search.look_at(appointment->territory());
  return search.found();
}

}  // namespace pavior::city::inline v0
