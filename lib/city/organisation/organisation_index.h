/// \file
/// An organisation's data with ways into them.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "city/calendar/zone.h"
#include "city/organisation/shifts.h"
#include "pavior/city/organisation.h"

namespace pavior::city::inline v0 {

/// An appointment with the days it holds, both included.
struct AppointedTerm {
  const v1::Appointment* appointment = nullptr;
  Date from;
  Date to;
};

template <class Value>
using ByName = std::unordered_map<std::string_view, Value>;

/// Null, or an empty list: there is none.
template <class Map>
[[nodiscard]] auto found_in(const Map& map, std::string_view name) -> const typename Map::mapped_type& {
  static const typename Map::mapped_type nothing{};
  const auto found = map.find(name);
  return found == map.end() ? nothing : found->second;
}

// Points into its own data, which stay where they are.
struct Organisation::Index {
  /// REQUIRES: the data were found sound with `known`, which has the calendars of the data, too.
  Index(v1::Organisation organisation, const Calendars& known);
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  void index_appointments();

  v1::Organisation data;
  std::optional<Zone> zone;
  ByName<const v1::GridType*> grid_types;
  std::map<std::string_view, const v1::Grid*> grids;  ///< In the order of paths.
  ByName<const v1::HandlingUnit*> units;
  ByName<std::vector<const v1::HandlingUnit*>> units_of_kind;
  ByName<const v1::Person*> people;
  ByName<const v1::JointGroup*> joint_groups;
  ByName<std::vector<const v1::JointGroup*>> groups_of_unit;
  std::vector<AppointedTerm> terms;  ///< Of the appointments, in their order.
  ByName<std::vector<const AppointedTerm*>> terms_of_person;
  ByName<std::vector<const AppointedTerm*>> terms_of_grid;
  ByName<std::vector<const AppointedTerm*>> terms_of_unit;
  ByName<std::vector<const AppointedTerm*>> terms_of_role;
  ByName<Shifts> shifts_of_unit;                             ///< By the unit of the roster.
  ByName<std::vector<std::string_view>> units_that_ring_up;  ///< By person: those whose rosters name one.
};

}  // namespace pavior::city::inline v0
