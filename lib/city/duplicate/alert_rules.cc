#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "city/duplicate/cells.h"
#include "city/duplicate/duplicate_rules.h"
#include "fmt/format.h"
#include "pavior/city/alerts.h"

namespace pavior::city::inline v0 {
namespace {

constexpr double cell_metres_usual = 200;
constexpr int readings_max = 64;
constexpr std::int64_t year_9999_micros = 253'402'300'800'000'000;

/// Of alerts that no rule fits.
v1::AlertRule usual_rule() {
  v1::AlertRule rule;
  rule.set_lasting(v1::AlertRule::UNTIL_ENDED);
  return rule;
}

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

Result<void> check_alert(const v1::Alert& alert) {
  if (alert.sensor().empty()) return invalid("sensor", "is missing; name the sensor");
  if (alert.scenario().empty()) return invalid("scenario", "is missing; write what is sensed, as \"ice\"");
  if (alert.at() < 0 || alert.at() >= year_9999_micros)
    return invalid("at", "is no time from 1970 to 9999; write microseconds since 1970");
  return check_readings(alert);
}

void add_reading(v1::AlertCase& storm, const v1::Reading& reading, bool is_latest) {
  auto& ranges = *storm.mutable_readings();
  auto range = std::ranges::find(ranges, reading.name(), &v1::ReadingRange::name);
  if (range == ranges.end()) {
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

void add_sample(v1::AlertCase& storm, const v1::Alert& alert) {
  const bool is_first = storm.samples() == 0;
  const bool is_latest = is_first || alert.at() >= storm.last();
  storm.set_first(is_first ? alert.at() : std::min(storm.first(), alert.at()));
  if (is_latest) storm.set_last(alert.at());
  storm.set_samples(storm.samples() + 1);
  for (const auto& reading : alert.readings()) add_reading(storm, reading, is_latest);
}

/// Alerts that come late belong to a storm if they are no farther before it than one may be after it.
bool belongs(const v1::AlertCase& storm, const v1::AlertRule& rule, std::int64_t at) {
  if (storm.samples() == 0 || storm.ended()) return false;
  if (rule.lasting() == v1::AlertRule::UNTIL_ENDED) return true;
  const auto window = window_of(rule.window()).count();
  if (at < storm.first()) return storm.first() - at < window;
  return at - (rule.lasting() == v1::AlertRule::FIXED ? storm.first() : storm.last()) < window;
}

}  // namespace

struct AlertRulebook::Rules {
  explicit Rules(const Policy& policy) : book(policy), alerts(policy.data().duplicates().alerts()) {}

  DuplicateRulebook book;
  v1::AlertRules alerts;
  v1::AlertRule usual = usual_rule();

  const v1::AlertRule& rule(std::string_view scenario) const {
    const auto fits = [&](const v1::AlertRule& rule) {
      return rule.scenarios().empty() || std::ranges::find(rule.scenarios(), scenario) != rule.scenarios().end();
    };
    const auto found = std::ranges::find_if(alerts.rules(), fits);
    return found == alerts.rules().end() ? usual : *found;
  }

  /// A sensor that does not say where it is stands for itself.
  std::string subject(const v1::AlertRule& rule, const v1::Alert& alert) const {
    const auto place = alert.has_position() ? book.place(alert.position()) : std::nullopt;
    if (rule.by() != v1::AlertRule::PLACE || !place) return "sensor " + alert.sensor();
    const auto cell = CellNet(rule.metres() == 0 ? cell_metres_usual : rule.metres()).cell(*place);
    return fmt::format("cell {},{}", cell.row, cell.column);
  }
};

AlertRulebook::AlertRulebook(const Policy& policy) : rules_(std::make_shared<const Rules>(policy)) {}
AlertRulebook::~AlertRulebook() = default;
AlertRulebook::AlertRulebook(const AlertRulebook& other) = default;
AlertRulebook& AlertRulebook::operator=(const AlertRulebook& other) = default;

Result<v1::AlertCase> AlertRulebook::storm(const v1::Alert& alert) const {
  if (auto checked = check_alert(alert); !checked) return std::move(checked).error();
  const auto& rule = rules_->rule(alert.scenario());
  v1::AlertCase storm;
  storm.set_rule(rule.id());
  storm.set_key(fmt::format("{}:{}|{}", alert.scenario().size(), alert.scenario(), rules_->subject(rule, alert)));
  storm.set_scenario(alert.scenario());
  return storm;
}

Result<FoldedAlert> AlertRulebook::fold(v1::AlertCase last, const v1::Alert& alert) const {
  auto fresh = storm(alert);
  if (!fresh) return std::move(fresh).error();
  FoldedAlert folded;
  folded.opens = !belongs(last, rules_->rule(alert.scenario()), alert.at());
  folded.storm = folded.opens ? *std::move(fresh) : std::move(last);
  if (folded.opens) folded.storm.set_order(fmt::format("alert {} {}", folded.storm.key(), alert.at()));
  add_sample(folded.storm, alert);
  return folded;
}

}  // namespace pavior::city::inline v0
