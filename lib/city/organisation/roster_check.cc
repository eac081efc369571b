#include <chrono>
#include <optional>

#include "city/calendar/calendar_rules.h"
#include "city/organisation/organisation_check.h"
#include "core/text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

Mistake people_on_call_mistake(const Texts& people, const OrganisationNames& names) {
  if (auto mistake = list_mistake("people", people, "a person")) return mistake;
  for (int i = 0; i < people.size(); ++i)
    if (auto mistake = person_mistake(fmt::format("people[{}]", i), people[i], names)) return mistake;
  return {};
}

Mistake times_mistake(const v1::Shift& shift) {
  constexpr std::chrono::minutes midnight = std::chrono::hours(24);
  const auto from = parse_time(shift.from());
  if (!from || *from == midnight)
    return DataMistake{"from",
                       fmt::format("\"{}\" is no time of a day; write it as \"17:30\"", printable(shift.from()))};
  if (!parse_time(shift.to()))
    return DataMistake{
        "to", fmt::format("\"{}\" is no time of a day; write it as \"08:30\", until \"24:00\"", printable(shift.to()))};
  return {};
}

Mistake days_mistake(const v1::Shift& shift, bool has_calendar) {
  for (int i = 0; i < shift.weekdays_size(); ++i)
    if (!v1::Calendar::Weekday_IsValid(shift.weekdays(i)) || shift.weekdays(i) == v1::Calendar::WEEKDAY_UNSPECIFIED)
      return DataMistake{fmt::format("weekdays[{}]", i), "is no weekday; write MONDAY, TUESDAY ..."};
  if (!v1::Shift::Days_IsValid(shift.days())) return DataMistake{"days", "use WORKING or RESTING, or leave it out"};
  if (shift.days() != v1::Shift::DAYS_UNSPECIFIED && !has_calendar)
    return DataMistake{"days", "needs a calendar that says which days work; give the roster one"};
  for (int i = 0; i < shift.dates_size(); ++i)
    if (!parse_date(shift.dates(i)))
      return DataMistake{fmt::format("dates[{}]", i),
                         fmt::format("\"{}\" is no date from {} to {}; write it as \"2024-05-01\"",
                                     printable(shift.dates(i)), calendar_year_min, calendar_year_max)};
  return {};
}

Mistake shift_mistake(const v1::Shift& shift, bool has_calendar, const OrganisationNames& names) {
  if (auto mistake = days_mistake(shift, has_calendar)) return mistake;
  if (auto mistake = times_mistake(shift)) return mistake;
  return people_on_call_mistake(shift.people(), names);
}

/// One wall clock for the shifts and for the days of the calendar.
Mistake calendar_mistake(const std::string& id, const std::string& zone, const Calendars* calendars) {
  if (id.empty() || calendars == nullptr) return {};
  const auto calendar = calendars->newest(id);
  if (!calendar)
    return DataMistake{"calendar",
                       fmt::format("the calendar {} is not loaded; bring it, or name another one", printable(id))};
  if (calendar->zone() == zone) return {};
  return DataMistake{"calendar", fmt::format("{} counts by the wall clock of {}, and the organisation by that of {}; "
                                             "they must be one",
                                             id, calendar->zone(), zone.empty() ? "none" : zone)};
}

Mistake roster_mistake(const v1::Organisation& data, const v1::Roster& roster, const OrganisationNames& names,
                       const Calendars* calendars) {
  if (auto mistake = calendar_mistake(roster.calendar(), data.zone(), calendars)) return mistake;
  if (roster.calendar().empty() && roster.shifts().empty())
    return DataMistake{"shifts",
                       "is empty, and there is no calendar, so nobody is ever on duty; give it one of the two"};
  for (int i = 0; i < roster.shifts_size(); ++i)
    if (auto mistake = shift_mistake(roster.shifts(i), !roster.calendar().empty(), names))
      return within(fmt::format("shifts[{}]", i), std::move(mistake));
  return people_on_call_mistake(roster.people(), names);
}

}  // namespace

Mistake rosters_mistake(const v1::Organisation& data, const OrganisationNames& names, const Calendars* calendars) {
  Names units("a roster");
  if (!data.rosters().empty() && data.zone().empty())
    return DataMistake{"zone", "is missing; it is that of the times in rosters, e.g. \"Asia/Shanghai\""};
  for (int i = 0; i < data.rosters_size(); ++i) {
    const auto& roster = data.rosters(i);
    const auto path = fmt::format("rosters[{}]", i);
    if (auto mistake = unit_mistake(path + ".unit", roster.unit(), names)) return mistake;
    if (auto mistake = units.add(path + ".unit", roster.unit())) return mistake;
    if (auto mistake = within(path, roster_mistake(data, roster, names, calendars))) return mistake;
  }
  return {};
}

}  // namespace pavior::city::inline v0
