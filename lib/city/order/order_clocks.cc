#include "city/order/order_clocks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "pavior/city/clock.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;
using Changes = std::vector<v1::ClockChange>;

/// After these facts nothing of an order is measured.
constexpr std::array<std::string_view, 3> ends = {"Rejected", "MergedInto", "Voided"};

bool names(const Names& list, std::string_view fact) { return std::ranges::find(list, fact) != list.end(); }

template <class List, class T>
bool fits(const List& list, const T& value) {
  return list.empty() || std::ranges::find(list, value) != list.end();
}

/// What the first limit that fits asks of the clock.
std::optional<v1::ClockRule> rule_for(const v1::ClockSpec& spec, const ClockEvent& event) {
  for (const v1::ClockLimit& limit : spec.limits()) {
    if (!fits(limit.categories(), event.category) || !fits(limit.grades(), event.grade)) continue;
    v1::ClockRule rule;
    *rule.mutable_limit() = limit.limit();
    *rule.mutable_thresholds() = limit.ladder().empty() ? spec.ladder() : limit.ladder();
    return rule;
  }
  return std::nullopt;
}

bool same(const v1::ClockRule& a, const v1::ClockRule& b) { return a.SerializeAsString() == b.SerializeAsString(); }

/// The clocks of a spec that a fact speaks of.
std::vector<std::string> touched(const v1::WorkOrder& order, const v1::ClockSpec& spec, std::string_view subject) {
  if (!spec.each()) {
    const auto slash = spec.name().find('/');
    const bool others = slash != std::string::npos && !subject.empty() && spec.name().substr(slash + 1) != subject;
    return others ? std::vector<std::string>() : std::vector{spec.name()};
  }
  if (!subject.empty()) return {spec.name() + '/' + std::string(subject)};
  std::vector<std::string> all;
  for (const v1::Clock& clock : order.clocks())
    if (clock.name().starts_with(spec.name() + '/') && is_open(clock)) all.push_back(clock.name());
  return all;
}

/// What a fact does to one clock.
class OneClock {
 public:
  OneClock(const v1::WorkOrder& order, const ClockPlan& plan, const v1::ClockSpec& spec, std::string name,
           const ClockEvent& event, Time now)
      : spec_(spec), plan_(plan), name_(std::move(name)), event_(event), now_(now), clock_(find_clock(order, name_)) {}

  Result<void> add_to(Changes& changes) const {
    const bool runs = clock_ != nullptr && clock_->phase() == v1::Clock::RUNNING;
    const bool paused = clock_ != nullptr && clock_->phase() == v1::Clock::PAUSED;
    const bool stopped = clock_ != nullptr && clock_->phase() == v1::Clock::STOPPED;
    const bool open = runs || paused;
    const auto change = [&]() -> std::optional<Result<v1::ClockChange>> {
      if (open && names(spec_.stops(), event_.fact)) return view().stop(now_);
      if (open && names(spec_.cancels(), event_.fact)) return view().cancel(now_, reason());
      if (runs && names(spec_.pauses(), event_.fact)) return view().pause(now_, reason());
      if (paused && names(spec_.resumes(), event_.fact)) return view().resume(now_);
      if (stopped && names(spec_.goes_on(), event_.fact)) return view().go_on(now_, reason());
      const auto rule = rule_for(spec_, event_);
      if (!rule) return std::nullopt;
      if (!open && names(spec_.starts(), event_.fact))
        return ClockView::start(name_, clock_ == nullptr ? 1 : clock_->instance() + 1, *rule, spec_.calendar(),
                                plan_.calendars(), now_);
      return std::nullopt;
    }();
    return add(change, changes);
  }

  /// By the time that the order's new class gives it.
  Result<void> recompute(Changes& changes) const {
    const auto rule = rule_for(spec_, event_);
    if (clock_ == nullptr || !is_open(*clock_) || !rule || same(*rule, clock_->rule())) return {};
    return add(view().recompute(now_, *rule, reason()), changes);
  }

 private:
  static Result<void> add(std::optional<Result<v1::ClockChange>> change, Changes& changes) {
    if (!change) return {};
    if (!*change) return std::move(*change).error();
    changes.push_back(**std::move(change));
    return {};
  }

  [[nodiscard]] ClockView view() const { return {*clock_, plan_.calendars()}; }
  [[nodiscard]] std::string_view reason() const { return event_.reason.empty() ? event_.fact : event_.reason; }

