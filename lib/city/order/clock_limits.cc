#include "city/order/clock_limits.h"

#include "city/order/order_view.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

/// That of the order's filing condition, or of the milestone that the clock is about.
const v1::Limit* limit_of_condition(const v1::ClockSpec& spec, std::string_view name, const ClockEvent& event) {
  if (!spec.by_condition() || event.condition == nullptr) return nullptr;
  // What turned out to be a major hazard has the time of one.
  if (event.grade == v1::GRADE_MAJOR_HAZARD && event.condition->grade() != v1::GRADE_MAJOR_HAZARD) return nullptr;
  const auto subject = subject_of(name);
  if (subject.empty()) return event.condition->has_limit() ? &event.condition->limit() : nullptr;
  const auto& milestones = event.condition->milestones();
  const auto found = std::ranges::find_if(milestones, [&](const auto& one) { return one.name() == subject; });
  return found == milestones.end() ? nullptr : &found->limit();
}

}  // namespace

std::string_view subject_of(std::string_view name) {
  const auto slash = name.find('/');
  return slash == std::string_view::npos ? std::string_view() : name.substr(slash + 1);
}

bool is_of(const v1::Clock& clock, const v1::ClockSpec& spec) {
  return spec.each() ? clock.name().starts_with(spec.name() + '/') : clock.name() == spec.name();
}

std::optional<v1::ClockRule> rule_for(const v1::ClockSpec& spec, std::string_view clock, const ClockEvent& event) {
  if (clock == callback_clock && !event.has_reporter) return std::nullopt;
  v1::ClockRule rule;
  *rule.mutable_thresholds() = spec.ladder();
  if (const v1::Limit* limit = limit_of_condition(spec, clock, event)) {
    *rule.mutable_limit() = *limit;
    for (const v1::ClockLimit& fitting : spec.limits())
      if (!fitting.ladder().empty() && fitting.limit().unit() == limit->unit() &&
          fits(fitting.categories(), event.category) && fits(fitting.grades(), event.grade)) {
        *rule.mutable_thresholds() = fitting.ladder();
        break;
      }
    return rule;
  }
  for (const v1::ClockLimit& limit : spec.limits()) {
    if (!fits(limit.categories(), event.category) || !fits(limit.grades(), event.grade)) continue;
    *rule.mutable_limit() = limit.limit();
    if (!limit.ladder().empty()) *rule.mutable_thresholds() = limit.ladder();
    return rule;
  }
  return std::nullopt;
}

v1::ClockRule extended(v1::ClockRule rule, std::uint32_t extensions) {
  rule.mutable_limit()->set_amount(rule.limit().amount() * (1 + std::int64_t{extensions}));
  return rule;
}

}  // namespace pavior::city::inline v0::lifecycle
