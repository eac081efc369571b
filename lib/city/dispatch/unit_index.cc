#include "city/dispatch/unit_index.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

constexpr double earth_radius_metres = 6'371'008.8;  // The mean radius of the WGS84 ellipsoid.

void add_once(Ranks& ranks, Rank rank) {
  if (ranks.empty() || ranks.back() != rank) ranks.push_back(rank);
}

}  // namespace

Direction direction(double latitude, double longitude) {
  constexpr double radians = std::numbers::pi / 180;
  const double across = std::cos(latitude * radians);
  return {across * std::cos(longitude * radians), across * std::sin(longitude * radians), std::sin(latitude * radians)};
}

double metres_between(const Direction& one, const Direction& other) {
  double square = 0;
  for (std::size_t i = 0; i < one.size(); ++i) square += (one[i] - other[i]) * (one[i] - other[i]);
  const double half_chord = std::sqrt(square) / 2;
  // The series spares an arcsine for all that is within a city, to a millimetre in 100 km.
  const double half_arc =
      half_chord < 0.01 ? half_chord * (1 + half_chord * half_chord / 6) : std::asin(std::min(1.0, half_chord));
  return 2 * earth_radius_metres * half_arc;
}

Result<UnitIndex> UnitIndex::make(const DispatchWorld& world) {
  UnitIndex index;
  for (std::size_t number = 0; number < world.unit_count(); ++number) {
    const auto& unit = world.unit(number);
    Entry entry{&unit, number, unit.has_position(), {}};
    if (entry.placed) entry.at = direction(unit.position().latitude(), unit.position().longitude());
    index.entries_.push_back(entry);
  }
  std::ranges::sort(index.entries_, {}, [](const Entry& entry) -> const std::string& { return entry.unit->id(); });
  for (Rank rank = 0; rank < index.size(); ++rank) {
    const auto& unit = *index[rank].unit;
    if (unit.id().empty()) return Error(ErrorCode::invalid, "a unit has no id; give it one");
    if (!index.ranks_.emplace(unit.id(), rank).second)
      return Error(ErrorCode::invalid, fmt::format("two units have the id {}; rename one", unit.id()));
    if (unit.closed()) continue;
    index.open_.push_back(rank);
    if (unit.grids().empty()) index.whole_city_.push_back(rank);
    for (const auto& grid : unit.grids()) add_once(index.by_grid_[grid], rank);
    for (const auto& code : unit.duties()) add_once(index.by_duty_[code], rank);
    for (const auto& skill : unit.skills()) add_once(index.by_skill_[skill], rank);
    if (!unit.kind().empty()) add_once(index.by_kind_[unit.kind()], rank);
  }
  return index;
}

std::optional<Rank> UnitIndex::find(std::string_view id) const {
  const auto found = ranks_.find(id);
  if (found == ranks_.end()) return std::nullopt;
  return found->second;
}

}  // namespace pavior::city::inline v0
