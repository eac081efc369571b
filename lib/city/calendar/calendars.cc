#include "pavior/city/calendars.h"

#include <iterator>
#include <limits>

#include "fmt/format.h"

namespace pavior::city::inline v0 {

Result<void> Calendars::add(Calendar calendar) {
  std::pair key(calendar.id(), calendar.version());
  if (calendars_.contains(key))
    return Error(ErrorCode::conflict, fmt::format("version {} of the calendar {} is there already; a version never "
                                                  "changes, so give the new one the next number",
                                                  key.second, key.first));
  calendars_.emplace(std::move(key), std::move(calendar));
  return {};
}

Result<Calendar> Calendars::version(const v1::CalendarVersion& wanted) const {
  const auto found = calendars_.find({wanted.id(), wanted.version()});
  if (found != calendars_.end()) return found->second;
  return Error(ErrorCode::not_found,
               fmt::format("version {} of the calendar {} is not loaded", wanted.version(), wanted.id()));
}

Result<Calendar> Calendars::newest(std::string_view id) const {
  const auto after = calendars_.upper_bound({std::string(id), std::numeric_limits<std::uint32_t>::max()});
  if (after != calendars_.begin() && std::prev(after)->first.first == id) return std::prev(after)->second;
  return Error(ErrorCode::not_found, fmt::format("no calendar {} is loaded", id));
}

}  // namespace pavior::city::inline v0
