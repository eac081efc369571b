/// \file
/// How many people an organisation has, and where it has too few or too many.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/city/organisation.h"
#include "pavior/export.h"

namespace pavior::city::inline v0 {

/// A grid or unit whose team is not as a `RoleCount` wants it.
struct RoleCountFinding {
  std::string grid;  ///< Its path; or
  std::string unit;  ///< its id.
  std::string role;
  std::size_t people = 0;
  std::uint32_t least = 0;
  std::uint32_t most = 0;  ///< 0: any number.

  friend bool operator==(const RoleCountFinding&, const RoleCountFinding&) = default;
};

/// All there are on a day, in the order of the grids, then of the units, and of each in the order of the counts. A
/// person who is appointed twice counts once; closed units are not asked.
[[nodiscard]] PAVIOR_EXPORT std::vector<RoleCountFinding> role_count_findings(const Organisation& organisation,
                                                                              Date day);

/// `grid 3411/05/002 has 0 grid_leader, 1 at least`.
[[nodiscard]] PAVIOR_EXPORT std::string text_of(const RoleCountFinding& finding);

/// People of one role. Who is both, here full-time and there part-time, counts in each of the two and once in `people`.
struct StaffCount {
  std::string role;
  std::size_t people = 0;
  std::size_t full_time = 0;
  std::size_t part_time = 0;
  std::size_t appointments = 0;

  friend bool operator==(const StaffCount&, const StaffCount&) = default;
};

/// On a day, by role in alphabetical order. With an `area`, of the grids in it alone: "3411/05" has what its communities
/// have, and a person with grids in two of them counts in each and once above. Cost: that of all appointments.
[[nodiscard]] PAVIOR_EXPORT std::vector<StaffCount> staff_counts(const Organisation& organisation, Date day,
                                                                 std::string_view area = {});

}  // namespace pavior::city::inline v0
