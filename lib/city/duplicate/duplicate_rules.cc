#include "city/duplicate/duplicate_rules.h"

#include <algorithm>

namespace pavior::city::inline v0 {
namespace {

constexpr std::size_t candidates_usual = 5;

// docs/duplicates.md names the sources: a city's rule of 150 feet and 3 hours.
DuplicateRule usual_rule() {
  DuplicateRule rule;
  rule.action = v1::DuplicateRule::SUGGEST;
  rule.match = v1::DuplicateRule::SAME_MINOR;
  rule.same_reporter = v1::DuplicateRule::WEIGHED;
  rule.metres = 45.72;
  rule.window = std::chrono::hours(3);
  rule.merge_score_min = 0.9;
  rule.weights.set_near(3);
  rule.weights.set_recent(1);
  rule.weights.set_category(1);
  rule.weights.set_title(2);
  rule.weights.set_description(2);
  rule.weights.set_address(1);
  rule.weights.set_reporter(1);
  return rule;
}

/// What `data` leaves out is as `base` has it.
DuplicateRule resolved(const v1::DuplicateRule& data, DuplicateRule base) {
  if (data.action() != v1::DuplicateRule::ACTION_UNSPECIFIED) base.action = data.action();
  if (data.match() != v1::DuplicateRule::MATCH_UNSPECIFIED) base.match = data.match();
  if (data.same_reporter() != v1::DuplicateRule::SAME_REPORTER_UNSPECIFIED) base.same_reporter = data.same_reporter();
  if (data.has_metres()) base.metres = data.metres();
  if (data.has_window()) base.window = window_of(data.window());
  if (data.has_text_min()) base.text_min = data.text_min();
  if (data.has_address_min()) base.address_min = data.address_min();
  if (data.has_score_min()) base.score_min = data.score_min();
  if (data.has_merge_score_min()) base.merge_score_min = data.merge_score_min();
  if (data.has_weights()) base.weights = data.weights();
  return base;
}

}  // namespace

std::chrono::microseconds window_of(const v1::Limit& window) {
  if (window.unit() == v1::UNIT_HOUR) return std::chrono::hours(window.amount());
  return std::chrono::minutes(window.amount());
}

DuplicateRulebook::DuplicateRulebook(const Policy& policy)
    : policy_(policy), empty_(!policy.data().has_duplicates()), standard_(usual_rule()) {
  const auto& rules = policy.data().duplicates();
  version_.set_id(policy.data().id());
  version_.set_version(policy.data().version());
  candidates_max_ = rules.candidates_max() == 0 ? candidates_usual : rules.candidates_max();
  if (rules.stages().empty()) std::fill(open_.begin() + v1::STAGE_REPORTED, open_.begin() + v1::STAGE_CLOSED, true);
  for (const int stage : rules.stages()) open_[static_cast<std::size_t>(stage)] = true;
  if (empty_) return;

  standard_ = resolved(rules.standard(), usual_rule());
  window_max_ = standard_.window;
  std::map<std::string_view, const v1::DuplicateRule*> given;
  for (const auto& category : rules.categories()) given.emplace(category.category(), &category.rule());
  const auto add = [&](const std::string& category, const DuplicateRule& base) {
    const auto found = given.find(category);
    const auto rule = found == given.end() ? base : resolved(*found->second, base);
    window_max_ = std::max(window_max_, rule.window);
    return by_category_.emplace(category, rule).first->second;
  };
  for (const auto& major : policy.data().majors()) {
    const auto rule = add(major.code(), standard_);
    for (const auto& minor : major.minors()) add(minor.code(), rule);
  }
  // A catalogue without categories leaves them open, and may have rules for some.
  for (const auto& category : rules.categories()) add(category.category(), standard_);
}

const DuplicateRule& DuplicateRulebook::rule(std::string_view category) const {
  const auto found = by_category_.find(category);
  return found == by_category_.end() ? standard_ : found->second;
}

std::string_view DuplicateRulebook::major(std::string_view category) const {
  const auto* major = policy_.major_of(category);
  return major == nullptr ? std::string_view() : std::string_view(major->code());
}

bool DuplicateRulebook::same_major(std::string_view one, std::string_view other) const {
  return one == other || (!major(one).empty() && major(one) == major(other));
}

std::optional<Place> DuplicateRulebook::place(const std::optional<v1::Position>& position) const {
  if (!position) return std::nullopt;
  const auto place = place_of(*position);
  if (!place) return std::nullopt;
  const auto& rules = policy_.data().duplicates();
  const auto& area = rules.area();
  if (rules.has_area() && (place->latitude < area.south() || place->latitude > area.north() ||
                           place->longitude < area.west() || place->longitude > area.east()))
    return std::nullopt;
  const bool says_nothing = std::ranges::any_of(rules.no_places(), [&](const v1::Position& none) {
    return none.latitude() == place->latitude && none.longitude() == place->longitude;
  });
  return says_nothing ? std::nullopt : place;
}

}  // namespace pavior::city::inline v0
