#include "city/duplicate/alert_samples.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

constexpr int readings_max = 64;  // Of an alert, and of a storm.
constexpr std::int64_t year_9999_micros = 253'402'300'800'000'000;

Error invalid(std::string_view field, std::string_view what) {
  return {ErrorCode::invalid, fmt::format("{}: {}", field, what)};
}

Result<void> check_readings(const v1::Alert& alert) {
  if (alert.readings_size() > readings_max)
    return invalid("readings",
                   fmt::format("are {}; send {} with one alert at most", alert.readings_size(), readings_max));
  std::set<std::string_view> names;
  for (int i = 0; i < alert.readings_size(); ++i) {
    const auto& reading = alert.readings(i);
    const auto path = fmt::format("readings[{}]", i);
    if (reading.name().empty()) return invalid(path + ".name", "is missing; say what was read");
    if (!names.insert(reading.name()).second)
      return invalid(path + ".name", fmt::format("{} is there already; send one of the two", reading.name()));
    if (!std::isfinite(reading.value())) return invalid(path + ".value", "is no number; leave the reading out");
  }
  return {};
}

void add_reading(v1::AlertCase& storm, const v1::Reading& reading, bool is_latest) {
  auto& ranges = *storm.mutable_readings();
  auto range = std::ranges::find(ranges, reading.name(), &v1::ReadingRange::name);
  if (range == ranges.end()) {
    if (ranges.size() == readings_max) return;
    auto& added = *ranges.Add();
    added.set_name(reading.name());
    added.set_unit(reading.unit());
    added.set_count(1);
    added.set_least(reading.value());
    added.set_most(reading.value());
    added.set_last(reading.value());
    for (int i = ranges.size() - 1; i > 0 && ranges[i].name() < ranges[i - 1].name(); --i)
      ranges.SwapElements(i, i - 1);
    return;
  }
  range->set_count(range->count() + 1);
  range->set_least(std::min(range->least(), reading.value()));
  range->set_most(std::max(range->most(), reading.value()));
  if (is_latest) range->set_last(reading.value());
}

}  // namespace

Result<void> check_alert(const v1::Alert& alert) {
  if (alert.sensor().empty()) return invalid("sensor", "is missing; name the sensor");
  if (alert.scenario().empty()) return invalid("scenario", "is missing; write what is sensed, as \"ice\"");
  if (alert.at() < 0 || alert.at() >= year_9999_micros)
    return invalid("at", "is no time from 1970 to 9999; write microseconds since 1970");
  return check_readings(alert);
}

void add_sample(v1::AlertCase& storm, const v1::Alert& alert) {
  const bool is_first = storm.samples() == 0;
  if (is_first) storm.set_scenario(alert.scenario());
  const bool is_latest = is_first || alert.at() >= storm.last();
  storm.set_first(is_first ? alert.at() : std::min(storm.first(), alert.at()));
  if (is_latest) storm.set_last(alert.at());
  storm.set_samples(storm.samples() + 1);
  for (const auto& reading : alert.readings()) add_reading(storm, reading, is_latest);
}

}  // namespace pavior::city::inline v0
