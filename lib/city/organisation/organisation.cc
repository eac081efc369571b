#include "pavior/city/organisation.h"

#include <algorithm>
#include <string>

#include "city/calendar/calendar_rules.h"
#include "city/organisation/grid_paths.h"
#include "city/organisation/organisation_check.h"
#include "city/organisation/organisation_index.h"
#include "city/policy/effective.h"
#include "city/publishing/own_calendars.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

Result<v1::Organisation> read_and_check(std::string_view text, const Calendars* host) {
  v1::Organisation organisation;
  auto read =
      read_data(text, "an organisation", organisation, [&] { return organisation_mistake(organisation, host); });
  if (!read) return std::move(read).error();
  return organisation;
}

/// Everybody whom a roster names, once.
std::vector<std::string_view> rung_up(const v1::Roster& roster) {
  std::vector<std::string_view> people(roster.people().begin(), roster.people().end());
  for (const auto& shift : roster.shifts()) people.insert(people.end(), shift.people().begin(), shift.people().end());
  std::ranges::sort(people);
  people.erase(std::unique(people.begin(), people.end()), people.end());
  return people;
}

}  // namespace

Organisation::Index::Index(v1::Organisation organisation, const Calendars& known)
    : data(std::move(organisation)), zone(data.zone().empty() ? std::nullopt : Zone::of(data.zone())) {
  for (const auto& type : data.grid_types()) grid_types.emplace(type.name(), &type);
  for (const auto& grid : data.grids()) grids.emplace(grid.path(), &grid);
  for (const auto& unit : data.units()) {
    units.emplace(unit.id(), &unit);
    units_of_kind[unit.kind()].push_back(&unit);
  }
  for (const auto& person : data.people()) people.emplace(person.id(), &person);
  for (const auto& group : data.joint_groups()) {
    joint_groups.emplace(group.id(), &group);
    for (const auto& member : group.members()) groups_of_unit[member].push_back(&group);
    if (!group.lead().empty() && std::ranges::find(group.members(), group.lead()) == group.members().end())
      groups_of_unit[group.lead()].push_back(&group);
  }
  for (const auto& roster : data.rosters()) {
    shifts_of_unit.emplace(roster.unit(), Shifts(roster, *zone, known));
    for (const auto person : rung_up(roster)) units_that_ring_up[person].push_back(roster.unit());
  }
  index_appointments();
}

void Organisation::Index::index_appointments() {
  terms.reserve(static_cast<std::size_t>(data.appointments_size()));  // So that they stay where they are.
  for (const auto& appointment : data.appointments()) {
    const auto& term =
        terms.emplace_back(AppointedTerm{&appointment, parse_date(appointment.from()).value_or(Date::min()),
                                         parse_date(appointment.to()).value_or(Date::max())});
    terms_of_person[appointment.person()].push_back(&term);
    terms_of_role[appointment.role()].push_back(&term);
    if (!appointment.grid().empty()) terms_of_grid[appointment.grid()].push_back(&term);
    if (!appointment.unit().empty()) terms_of_unit[appointment.unit()].push_back(&term);
  }
}

Result<v1::Organisation> read_organisation(std::string_view text) { return read_and_check(text, nullptr); }

Result<v1::Organisation> read_organisation(std::string_view text, const Calendars& calendars) {
  return read_and_check(text, &calendars);
}

Organisation::Organisation()
    : Organisation(std::make_shared<const Index>(v1::Organisation(), Calendars()), Time::min()) {}

Result<Organisation> Organisation::make(v1::Organisation data, const Calendars& calendars) {
  if (const auto mistake = organisation_mistake(data, &calendars))
    return Error(ErrorCode::invalid, fmt::format("{}: {}", mistake->path, mistake->what));
  const auto known = united_calendars(data.calendars(), calendars);
  const Time from = effective_time({data.zone(), data.effective_from()}).value_or(Time::min());
  return Organisation(std::make_shared<const Index>(std::move(data), known), from);
}

const v1::Organisation& Organisation::data() const noexcept { return index_->data; }

Organisation Organisation::taking_effect(Time from) const { return {index_, from}; }

Date Organisation::day_of(Time instant) const {
  const WallTime wall = index_->zone ? index_->zone->wall(instant) : WallTime(instant.time_since_epoch());
  return std::chrono::floor<std::chrono::days>(wall);
}

const v1::GridType* Organisation::grid_type(std::string_view name) const { return found_in(index_->grid_types, name); }
const v1::Grid* Organisation::grid(std::string_view path) const { return found_in(index_->grids, path); }
const v1::HandlingUnit* Organisation::unit(std::string_view id) const { return found_in(index_->units, id); }
const v1::Person* Organisation::person(std::string_view id) const { return found_in(index_->people, id); }
const v1::JointGroup* Organisation::joint_group(std::string_view id) const {
  return found_in(index_->joint_groups, id);
}

const v1::HandlingUnit* Organisation::responsible_unit(std::string_view grid_path) const {
  for (auto level = grid_path; !level.empty(); level = level_above(level))
    if (const auto* here = grid(level); here != nullptr && !here->unit().empty()) return unit(here->unit());
  return nullptr;
}

std::vector<const v1::Grid*> Organisation::grids_in(std::string_view area) const {
  std::vector<const v1::Grid*> found;
  const auto& grids = index_->grids;
  if (area.empty()) {
    for (const auto& [path, here] : grids) found.push_back(here);
    return found;
  }
  if (const auto* here = grid(area)) found.push_back(here);
  // What is in it stands together, but not right after it: "a b" comes between "a" and "a/b".
  const std::string below = std::string(area) + '/';
  for (auto at = grids.lower_bound(below); at != grids.end() && at->first.starts_with(below); ++at)
    found.push_back(at->second);
  return found;
}

const std::vector<const v1::HandlingUnit*>& Organisation::units_of_kind(std::string_view kind) const {
  return found_in(index_->units_of_kind, kind);
}

const std::vector<const v1::JointGroup*>& Organisation::joint_groups_of(std::string_view unit) const {
  return found_in(index_->groups_of_unit, unit);
}

}  // namespace pavior::city::inline v0
