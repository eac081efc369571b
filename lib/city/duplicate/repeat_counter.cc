#include <algorithm>
#include <utility>

#include "city/duplicate/cells.h"
#include "city/duplicate/duplicate_rules.h"
#include "city/duplicate/repeat_window.h"
#include "core/check.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

CellNet net_of(const v1::RepeatRule& rule) { return CellNet(rule_cell_metres(rule.metres())); }

v1::RepeatRule::Split split_of(const v1::RepeatRule& rule) {
  if (rule.split() != v1::RepeatRule::SPLIT_UNSPECIFIED) return rule.split();
  return rule.by() == v1::RepeatRule::REPORTER ? v1::RepeatRule::TOGETHER : v1::RepeatRule::EACH_MINOR;
}

/// The length keeps two pairs apart whatever their texts have in them.
std::string key_of(std::string_view category, const std::string& subject) {
  return category.empty() ? subject : fmt::format("{}:{}|{}", category.size(), category, subject);
}

}  // namespace

struct RepeatCounter::Rules {
  explicit Rules(const Policy& policy) : book(policy), repeats(policy.data().repeats()) {}

  DuplicateRulebook book;
  v1::RepeatRules repeats;

  const v1::RepeatRule* rule(std::string_view id) const {
    const auto found = std::ranges::find(repeats.rules(), id, &v1::RepeatRule::id);
    return found == repeats.rules().end() ? nullptr : &*found;
  }

  bool counts(const v1::RepeatRule& rule, const RepeatReport& report) const {
    if (report.reporter.empty() && !rule.anonymous()) return false;
    return rule.categories().empty() || std::ranges::any_of(rule.categories(), [&](const std::string& category) {
             return category == report.category || category == book.major(report.category);
           });
  }

  /// Who or what is counted; empty if it is not known.
  std::string subject(const v1::RepeatRule& rule, const RepeatReport& report) const {
    if (rule.by() == v1::RepeatRule::REPORTER) return std::string(report.reporter);
    if (rule.by() == v1::RepeatRule::GRID) return std::string(report.grid);
    const auto place = book.place(report.position);
    if (!place) return {};
    const auto cell = net_of(rule).cell(*place);
    return fmt::format("{},{}", cell.row, cell.column);
  }

  std::string_view part(const v1::RepeatRule& rule, std::string_view category) const {
    switch (split_of(rule)) {
      case v1::RepeatRule::TOGETHER: return {};
      case v1::RepeatRule::EACH_MAJOR: return book.major(category).empty() ? category : book.major(category);
      default: return category;
    }
  }
};

RepeatReport repeat_report(std::string_view key, const v1::WorkOrder& order) {
  RepeatReport report;
  report.order = key;
  report.category = order.category();
  report.reporter = order.reporter().id();
  report.grid = order.grid();
  report.position.emplace();
  report.position->set_latitude(order.location().latitude());
  report.position->set_longitude(order.location().longitude());
  report.at = from_micros(order.reported_at());
  return report;
}

RepeatCounter::RepeatCounter(const Policy& policy) : rules_(std::make_shared<const Rules>(policy)) {}
RepeatCounter::~RepeatCounter() = default;
RepeatCounter::RepeatCounter(const RepeatCounter& other) = default;
RepeatCounter& RepeatCounter::operator=(const RepeatCounter& other) = default;

std::vector<v1::RepeatWindow> RepeatCounter::windows(const RepeatReport& report) const {
  std::vector<v1::RepeatWindow> windows;
  for (const auto& rule : rules_->repeats.rules()) {
    if (!rules_->counts(rule, report)) continue;
    const auto subject = rules_->subject(rule, report);
    if (subject.empty()) continue;
    auto& window = windows.emplace_back();
    window.set_rule(rule.id());
    window.set_key(key_of(rules_->part(rule, report.category), subject));
  }
  return windows;
}

std::vector<v1::RepeatWarning> RepeatCounter::count(v1::RepeatWindow& window, const RepeatReport& report) const {
  const auto* rule = rules_->rule(window.rule());
  PAVIOR_CHECK(rule != nullptr, "there is no repeat rule {}", window.rule());
  std::vector<v1::RepeatWarning> warnings;
  for (const auto& level : count_report(window, *rule, report)) warnings.push_back(warning_of(window, *rule, level));
  return warnings;
}

bool RepeatCounter::is_spent(const v1::RepeatWindow& window, Time now) const {
  const auto* rule = rules_->rule(window.rule());
  return rule == nullptr || is_empty(window, *rule, now);
}

}  // namespace pavior::city::inline v0
