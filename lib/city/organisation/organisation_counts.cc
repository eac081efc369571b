#include "pavior/city/organisation_counts.h"

#include <algorithm>
#include <map>
#include <set>

#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

using Appointments = std::vector<const v1::Appointment*>;

/// How many people of each role.
std::map<std::string_view, std::size_t> people_by_role(const Appointments& appointments) {
  std::map<std::string_view, std::set<std::string_view>> people;
  for (const auto* appointment : appointments) people[appointment->role()].insert(appointment->person());
  std::map<std::string_view, std::size_t> counts;
  for (const auto& [role, who] : people) counts.emplace(role, who.size());
  return counts;
}

bool fits(const std::string& wanted, const std::string& kind) {
  return !wanted.empty() && !kind.empty() && (wanted == "*" || wanted == kind);
}

/// Adds the findings of one team, which is that of a grid or of a unit.
class Findings {
 public:
  explicit Findings(const v1::Organisation& data) : data_(data) {}

  void look_at(const v1::Grid& grid, const Appointments& team) {
    look_at({grid.path(), ""}, team, [&](const auto& count) { return fits(count.grid_type(), grid.type()); });
  }
  void look_at(const v1::HandlingUnit& unit, const Appointments& team) {
    look_at({"", unit.id()}, team, [&](const auto& count) { return fits(count.unit_kind(), unit.kind()); });
  }
  [[nodiscard]] std::vector<RoleCountFinding> take() { return std::move(findings_); }

 private:
  struct Place {
    std::string grid;
    std::string unit;
  };
  template <class Fits>
  void look_at(const Place& place, const Appointments& team, const Fits& fits_place) {
    const auto people = people_by_role(team);
    for (const auto& count : data_.role_counts()) {
      if (!fits_place(count)) continue;
      const auto found = people.find(count.role());
      const auto there = found == people.end() ? 0 : found->second;
      if (there >= count.least() && (count.most() == 0 || there <= count.most())) continue;
      findings_.push_back({place.grid, place.unit, count.role(), there, count.least(), count.most()});
    }
  }

  const v1::Organisation& data_;
  std::vector<RoleCountFinding> findings_;
};

}  // namespace

std::vector<RoleCountFinding> role_count_findings(const Organisation& organisation, Date day) {
  Findings findings(organisation.data());
  for (const auto* grid : organisation.grids_in(""))
    findings.look_at(*grid, organisation.appointments({.grid = grid->path(), .day = day}));
  for (const auto& unit : organisation.data().units())
    if (!unit.closed()) findings.look_at(unit, organisation.appointments({.unit = unit.id(), .day = day}));
  return findings.take();
}

std::string text_of(const RoleCountFinding& finding) {
  const auto place = finding.grid.empty() ? "unit " + finding.unit : "grid " + finding.grid;
  const bool few = finding.people < finding.least;
  return fmt::format("{} has {} {}, {} at {}", place, finding.people, finding.role, few ? finding.least : finding.most,
                     few ? "least" : "most");
}

std::vector<StaffCount> staff_counts(const Organisation& organisation, Date day, std::string_view area) {
  Appointments all;
  if (area.empty()) {
    all = organisation.appointments({.day = day});
  } else {
    // Also to levels that are not listed as grids.
    const std::string below = std::string(area) + '/';
    std::ranges::copy_if(organisation.appointments({.day = day}), std::back_inserter(all),
                         [&](const auto* each) { return each->grid() == area || each->grid().starts_with(below); });
  }
  struct People {
    std::set<std::string_view> all;
    std::set<std::string_view> full_time;
    std::set<std::string_view> part_time;
    std::size_t appointments = 0;
  };
  std::map<std::string_view, People> roles;
  for (const auto* appointment : all) {
    auto& people = roles[appointment->role()];
    people.all.insert(appointment->person());
    (appointment->part_time() ? people.part_time : people.full_time).insert(appointment->person());
    ++people.appointments;
  }
  std::vector<StaffCount> counts;
  for (const auto& [role, people] : roles)
    counts.push_back(
        {std::string(role), people.all.size(), people.full_time.size(), people.part_time.size(), people.appointments});
  return counts;
}

}  // namespace pavior::city::inline v0
