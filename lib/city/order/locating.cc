#include "city/order/locating.h"

#include "pavior/city/grid_map.h"
#include "pavior/city/places.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

v1::Whereabouts::How how_of(Located::How how) {
  switch (how) {
    case Located::How::inside: return v1::Whereabouts::INSIDE;
    case Located::How::border: return v1::Whereabouts::BORDER;
    case Located::How::near: return v1::Whereabouts::NEAR;
    case Located::How::outside: return v1::Whereabouts::OUTSIDE;
    case Located::How::no_position: break;
  }
  return v1::Whereabouts::HOW_UNSPECIFIED;
}

}  // namespace

std::optional<FoundPlace> place_of(const v1::Location& location, const OrderView& view) {
  const auto maps = view.policy.host.maps.versions();
  const GridMap& map = maps->in_force(view.now);
  if (map.data().version() == 0) return std::nullopt;
  const Located located = map.places().locate({location.latitude(), location.longitude()});
  if (located.how == Located::How::no_position) return std::nullopt;
  FoundPlace found;
  found.grid = located.area;
  found.whereabouts.set_how(how_of(located.how));
  found.whereabouts.set_swapped(located.swapped);
  found.whereabouts.set_metres(located.metres);
  found.whereabouts.mutable_map()->set_id(map.data().id());
  found.whereabouts.mutable_map()->set_version(map.data().version());
  return found;
}

}  // namespace pavior::city::inline v0::lifecycle
