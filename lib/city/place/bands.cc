#include "city/place/bands.h"

#include <algorithm>
#include <bit>

namespace pavior::city::inline v0 {
namespace {

// More bands make a shorter walk and more copies of edges that run through several.
constexpr std::uint64_t edges_per_band = 4;
constexpr std::uint64_t copies_per_edge_max = 4;

// A part of a ring in a band; parts are sorted by band, and stay in the order of the rings.
struct Part {
  std::uint32_t band = 0;
  std::uint32_t ring = 0;
  std::uint32_t edge = 0;
};

}  // namespace

Bands::Bands(std::span<const MapRing> rings) {
  for (const auto& ring : rings)
    for (const auto& point : ring.points) box_.include(point);
  choose_height(rings);
  fill(rings);
}

void Bands::choose_height(std::span<const MapRing> rings) {
  std::uint64_t edges = 0;
  for (const auto& ring : rings) edges += ring.edges();
  const auto copies = [&] {
    std::uint64_t count = 0;
    for (const auto& ring : rings)
      for (std::size_t i = 0; i < ring.edges(); ++i)
        count += band_of(ring.edge(i).high.y) - band_of(ring.edge(i).low.y) + 1;
    return count;
  };
  while (band_of(box_.high.y) > edges / edges_per_band) ++shift_;
  // Ends, at the latest with a single band.
  while (copies() > copies_per_edge_max * edges) ++shift_;
}

void Bands::fill(std::span<const MapRing> rings) {
  std::vector<Part> parts;
  MapBox outer;
  for (std::uint32_t i = 0; i < rings.size(); ++i) {
    if (!rings[i].hole) outer = rings[i].box();
    for (std::uint32_t j = 0; j < rings[i].edges(); ++j) {
      const auto edge = rings[i].edge(j);
      // What a hole has above or below its ring takes nothing away.
      const auto low = std::max(edge.low.y, outer.low.y), high = std::min(edge.high.y, outer.high.y);
      if (low > high) continue;
      for (auto band = band_of(low); band <= band_of(high); ++band)
        parts.push_back({static_cast<std::uint32_t>(band), i, j});
    }
  }
  std::ranges::stable_sort(parts, {}, &Part::band);

  edges_.reserve(parts.size());
  const Part* before = nullptr;
  for (const auto& part : parts) {
    while (bands_.size() <= part.band) bands_.push_back(static_cast<std::uint32_t>(strips_.size()));
    const auto edge = rings[part.ring].edge(part.edge);
    if (before == nullptr || before->band != part.band || before->ring != part.ring)
      strips_.push_back(
          {edge.low.x, edge.low.x, static_cast<std::uint32_t>(edges_.size()), 0, rings[part.ring].polygon});
    before = &part;
    edges_.push_back(edge);
    auto& strip = strips_.back();
    strip.edges_end = static_cast<std::uint32_t>(edges_.size());
    strip.west = std::min({strip.west, edge.low.x, edge.high.x});
    strip.east = std::max({strip.east, edge.low.x, edge.high.x});
  }
  while (bands_.size() <= band_of(box_.high.y) + 1) bands_.push_back(static_cast<std::uint32_t>(strips_.size()));
  strips_.shrink_to_fit();
}

}  // namespace pavior::city::inline v0
