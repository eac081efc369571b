#include <algorithm>

#include "city/organisation/grid_paths.h"
#include "city/organisation/organisation_check.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

constexpr std::ptrdiff_t levels_max = 8;

Mistake grid_type_mistake(const v1::GridType& type) {
  if (auto mistake = text_mistake("text", type.text())) return mistake;
  if (type.households_max() != 0 && type.households_max() < type.households_min())
    return DataMistake{"households_max", fmt::format("is {}, less than households_min, {}", type.households_max(),
                                                     type.households_min())};
  return {};
}

Mistake grid_types_mistake(const v1::Organisation& data, Names& names) {
  for (int i = 0; i < data.grid_types_size(); ++i) {
    const auto path = fmt::format("grid_types[{}]", i);
    if (auto mistake = names.add(path + ".name", data.grid_types(i).name())) return mistake;
    if (auto mistake = within(path, grid_type_mistake(data.grid_types(i)))) return mistake;
  }
  return {};
}

Mistake path_mistake(const std::string& path) {
  const bool empty_level = path.starts_with('/') || path.ends_with('/') || path.find("//") != std::string::npos;
  if (empty_level || std::ranges::count(path, '/') >= levels_max)
    return DataMistake{"path", fmt::format("\"{}\" is no path; write up to {} levels with a slash between two, as "
                                           "\"3411/05/002\"",
                                           path, levels_max)};
  return {};
}

Mistake households_mistake(const v1::Grid& grid, const v1::GridType& type) {
  const auto count = grid.households();
  if (type.households_min() <= count && (type.households_max() == 0 || count <= type.households_max())) return {};
  const auto wanted = type.households_max() == 0
                          ? fmt::format("{} or more", type.households_min())
                          : fmt::format("{} to {}", type.households_min(), type.households_max());
  return DataMistake{"households", fmt::format("a grid of type {} has {} of them, not {}; mend the number, divide the "
                                               "grid or give it another type",
                                               type.name(), wanted, count)};
}

Mistake grid_mistake(const v1::Organisation& data, const v1::Grid& grid, const OrganisationNames& names) {
  if (auto mistake = path_mistake(grid.path())) return mistake;
  if (auto mistake = text_mistake("name", grid.name())) return mistake;
  if (grid.type().empty()) return {};
  if (!names.grid_types.contains(grid.type()))
    return DataMistake{
        "type", fmt::format("there is no grid type \"{}\"; the types are: {}", grid.type(), names.grid_types.some())};
  const auto type = std::ranges::find(data.grid_types(), grid.type(), &v1::GridType::name);
  return households_mistake(grid, *type);
}

}  // namespace

Mistake grids_mistake(const v1::Organisation& data, OrganisationNames& names) {
  if (auto mistake = grid_types_mistake(data, names.grid_types)) return mistake;
  for (int i = 0; i < data.grids_size(); ++i) {
    const auto& grid = data.grids(i);
    const auto path = fmt::format("grids[{}]", i);
    if (auto mistake = names.grids.add(path + ".path", grid.path())) return mistake;
    if (auto mistake = within(path, grid_mistake(data, grid, names))) return mistake;
    for (std::string_view level = grid.path(); !level.empty(); level = level_above(level))
      if (!names.areas.emplace(level).second) break;  // Then those above it are there, too.
  }
  return {};
}

Mistake area_mistake(std::string path, const std::string& area, const OrganisationNames& names) {
  if (names.areas.contains(area)) return {};
  return DataMistake{
      std::move(path),
      fmt::format("there is no grid \"{}\", nor any in it; write the path of one, as: {}", area, names.grids.some())};
}

}  // namespace pavior::city::inline v0
