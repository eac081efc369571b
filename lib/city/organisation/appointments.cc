// Who is what, where and when; and who is on duty.
#include <algorithm>
#include <string>

#include "city/organisation/organisation_index.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

bool fits(const AppointedTerm& term, const AppointmentsOf& asked) {
  const auto& appointment = *term.appointment;
  const auto is = [](std::string_view wanted, const std::string& value) { return wanted.empty() || wanted == value; };
  return is(asked.person, appointment.person()) && is(asked.role, appointment.role()) &&
         is(asked.unit, appointment.unit()) && is(asked.team, appointment.team()) &&
         is(asked.grid, appointment.grid()) && (!asked.day || (term.from <= *asked.day && *asked.day <= term.to)) &&
         (!asked.of_the_city || (appointment.unit().empty() && appointment.grid().empty()));
}

void add_once(std::vector<std::string_view>& people, std::string_view person) {
  if (std::ranges::find(people, person) == people.end()) people.push_back(person);
}

}  // namespace

std::vector<const v1::Appointment*> Organisation::appointments(const AppointmentsOf& asked) const {
  std::vector<const v1::Appointment*> found;
  const auto take = [&](const AppointedTerm& term) {
    if (fits(term, asked)) found.push_back(term.appointment);
  };
  const auto take_all = [&](const std::vector<const AppointedTerm*>& terms) {
    for (const AppointedTerm* term : terms) take(*term);
  };
  if (!asked.person.empty())
    take_all(found_in(index_->terms_of_person, asked.person));
  else if (!asked.grid.empty())
    take_all(found_in(index_->terms_of_grid, asked.grid));
  else if (!asked.unit.empty())
    take_all(found_in(index_->terms_of_unit, asked.unit));
  else if (!asked.role.empty())
    take_all(found_in(index_->terms_of_role, asked.role));
  else
    for (const AppointedTerm& term : index_->terms) take(term);
  return found;
}

Result<Duty> Organisation::duty(std::string_view unit_id, Time at) const {
  const auto* asked = unit(unit_id);
  if (asked == nullptr) return Error(ErrorCode::not_found, fmt::format("there is no unit {}", unit_id));
  if (asked->closed()) return Duty();
  const Shifts* shifts = nullptr;
  for (const auto* above = asked; above != nullptr; above = unit(above->parent()))
    if (shifts = &found_in(index_->shifts_of_unit, above->id()); shifts->roster() != nullptr) break;
  Duty duty{false, shifts->roster(), {}};
  if (duty.roster == nullptr) return duty;
  const auto running = shifts->running(at);
  if (!running) return running.error();
  duty.on = running->office_hours || !running->shifts.empty();
  const auto ring_up = [&](const google::protobuf::RepeatedPtrField<std::string>& own) {
    for (const auto& person : own.empty() ? duty.roster->people() : own) add_once(duty.people, person);
    if (!own.empty() || !duty.roster->people().empty()) return;
    for (const auto* member : appointments({.unit = unit_id, .day = day_of(at)}))
      add_once(duty.people, member->person());
  };
  for (const auto* shift : running->shifts) ring_up(shift->people());
  if (running->office_hours) ring_up({});
  return duty;
}

Result<bool> Organisation::on_duty(std::string_view person_id, Time at) const {
  if (person(person_id) == nullptr) return Error(ErrorCode::not_found, fmt::format("there is no person {}", person_id));
  std::vector<std::string_view> units = found_in(index_->units_that_ring_up, person_id);
  for (const auto* appointment : appointments({.person = person_id, .day = day_of(at)}))
    if (!appointment->unit().empty()) add_once(units, appointment->unit());
  std::optional<Error> unknown;
  for (const auto unit_id : units) {
    auto asked = duty(unit_id, at);
    if (!asked)
      unknown = std::move(asked).error();
    else if (std::ranges::find(asked->people, person_id) != asked->people.end())
      return true;
  }
  if (unknown) return *std::move(unknown);
  return false;
}

}  // namespace pavior::city::inline v0
