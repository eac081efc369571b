/// \file
/// Whether an organisation makes sense: the whole of it, and its parts by topic.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "city/policy/check_words.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "pavior/city/calendars.h"
#include "pavior/city/v1/organisation.pb.h"

namespace pavior::city::inline v0 {

/// The first mistake. `host` has the calendars besides the organisation's own; without it those that neither names are
/// not looked for.
[[nodiscard]] Mistake organisation_mistake(const v1::Organisation& data, const Calendars* host);

/// Whether a role is one that nobody is appointed to without a training record.
[[nodiscard]] bool needs_training(const v1::Organisation& data, std::string_view role);

/// Names in an organisation that others refer to.
struct OrganisationNames {
  Names grid_types{"a grid type"};
  Names grids{"a grid"};
  std::unordered_set<std::string> areas;  ///< The grids and every level above them.
  Names units{"a unit"};
  Names people{"a person"};
};

// grid_check.cc
[[nodiscard]] Mistake grids_mistake(const v1::Organisation& data, OrganisationNames& names);
/// Of a place that something names.
[[nodiscard]] Mistake area_mistake(std::string path, const std::string& area, const OrganisationNames& names);

// unit_check.cc
/// That the units which grids name are there, too.
[[nodiscard]] Mistake units_mistake(const v1::Organisation& data, OrganisationNames& names);
[[nodiscard]] Mistake joint_groups_mistake(const v1::Organisation& data, const OrganisationNames& names);
[[nodiscard]] Mistake unit_mistake(std::string path, const std::string& unit, const OrganisationNames& names);

// people_check.cc
[[nodiscard]] Mistake people_mistake(const v1::Organisation& data, OrganisationNames& names);
[[nodiscard]] Mistake appointments_mistake(const v1::Organisation& data, const OrganisationNames& names);
[[nodiscard]] Mistake person_mistake(std::string path, const std::string& person, const OrganisationNames& names);

// roster_check.cc
[[nodiscard]] Mistake rosters_mistake(const v1::Organisation& data, const OrganisationNames& names,
                                      const Calendars* calendars);

// territory_check.cc
[[nodiscard]] Mistake position_mistake(const v1::Position& position);
[[nodiscard]] Mistake territory_mistake(const google::protobuf::RepeatedPtrField<v1::Stretch>& territory);

}  // namespace pavior::city::inline v0
