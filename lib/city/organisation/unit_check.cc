#include <unordered_map>

#include "city/organisation/organisation_check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

constexpr int unit_levels_max = 16;

using Units = std::unordered_map<std::string_view, const v1::HandlingUnit*>;

/// REQUIRES: all parents are there.
Mistake parent_mistake(const v1::HandlingUnit& unit, const Units& units) {
  int levels = 0;
  for (const auto* above = &unit; !above->parent().empty(); above = units.at(above->parent())) {
    if (above->parent() == unit.id())
      return DataMistake{"parent", fmt::format("{} would be above itself; name the unit that is really above it, or "
                                               "none",
                                               unit.id())};
    if (++levels >= unit_levels_max)
      return DataMistake{"parent", fmt::format("has {} levels or more above it, or a ring of them; {} are enough",
                                               levels, unit_levels_max)};
  }
  return {};
}

Mistake grids_of_unit_mistake(const v1::HandlingUnit& unit, const OrganisationNames& names) {
  if (auto mistake = list_mistake("grids", unit.grids(), "a grid")) return mistake;
  for (int i = 0; i < unit.grids_size(); ++i)
    if (auto mistake = area_mistake(fmt::format("grids[{}]", i), unit.grids(i), names)) return mistake;
  return {};
}

Mistake fields_mistake(const v1::HandlingUnit& unit, const OrganisationNames& names) {
  if (auto mistake = text_mistake("name", unit.name())) return mistake;
  if (!unit.kind().empty())
    if (auto mistake = name_mistake("kind", unit.kind(), "a unit")) return mistake;
  if (auto mistake = grids_of_unit_mistake(unit, names)) return mistake;
  if (auto mistake = list_mistake("duties", unit.duties(), "a duty")) return mistake;
  if (auto mistake = list_mistake("skills", unit.skills(), "a skill")) return mistake;
  if (unit.has_position())
    if (auto mistake = within("position", position_mistake(unit.position()))) return mistake;
  return territory_mistake(unit.territory());
}

/// Whose responsibility grids are.
Mistake responsibility_mistake(const v1::Organisation& data, const OrganisationNames& names, const Units& units) {
  for (int i = 0; i < data.grids_size(); ++i) {
    const auto& unit = data.grids(i).unit();
    if (unit.empty()) continue;
    auto path = fmt::format("grids[{}].unit", i);
    if (auto mistake = unit_mistake(path, unit, names)) return mistake;
    if (units.at(unit)->closed())
      return DataMistake{std::move(path), fmt::format("{} is closed; name the unit that does its work now", unit)};
  }
  return {};
}

Mistake joint_group_mistake(const v1::JointGroup& group, const OrganisationNames& names) {
  if (auto mistake = text_mistake("name", group.name())) return mistake;
  if (!group.lead().empty())
    if (auto mistake = unit_mistake("lead", group.lead(), names)) return mistake;
  if (auto mistake = list_mistake("members", group.members(), "a member")) return mistake;
  for (int i = 0; i < group.members_size(); ++i)
    if (auto mistake = unit_mistake(fmt::format("members[{}]", i), group.members(i), names)) return mistake;
  const bool lead_alone = group.members_size() == 1 && (group.lead().empty() || group.lead() == group.members(0));
  if (group.members().empty() || lead_alone)
    return DataMistake{"members", "are fewer than two units, which need no group; name who else belongs to it"};
  return list_mistake("duties", group.duties(), "a duty");
}

}  // namespace

Mistake units_mistake(const v1::Organisation& data, OrganisationNames& names) {
  Units units;
  for (int i = 0; i < data.units_size(); ++i) {
    const auto& unit = data.units(i);
    const auto path = fmt::format("units[{}]", i);
    if (auto mistake = names.units.add(path + ".id", unit.id())) return mistake;
    if (auto mistake = within(path, fields_mistake(unit, names))) return mistake;
    units.emplace(unit.id(), &unit);
  }
  for (int i = 0; i < data.units_size(); ++i)
    if (const auto& unit = data.units(i); !unit.parent().empty())
      if (auto mistake = unit_mistake(fmt::format("units[{}].parent", i), unit.parent(), names)) return mistake;
  for (int i = 0; i < data.units_size(); ++i)
    if (auto mistake = within(fmt::format("units[{}]", i), parent_mistake(data.units(i), units))) return mistake;
  return responsibility_mistake(data, names, units);
}

Mistake joint_groups_mistake(const v1::Organisation& data, const OrganisationNames& names) {
  Names groups("a joint group");
  for (int i = 0; i < data.joint_groups_size(); ++i) {
    const auto path = fmt::format("joint_groups[{}]", i);
    if (auto mistake = groups.add(path + ".id", data.joint_groups(i).id())) return mistake;
    if (auto mistake = within(path, joint_group_mistake(data.joint_groups(i), names))) return mistake;
  }
  return {};
}

Mistake unit_mistake(std::string path, const std::string& unit, const OrganisationNames& names) {
  if (names.units.contains(unit)) return {};
  return DataMistake{std::move(path),
                     fmt::format("there is no unit \"{}\"; write the id of one, as: {}", unit, names.units.some())};
}

}  // namespace pavior::city::inline v0
