#include <algorithm>
#include <string>
#include <utility>

#include "city/duplicate/alert_samples.h"
#include "city/duplicate/cells.h"
#include "city/duplicate/duplicate_rules.h"
#include "fmt/format.h"
#include "pavior/city/alerts.h"

namespace pavior::city::inline v0 {
namespace {

/// Of alerts that no rule fits.
v1::AlertRule usual_alert_rule() {
  v1::AlertRule rule;
  rule.set_lasting(v1::AlertRule::UNTIL_ENDED);
  return rule;
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
  v1::AlertRule usual = usual_alert_rule();

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
    const auto cell = CellNet(rule_cell_metres(rule.metres())).cell(*place);
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
