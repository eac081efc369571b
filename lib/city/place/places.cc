#include "pavior/city/places.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>

#include "city/place/area_shape.h"
#include "city/place/bands.h"
#include "city/place/borders.h"
#include "city/place/places_check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

struct AreaName {
  std::string id;
  std::string name;
  std::ptrdiff_t depth = 0;  // Of its path.
};

// The deepest first, then by their ids: the first one is the one to choose.
std::vector<const Area*> in_order(const std::vector<Area>& areas) {
  std::vector<const Area*> order;
  for (const auto& area : areas) order.push_back(&area);
  std::ranges::sort(order, {}, [](const Area* area) {
    return std::tuple<std::ptrdiff_t, std::string_view>(-std::ranges::count(area->id, '/'), area->id);
  });
  return order;
}

Coordinates exchanged(Coordinates at) { return {at.longitude, at.latitude}; }

}  // namespace

struct Places::Index {
  std::vector<AreaName> areas;         // In the order in which they are chosen.
  std::vector<std::uint32_t> area_of;  // By polygon.
  std::map<std::string_view, std::size_t> by_id;
  Bands bands;
  std::optional<Borders> borders;  // None: nothing is near.
  double near_metres = 0;

  // Less is better, first by depth.
  template <class Rank>
  auto choice(std::uint32_t area, Rank rank) const {
    return std::tuple(-areas[area].depth, rank, area);
  }

  void locate(MapPoint point, Located& located) const {
    std::optional<std::tuple<std::ptrdiff_t, bool, std::uint32_t>> best;
    bands.visit(point, [&](std::uint32_t polygon, Side side) {
      const auto one = choice(area_of[polygon], side == Side::border);
      if (!best || one < *best) best = one;
    });
    if (best)
      settle(located, std::get<bool>(*best) ? Located::How::border : Located::How::inside, std::get<2>(*best));
    else
      locate_near(point, located);
  }

  void locate_near(MapPoint point, Located& located) const {
    located.how = Located::How::outside;
    if (!borders) return;
    // The nearest of all, and only of equally near ones the deepest.
    std::optional<std::pair<double, std::uint32_t>> best;
    borders->visit(coordinates(point), near_metres, [&](std::uint32_t polygon, double metres) {
      const std::pair one(metres, area_of[polygon]);
      if (!best || one < *best) best = one;
    });
    if (!best) return;
    settle(located, Located::How::near, best->second);
    located.metres = best->first;
  }

  void settle(Located& located, Located::How how, std::uint32_t area) const {
    located.how = how;
    located.area = areas[area].id;
  }
};

Places::Places() : index_(std::make_shared<Index>()) {}

Result<Places> Places::make(const std::vector<Area>& areas, PlacesOptions options) {
  if (const auto mistake = places_mistake(areas, options))
    return Error(ErrorCode::invalid, fmt::format("{}: {}", mistake->path, mistake->what));

  const auto index = std::make_shared<Index>();
  std::vector<MapRing> rings;
  for (const Area* area : in_order(areas)) {
    for (const auto& polygon : area->polygons) {
      add_rings(polygon, static_cast<std::uint32_t>(index->area_of.size()), rings);
      index->area_of.push_back(static_cast<std::uint32_t>(index->areas.size()));
    }
    index->areas.push_back({area->id, area->name, std::ranges::count(area->id, '/')});
  }
  for (std::size_t i = 0; i < index->areas.size(); ++i) index->by_id.emplace(index->areas[i].id, i);
  if (!areas.empty()) index->bands = Bands(rings);
  if (options.near_metres > 0) index->borders.emplace(rings), index->near_metres = options.near_metres;
  return Places(index);
}

Located Places::locate(Coordinates at) const {
  Located located;
  located.at = at;
  auto point = map_point(at);
  const auto& box = index_->bands.box();
  if (!point || !box.contains(*point)) {
    const auto other = map_point(exchanged(at));
    if (other && *other != nowhere && box.contains(*other)) {
      located.swapped = true;
      located.at = exchanged(at);
      point = other;
    }
  }
  if (point && *point != nowhere) index_->locate(*point, located);
  return located;
}

std::size_t Places::size() const noexcept { return index_->areas.size(); }

bool Places::contains(std::string_view id) const noexcept { return index_->by_id.contains(id); }

std::string_view Places::name(std::string_view id) const noexcept {
  const auto found = index_->by_id.find(id);
  return found == index_->by_id.end() ? std::string_view() : index_->areas[found->second].name;
}

}  // namespace pavior::city::inline v0
