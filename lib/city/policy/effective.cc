#include "city/policy/effective.h"

#include <charconv>
#include <chrono>

#include "city/calendar/calendar_rules.h"
#include "city/calendar/zone.h"
#include "core/text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

// Two digits up to `max`.
std::optional<int> two_digits(std::string_view text, int max) {
  int value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > max) return std::nullopt;
  return value;
}

// "2024-05-01" or "2024-05-01T09:00".
std::optional<WallTime> parse_wall(std::string_view text) {
  const auto date = parse_date(text.substr(0, 10));
  if (!date || text.size() == 10) return date;
  if (text.size() != 16 || text[10] != 'T' || text[13] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(11, 2), 23);
  const auto minute = two_digits(text.substr(14, 2), 59);
  if (!hour || !minute) return std::nullopt;
  return *date + std::chrono::hours(*hour) + std::chrono::minutes(*minute);
}

}  // namespace

Mistake zone_mistake(const std::string& zone) {
  if (zone.empty() || Zone::of(zone)) return {};
  return DataMistake{"zone", fmt::format("there is no time zone \"{}\"; name one as \"Asia/Shanghai\", and see that "
                                         "tzdata is installed",
                                         printable(zone))};
}

Mistake effective_mistake(const WrittenEffect& written) {
  if (auto mistake = zone_mistake(written.zone)) return mistake;
  if (written.from.empty()) return {};
  if (!parse_wall(written.from))
    return DataMistake{"effective_from", fmt::format("\"{}\" is no time from {} to {}; write it as \"2024-05-01\" or "
                                                     "\"2024-05-01T09:00\"",
                                                     printable(written.from), calendar_year_min, calendar_year_max)};
  if (written.zone.empty())
    return DataMistake{"zone", "is missing; it is that of effective_from, e.g. \"Asia/Shanghai\""};
  return {};
}

std::optional<Time> effective_time(const WrittenEffect& written) {
  const auto wall = parse_wall(written.from);
  const auto zone = Zone::of(written.zone);
  if (!wall || !zone) return std::nullopt;
  return zone->instant(*wall);
}

std::string wall_text(Time instant, const std::string& zone) {
  const auto found = Zone::of(zone);
  const WallTime wall = found ? found->wall(instant) : WallTime(instant.time_since_epoch());
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(wall - day));
  return fmt::format("{}T{:02}:{:02}:{:02} {}", date_text(day), time.hours().count(), time.minutes().count(),
                     time.seconds().count(), found ? zone : "UTC");
}

}  // namespace pavior::city::inline v0
