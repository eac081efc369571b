#include <cmath>

#include "city/organisation/organisation_check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

// Beyond it "along a road" means nothing any more.
constexpr double stretch_metres_max = 1000;

Mistake stretch_mistake(const v1::Stretch& stretch) {
  if (auto mistake = text_mistake("name", stretch.name())) return mistake;
  if (stretch.points_size() < 2)
    return DataMistake{"points", fmt::format("has {}; a stretch leads from one to the next", stretch.points_size())};
  for (int i = 0; i < stretch.points_size(); ++i)
    if (auto mistake = within(fmt::format("points[{}]", i), position_mistake(stretch.points(i)))) return mistake;
  if (!(0 <= stretch.metres() && stretch.metres() <= stretch_metres_max))
    return DataMistake{"metres", fmt::format("is a number from 0 to {}, not {}", stretch_metres_max, stretch.metres())};
  return {};
}

}  // namespace

Mistake position_mistake(const v1::Position& position) {
  // Off the coast of Africa: what a missing position looks like.
  if (position.latitude() == 0 && position.longitude() == 0)
    return DataMistake{"latitude", "is missing, as is the longitude; write e.g. { latitude: 31.82 longitude: 117.31 }"};
  if (!(std::abs(position.latitude()) <= 90))
    return DataMistake{"latitude", fmt::format("is a number of degrees from -90 to 90, not {}", position.latitude())};
  if (!(std::abs(position.longitude()) <= 180))
    return DataMistake{"longitude",
                       fmt::format("is a number of degrees from -180 to 180, not {}", position.longitude())};
  return {};
}

Mistake territory_mistake(const google::protobuf::RepeatedPtrField<v1::Stretch>& territory) {
  for (int i = 0; i < territory.size(); ++i)
    if (auto mistake = within(fmt::format("territory[{}]", i), stretch_mistake(territory[i]))) return mistake;
  return {};
}

}  // namespace pavior::city::inline v0
