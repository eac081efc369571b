#include "pavior/city/sites.h"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <map>
#include <tuple>

#include "city/place/area_shape.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

namespace geometry = boost::geometry;
using SpherePoint = geometry::model::point<double, 2, geometry::cs::spherical_equatorial<geometry::degree>>;
using Entry = std::pair<SpherePoint, std::uint32_t>;
using Tree = geometry::index::rtree<Entry, geometry::index::linear<16>>;

SpherePoint point(Coordinates at) { return {at.longitude, at.latitude}; }

// The tree orders by the same formula, but may round otherwise.
constexpr double rounding = 1e-6;  // Metres.

std::optional<std::string> site_mistake(const Site& site) {
  if (const auto mistake = area_id_mistake(site.id)) return "the id " + *mistake;
  if (!is_position(site.at))
    return fmt::format(
        "stands at latitude {}, longitude {}, which is no place; give its WGS84 degrees, or leave it out",
        site.at.latitude, site.at.longitude);
  return {};
}

}  // namespace

struct Sites::Index {
  std::vector<Site> sites;
  Tree tree;
};

Result<Sites> Sites::make(std::vector<Site> sites) {
  std::map<std::string_view, std::size_t> seen;
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const auto error = [&](std::string_view what) {
      return Error(ErrorCode::invalid, fmt::format("{}: {}", indexed_name("sites", i, sites[i].id), what));
    };
    if (const auto mistake = site_mistake(sites[i])) return error(*mistake);
    if (const auto [known, fresh] = seen.emplace(sites[i].id, i); !fresh)
      return error(fmt::format("sites[{}] has this id too; give each its own", known->second));
    entries.emplace_back(point(sites[i].at), static_cast<std::uint32_t>(i));
  }
  return Sites(std::make_shared<Index>(Index{std::move(sites), Tree(entries)}));
}

std::vector<NearSite> Sites::nearest(Coordinates at, const NearQuery& query) const {
  std::vector<NearSite> found;
  if (!is_position(at) || query.count == 0 || index_->sites.empty()) return found;
  const auto& tree = index_->tree;
  const auto nearer_first = geometry::index::nearest(point(at), static_cast<unsigned>(tree.size()));
  for (auto entry = tree.qbegin(nearer_first); entry != tree.qend(); ++entry) {
    const auto& site = index_->sites[entry->second];
    const double metres = metres_between(at, site.at);
    // One past the last may still be as near as it: the first by its id is to be told.
    if (metres > query.metres_max + rounding) break;
    if (found.size() >= query.count && metres > found[query.count - 1].metres + rounding) break;
    if (metres > query.metres_max || (query.accept && !query.accept(site.id))) continue;
    const NearSite one{site.id, metres};
    const auto order = [](const NearSite& near) { return std::tuple(near.metres, near.id); };
    found.insert(std::ranges::upper_bound(found, order(one), {}, order), one);
  }
  found.resize(std::min(found.size(), query.count));
  return found;
}

std::size_t Sites::size() const noexcept { return index_->sites.size(); }

}  // namespace pavior::city::inline v0
