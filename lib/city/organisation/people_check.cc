#include <string>
#include <unordered_map>

#include "city/calendar/calendar_rules.h"
#include "city/organisation/organisation_check.h"
#include "core/text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

/// Reads it into `date`; an empty one leaves it as it is.
Mistake day_mistake(std::string path, const std::string& text, Date& date) {
  if (text.empty()) return {};
  const auto parsed = parse_date(text);
  if (!parsed)
    return DataMistake{std::move(path), fmt::format("\"{}\" is no date from {} to {}; write it as \"2024-05-01\"",
                                                    printable(text), calendar_year_min, calendar_year_max)};
  date = *parsed;
  return {};
}

Mistake term_mistake(const v1::Appointment& appointment) {
  Date from = Date::min();
  Date to = Date::max();
  if (auto mistake = day_mistake("from", appointment.from(), from)) return mistake;
  if (auto mistake = day_mistake("to", appointment.to(), to)) return mistake;
  if (from <= to) return {};
  return DataMistake{"to", fmt::format("{} lies before `from`, {}", appointment.to(), appointment.from())};
}

Mistake place_mistake(const v1::Appointment& appointment, const OrganisationNames& names) {
  if (!appointment.unit().empty() && !appointment.grid().empty())
    return DataMistake{"grid", "an appointment is to a unit or to a grid; make two of it"};
  if (!appointment.unit().empty())
    if (auto mistake = unit_mistake("unit", appointment.unit(), names)) return mistake;
  if (!appointment.grid().empty())
    if (auto mistake = area_mistake("grid", appointment.grid(), names)) return mistake;
  if (appointment.team().empty()) return {};
  if (appointment.unit().empty())
    return DataMistake{"team", "a team is one of a unit; name that, or leave the team out"};
  return name_mistake("team", appointment.team(), "a team");
}

Mistake appointment_mistake(const v1::Organisation& data, const v1::Appointment& appointment,
                            const OrganisationNames& names) {
  if (auto mistake = person_mistake("person", appointment.person(), names)) return mistake;
  if (auto mistake = name_mistake("role", appointment.role(), "an appointment")) return mistake;
  if (appointment.role().find('@') != std::string::npos)
    return DataMistake{"role", fmt::format("\"{}\" has a place in it; name that as unit or grid", appointment.role())};
  if (auto mistake = place_mistake(appointment, names)) return mistake;
  if (auto mistake = term_mistake(appointment)) return mistake;
  if (appointment.training().empty() && needs_training(data, appointment.role()))
    return DataMistake{"training", fmt::format("is missing; nobody is appointed {} without a record of the training",
                                               appointment.role())};
  if (auto mistake = text_mistake("training", appointment.training())) return mistake;
  return territory_mistake(appointment.territory());
}

}  // namespace

Mistake people_mistake(const v1::Organisation& data, OrganisationNames& names) {
  for (int i = 0; i < data.people_size(); ++i) {
    const auto path = fmt::format("people[{}]", i);
    if (auto mistake = names.people.add(path + ".id", data.people(i).id())) return mistake;
    if (auto mistake = within(path, list_mistake("skills", data.people(i).skills(), "a skill"))) return mistake;
  }
  return {};
}

Mistake appointments_mistake(const v1::Organisation& data, const OrganisationNames& names) {
  std::unordered_map<std::string, int> seen;
  for (int i = 0; i < data.appointments_size(); ++i) {
    const auto& appointment = data.appointments(i);
    const auto path = fmt::format("appointments[{}]", i);
    if (auto mistake = within(path, appointment_mistake(data, appointment, names))) return mistake;
    if (data.zone().empty() && (!appointment.from().empty() || !appointment.to().empty()))
      return DataMistake{"zone", fmt::format("is missing; it is that of the days in {}, e.g. \"Asia/Shanghai\"", path)};
    const auto [known, fresh] = seen.emplace(appointment.SerializeAsString(), i);
    if (!fresh) return DataMistake{path, fmt::format("is appointments[{}] again; leave one out", known->second)};
  }
  return {};
}

Mistake person_mistake(std::string path, const std::string& person, const OrganisationNames& names) {
  if (names.people.contains(person)) return {};
  return DataMistake{std::move(path),
                     fmt::format("there is no person \"{}\" among the people; add one, or write the id "
                                 "of one, as: {}",
                                 printable(person), names.people.some())};
}

}  // namespace pavior::city::inline v0
