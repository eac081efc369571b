#include "city/publishing/own_calendars.h"

#include <map>
#include <utility>
#include <variant>

#include "city/calendar/calendar_rules.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

v1::CalendarVersion version_of(const Calendar& calendar) {
  v1::CalendarVersion version;
  version.set_id(calendar.id());
  version.set_version(calendar.version());
  return version;
}

}  // namespace

Mistake add_calendars(const OwnCalendars& own, Calendars& all) {
  std::map<std::pair<std::string, std::uint32_t>, int> seen;
  for (int i = 0; i < own.size(); ++i) {
    const auto& given = own[i];
    const auto path = fmt::format("calendars[{}]", i);
    auto checked = check_calendar(given);
    if (auto* mistake = std::get_if<DataMistake>(&checked)) return within(path, std::move(*mistake));
    const auto [known, fresh] = seen.emplace(std::pair(given.id(), given.version()), i);
    if (!fresh)
      return DataMistake{path + ".version", fmt::format("version {} of {} is in calendars[{}] already; keep one of "
                                                        "the two",
                                                        given.version(), given.id(), known->second)};
    auto calendar = Calendar::make(given);
    if (!calendar) return DataMistake{path, calendar.error().message()};
    const auto there = all.version(version_of(*calendar));
    if (there && *there != *calendar)
      return DataMistake{path + ".version", fmt::format("version {} of {} is there already with other content; a "
                                                        "version never changes, so give this one the next number",
                                                        given.version(), given.id())};
    if (!there) (void)all.add(*std::move(calendar));
  }
  return {};
}

Calendars united_calendars(const OwnCalendars& own, Calendars all) {
  (void)add_calendars(own, all);
  return all;
}

Result<void> unite(Calendars& all, Calendar calendar) {
  const auto there = all.version(version_of(calendar));
  if (!there) return all.add(std::move(calendar));
  if (*there == calendar) return {};
  return Error(ErrorCode::conflict,
               fmt::format("version {} of the calendar {} is there already with other content; a version never "
                           "changes, so give the new one the next number",
                           calendar.version(), calendar.id()));
}

Result<std::vector<Calendar>> made_calendars(const OwnCalendars& own) {
  std::vector<Calendar> all;
  for (const auto& data : own) {
    auto calendar = Calendar::make(data);
    if (!calendar) return std::move(calendar).error();
    all.push_back(*std::move(calendar));
  }
  return all;
}

}  // namespace pavior::city::inline v0
