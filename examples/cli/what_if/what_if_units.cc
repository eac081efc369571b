#include "what_if/what_if_units.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace pavior::cli {

std::vector<UnitBefore> units_of(const city::WhatIf& answer, std::size_t count_max) {
  std::map<std::string, UnitBefore> by_name;
  for (const auto& [unit, figures] : answer.recorded.units) by_name[unit].recorded = figures;
  for (const auto& [unit, figures] : answer.proposed.units) by_name[unit].proposed = figures;
  std::vector<UnitBefore> units;
  for (auto& [name, unit] : by_name) {
    if (unit.recorded.orders + unit.proposed.orders == 0) continue;
    unit.unit = name;
    units.push_back(std::move(unit));
  }
  std::ranges::stable_sort(units, std::greater<>(),
                           [](const UnitBefore& unit) { return std::max(unit.recorded.orders, unit.proposed.orders); });
  units.resize(std::min(units.size(), count_max));
  return units;
}

double percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace pavior::cli
