#include "support/districts.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "fmt/format.h"

namespace pavior::bench {
namespace {

using city::Area;
using city::Coordinates;

constexpr Coordinates corner{31.6, 117.0};
constexpr double district_degrees = 0.02;
// Of a district: how far crossings, and the points between them, are off a straight plan.
constexpr double crossing_off = 0.2;
constexpr double border_off = 0.05;

using Line = std::vector<Coordinates>;

class Surveyor {
 public:
  explicit Surveyor(const DistrictPlan& plan) : plan_(plan), numbers_(plan.seed) {}

  std::vector<Line> crossings() {
    std::vector<Line> rows(plan_.side + 1, Line(plan_.side + 1));
    for (std::size_t y = 0; y <= plan_.side; ++y)
      for (std::size_t x = 0; x <= plan_.side; ++x)
        rows[y][x] = {corner.latitude + (static_cast<double>(y) + off(crossing_off)) * district_degrees,
                      corner.longitude + (static_cast<double>(x) + off(crossing_off)) * district_degrees};
    return rows;
  }

  Line border(Coordinates from, Coordinates to) {
    Line line{from};
    double bend = 0;
    for (std::size_t i = 1; i < plan_.border_edges; ++i) {
      const double share = static_cast<double>(i) / static_cast<double>(plan_.border_edges);
      bend = 0.8 * bend + off(border_off) * district_degrees;
      const double aside = bend * std::sin(share * std::numbers::pi);
      line.push_back({from.latitude + share * (to.latitude - from.latitude) + aside,
                      from.longitude + share * (to.longitude - from.longitude) + aside});
    }
    line.push_back(to);
    return line;
  }

 private:
  double off(double most) { return std::uniform_real_distribution<double>(-most, most)(numbers_); }

  const DistrictPlan& plan_;
  std::mt19937_64 numbers_;
};

void append(Line& ring, Line border, bool backwards) {
  if (backwards) std::ranges::reverse(border);
  // It begins where the one before ended.
  ring.insert(ring.end(), border.begin() + (ring.empty() ? 0 : 1), border.end());
}

}  // namespace

std::vector<Area> make_districts(const DistrictPlan& plan) {
  Surveyor surveyor(plan);
  const auto crossings = surveyor.crossings();
  std::vector<std::vector<Line>> eastward(plan.side + 1), northward(plan.side + 1);
  for (std::size_t i = 0; i <= plan.side; ++i)
    for (std::size_t j = 0; j < plan.side; ++j) {
      eastward[i].push_back(surveyor.border(crossings[i][j], crossings[i][j + 1]));
      northward[i].push_back(surveyor.border(crossings[j][i], crossings[j + 1][i]));
    }
  std::vector<Area> areas;
  for (std::size_t y = 0; y < plan.side; ++y)
    for (std::size_t x = 0; x < plan.side; ++x) {
      Area::Ring ring;
      append(ring, eastward[y][x], false);
      append(ring, northward[x + 1][y], false);
      append(ring, eastward[y + 1][x], true);
      append(ring, northward[x][y], true);
      areas.push_back({fmt::format("{:03}", y * plan.side + x), "", {{std::move(ring)}}});
    }
  return areas;
}

}  // namespace pavior::bench