  const v1::ClockSpec& spec_;
  const ClockPlan& plan_;
  std::string name_;
  const ClockEvent& event_;
  Time now_;
  const v1::Clock* clock_;
};

/// What is still open when the order ends; also clocks that the plan does not know any more.
Result<void> cancel_open(const v1::WorkOrder& order, const ClockPlan& plan, const ClockEvent& event, Time now,
                         Changes& changes) {
  for (const v1::Clock& clock : order.clocks()) {
    const auto changed = std::ranges::find(changes, clock.name(), &v1::ClockChange::clock);
    if (!is_open(clock) || changed != changes.end()) continue;
    auto change = ClockView(clock, plan.calendars()).cancel(now, event.fact);
    if (!change) return std::move(change).error();
    changes.push_back(*std::move(change));
  }
  return {};
}

std::string timer_of(const v1::Clock& clock) { return "clock " + clock.name(); }

}  // namespace

Result<Changes> clock_changes(const v1::WorkOrder& order, const ClockPlan& plan, const ClockEvent& event, Time now) {
  Changes changes;
  const bool new_class = event.category != order.category() || event.grade != order.grade();
  for (const v1::ClockSpec& spec : plan.data().clocks()) {
    for (std::string& name : touched(order, spec, event.subject)) {
      const OneClock clock(order, plan, spec, std::move(name), event, now);
      const std::size_t before = changes.size();
      if (auto added = clock.add_to(changes); !added) return std::move(added).error();
      if (!new_class || changes.size() != before) continue;
      if (auto added = clock.recompute(changes); !added) return std::move(added).error();
    }
  }
  if (std::ranges::find(ends, event.fact) != ends.end())
    if (auto cancelled = cancel_open(order, plan, event, now, changes); !cancelled) return std::move(cancelled).error();
  return changes;
}

const v1::Clock* find_clock(const v1::WorkOrder& order, std::string_view name) {
  const auto& clocks = order.clocks();
  const auto last =
      std::find_if(clocks.rbegin(), clocks.rend(), [&](const v1::Clock& clock) { return clock.name() == name; });
  return last == clocks.rend() ? nullptr : &*last;
}

const v1::Clock* find_clock(const v1::WorkOrder& order, std::string_view name, std::uint32_t instance) {
  const auto found = std::ranges::find_if(
      order.clocks(), [&](const v1::Clock& clock) { return clock.instance() == instance && clock.name() == name; });
  return found == order.clocks().end() ? nullptr : &*found;
}

bool late_to_pause(const v1::WorkOrder& order, const ClockPlan& plan, std::string_view fact, Time now) {
  return std::ranges::any_of(plan.data().clocks(), [&](const v1::ClockSpec& spec) {
    if (!names(spec.pauses(), fact)) return false;
    return std::ranges::any_of(touched(order, spec, {}), [&](const std::string& name) {
      const v1::Clock* clock = find_clock(order, name);
      return clock != nullptr && clock->phase() == v1::Clock::RUNNING && to_micros(now) > clock->course().due();
    });
  });
}

void fold_clocks(v1::WorkOrder& order, const ClockChanges& changes) {
  for (const v1::ClockChange& change : changes) {
    const auto found = std::ranges::find_if(*order.mutable_clocks(), [&](const v1::Clock& clock) {
      return clock.instance() == change.instance() && clock.name() == change.clock();
    });
    fold(found == order.mutable_clocks()->end() ? *order.add_clocks() : *found, change);
  }
}

void arm_clocks(const v1::WorkOrder& order, const ClockChanges& changes, Reaction& reaction) {
  for (auto change = changes.begin(); change != changes.end(); ++change) {
    const bool changes_again =
        std::ranges::find(change + 1, changes.end(), change->clock(), &v1::ClockChange::clock) != changes.end();
    const v1::Clock* clock = find_clock(order, change->clock());
    if (changes_again || clock == nullptr || clock->instance() != change->instance()) continue;
    const auto due = rings_at(*clock);
    if (!due) {
      reaction.disarm.push_back(timer_of(*clock));
      continue;
    }
    v1::RingClock ring;
    ring.set_clock(clock->name());
    ring.set_instance(clock->instance());
    reaction.arm.push_back(make_timer(timer_of(*clock), *due, ring));
  }
}

}  // namespace pavior::city::inline v0::lifecycle
