#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "city/whatif/passing.h"
#include "fmt/format.h"
#include "pavior/city/derive_dispatch.h"

namespace pavior::city::inline v0 {
namespace {

/// How often orders went to which unit.
struct Tally {
  std::map<std::string, std::uint64_t> units;
  std::uint64_t orders = 0;

  void add(const std::string& unit) {
    ++units[unit];
    ++orders;
  }
  /// Not empty.
  [[nodiscard]] const std::pair<const std::string, std::uint64_t>& most() const {
    return *std::ranges::max_element(units, {}, [](const auto& unit) { return unit.second; });
  }
};

struct Seen {
  Tally all;
  std::map<std::string, Tally> grids;
};

void add_row(const std::string& category, const std::string& grid, const Tally& tally, v1::DecisionTable& table) {
  const auto& [unit, orders] = tally.most();
  v1::DispatchRow& row = *table.add_rows();
  row.set_id(grid.empty() ? category : category + " in " + grid);
  row.set_text(fmt::format("{} of {} orders", orders, tally.orders));
  row.mutable_when()->add_categories(category);
  if (!grid.empty()) row.mutable_when()->add_grids(grid);
  row.mutable_then()->set_unit(unit);
  row.mutable_then()->set_reason(fmt::format("{} of {} such orders went there", orders, tally.orders));
}

}  // namespace

Result<DerivedDispatch> derive_dispatch(const Engine& engine, const Policy& policy, const DeriveOptions& options) {
  std::set<std::string> majors;
  for (const auto& major : policy.data().majors()) majors.insert(major.code());
  std::map<std::pair<bool, std::string>, Seen> categories;  // By whether a major has the code, too, and the code.
  std::set<std::string> units;
  DerivedDispatch derived;
  auto visited = whatif::visit_orders(engine, [&](const whatif::Passing& passing) {
    if (!passing.begins_round() || passing.time < options.from || passing.time >= options.to) return;
    const std::string& unit = passing.after.lead();
    const std::string& category = passing.after.category();
    Seen& seen = categories[{majors.contains(category), category}];
    seen.all.add(unit);
    if (!passing.after.grid().empty()) seen.grids[passing.after.grid()].add(unit);
    units.insert(unit);
    ++derived.dispatches;
  });
  if (!visited) return std::move(visited).error();
  v1::DecisionTable& table = *derived.rules.add_tables();
  table.set_id("derived");
  table.set_hit(v1::DecisionTable::FIRST);
  for (const auto& [code, seen] : categories) {
    const std::string& category = code.second;
    if (policy.category(category) == nullptr) {
      derived.unknown.push_back(category);
      continue;
    }
    std::uint64_t elsewhere = 0;  // Orders of grids with a row, at the category's unit.
    const std::string& usual = seen.all.most().first;
    for (const auto& [grid, tally] : seen.grids) {
      const auto& [unit, orders] = tally.most();
      const double share = static_cast<double>(orders) / static_cast<double>(tally.orders);
      if (unit == usual || tally.orders < options.grid_orders_min || share < options.grid_share_min) continue;
      add_row(category, grid, tally, table);
      derived.named += orders;
      const auto at_usual = tally.units.find(usual);
      if (at_usual != tally.units.end()) elsewhere += at_usual->second;
    }
    add_row(category, {}, seen.all, table);
    derived.named += seen.all.most().second - elsewhere;
  }
  derived.units.assign(units.begin(), units.end());
  return derived;
}

}  // namespace pavior::city::inline v0
