#include "city/calendar/zone.h"

#include <date/tz.h>

#include <exception>

namespace pavior::city::inline v0 {

using std::chrono::seconds;

std::optional<Zone> Zone::of(const std::string& name) {
  try {
    return Zone(date::locate_zone(name));
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

WallTime Zone::wall(Time instant) const {
  const auto info = data_->get_info(date::floor<seconds>(instant));
  return WallTime(instant.time_since_epoch() + info.offset);
}

Time Zone::instant(WallTime wall) const {
  const auto info =
      data_->get_info(date::floor<seconds>(date::local_time<std::chrono::microseconds>(wall.time_since_epoch())));
  if (info.result == date::local_info::nonexistent) return info.second.begin;
  return Time(wall.time_since_epoch() - info.first.offset);
}

}  // namespace pavior::city::inline v0
