#include "city/organisation/organisation_check.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "city/policy/effective.h"
#include "city/publishing/own_calendars.h"
#include "fmt/format.h"
#include "pavior/city/work_orders.h"

namespace pavior::city::inline v0 {
namespace {

/// That it fits something, and says something.
Mistake role_count_mistake(const v1::RoleCount& count, const Names& grid_types, const Names& kinds) {
  if (auto mistake = name_mistake("role", count.role(), "a count")) return mistake;
  if (count.grid_type().empty() == count.unit_kind().empty())
    return DataMistake{"grid_type",
                       "a count is of grids or of units; give it a grid_type or a unit_kind, and not both"};
  if (const auto& type = count.grid_type(); !type.empty() && type != "*" && !grid_types.contains(type))
    return DataMistake{"grid_type", fmt::format("there is no grid type \"{}\"; write \"*\" for any, or one of: {}",
                                                type, grid_types.some())};
  if (const auto& kind = count.unit_kind(); !kind.empty() && kind != "*" && !kinds.contains(kind))
    return DataMistake{"unit_kind", fmt::format("no unit is of the kind \"{}\"; write \"*\" for any, or one of: {}",
                                                kind, kinds.some())};
  if (count.most() != 0 && count.most() < count.least())
    return DataMistake{"most", fmt::format("is {}, less than the least, {}", count.most(), count.least())};
  return {};
}

Mistake role_counts_mistake(const v1::Organisation& data, const OrganisationNames& names) {
  Names kinds("a kind");
  for (const auto& unit : data.units())
    if (!unit.kind().empty()) (void)kinds.add("", unit.kind());
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (int i = 0; i < data.role_counts_size(); ++i) {
    const auto& count = data.role_counts(i);
    const auto path = fmt::format("role_counts[{}]", i);
    if (auto mistake = within(path, role_count_mistake(count, names.grid_types, kinds))) return mistake;
    if (!seen.emplace(count.role(), count.grid_type(), count.unit_kind()).second)
      return DataMistake{path, fmt::format("{} is counted for these already; keep one of the two", count.role())};
  }
  return {};
}

}  // namespace

Mistake organisation_mistake(const v1::Organisation& data, const Calendars* host) {
  OrganisationNames names;
  Calendars calendars = host == nullptr ? Calendars() : *host;
  if (auto mistake = head_mistake(data, "an organisation")) return mistake;
  if (auto mistake = grids_mistake(data, names)) return mistake;
  if (auto mistake = units_mistake(data, names)) return mistake;
  if (auto mistake = people_mistake(data, names)) return mistake;
  if (auto mistake = list_mistake("trained_roles", data.trained_roles(), "a role")) return mistake;
  if (auto mistake = appointments_mistake(data, names)) return mistake;
  if (auto mistake = joint_groups_mistake(data, names)) return mistake;
  if (auto mistake = add_calendars(data.calendars(), calendars)) return mistake;
  if (auto mistake = rosters_mistake(data, names, host == nullptr ? nullptr : &calendars)) return mistake;
  return role_counts_mistake(data, names);
}

bool needs_training(const v1::Organisation& data, std::string_view role) {
  if (data.trained_roles().empty()) return role == roles::observer;
  return std::ranges::find(data.trained_roles(), role) != data.trained_roles().end();
}

}  // namespace pavior::city::inline v0
