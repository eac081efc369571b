#include "city/order/order_clocks.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "city/order/clock_limits.h"
#include "pavior/city/clock.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;
using Changes = std::vector<v1::ClockChange>;

/// After these facts nothing of an order is measured.
constexpr std::array<std::string_view, 5> ends = {"Rejected", "Voided", "ForceClosed", "TransferredOut", "Archived"};

/// Why the clocks of a merged order are paused.
constexpr std::string_view merged_reason = "merged";

bool names(const Names& list, std::string_view fact) { return std::ranges::find(list, fact) != list.end(); }

bool same(const v1::ClockRule& a, const v1::ClockRule& b) { return a.SerializeAsString() == b.SerializeAsString(); }

bool speaks_of(const v1::ClockSpec& spec, std::string_view fact) {
  return names(spec.starts(), fact) || names(spec.stops(), fact) || names(spec.goes_on(), fact) ||
         names(spec.pauses(), fact) || names(spec.resumes(), fact) || names(spec.cancels(), fact) ||
         names(spec.extends(), fact);
}

/// The clocks of a spec that a fact speaks of.
std::vector<std::string> touched(const v1::WorkOrder& order, const v1::ClockSpec& spec, const ClockEvent& event) {
  if (!spec.each()) {
    const auto subject = subject_of(spec.name());
    const bool others = !subject.empty() && !event.subjects.empty() &&
                        std::ranges::find(event.subjects, subject) == event.subjects.end();
    return others ? std::vector<std::string>() : std::vector{spec.name()};
  }
  std::vector<std::string> all;
  for (const std::string& subject : event.subjects) all.push_back(spec.name() + '/' + subject);
  if (!all.empty()) return all;
  if (spec.by_condition() && event.condition != nullptr && names(spec.starts(), event.fact)) {
    // What is done stays done when the order is dispatched again.
    for (const auto& milestone : event.condition->milestones())
      if (!names(order.milestones(), milestone.name())) all.push_back(spec.name() + '/' + milestone.name());
    return all;
  }
  for (const v1::Clock& clock : order.clocks())
    if (clock.name().starts_with(spec.name() + '/') && is_open(clock)) all.push_back(clock.name());
  return all;
}

/// What a fact does to one clock.
class OneClock {
 public:
  OneClock(const v1::WorkOrder& order, const ClockSource& source, const v1::ClockSpec& spec, std::string name,
           const ClockEvent& event, Time now)
      : order_(order),
        spec_(spec),
        calendars_(source.calendars),
        name_(std::move(name)),
        event_(event),
        now_(now),
        clock_(find_clock(order, name_)) {}

  Result<void> add_to(Changes& changes) const {
    const bool runs = clock_ != nullptr && clock_->phase() == v1::Clock::RUNNING;
    const bool paused = clock_ != nullptr && clock_->phase() == v1::Clock::PAUSED;
    const bool open = runs || paused;
    const auto change = [&]() -> std::optional<Result<v1::ClockChange>> {
      if (open && names(spec_.stops(), event_.fact)) return view().stop(now_);
      if (open && names(spec_.cancels(), event_.fact)) return view().cancel(now_, reason());
      if (runs && names(spec_.pauses(), event_.fact)) return view().pause(now_, reason());
      if (paused && names(spec_.resumes(), event_.fact)) return view().resume(now_);
      if (clock_ != nullptr && !open && names(spec_.goes_on(), event_.fact)) return go_on();
      if (runs && names(spec_.extends(), event_.fact)) return extend();
      if (!open && names(spec_.starts(), event_.fact)) return spec_.shares().empty() ? start() : share();
      return std::nullopt;
    }();
    return add(change, changes);
  }

  /// By the time that the order's new class gives it.
  Result<void> recompute(Changes& changes) const {
    auto rule = rule_for(spec_, name_, event_);
    if (clock_ == nullptr || !is_open(*clock_) || !rule) return {};
    if (!spec_.extends().empty()) rule = extended(*rule, order_.extensions());
    if (same(*rule, clock_->rule())) return {};
    return add(view().recompute(now_, *rule, reason()), changes);
  }

 private:
  using Change = std::optional<Result<v1::ClockChange>>;

  static Result<void> add(Change change, Changes& changes) {
    if (!change) return {};
    if (!*change) return std::move(*change).error();
    changes.push_back(**std::move(change));
    return {};
  }

  [[nodiscard]] std::uint32_t next_instance() const { return clock_ == nullptr ? 1 : clock_->instance() + 1; }

  [[nodiscard]] Change start() const {
    const auto rule = rule_for(spec_, name_, event_);
    if (!rule) return std::nullopt;
    return ClockView::start(name_, next_instance(), *rule, spec_.calendar(), calendars_, now_);
  }

  /// Also from a clock that was cancelled, as by closing the order by force.
  [[nodiscard]] Change go_on() const {
    v1::Clock ended = *clock_;
    ended.set_phase(v1::Clock::STOPPED);
    return ClockView(ended, calendars_).go_on(now_, reason());
  }

  /// As a next instance of the clock that it shares, under its own name and with its own ladder.
  [[nodiscard]] Change share() const {
    const v1::Clock* shared = find_clock(order_, spec_.shares());
    if (shared == nullptr || shared->phase() != v1::Clock::RUNNING) return std::nullopt;
    v1::Clock source = *shared;
    source.set_name(name_);
    source.set_instance(next_instance() - 1);
    source.set_phase(v1::Clock::STOPPED);
    source.set_ended_at(to_micros(now_));
    *source.mutable_rule()->mutable_thresholds() = spec_.ladder();
    return ClockView(source, calendars_).go_on(now_, reason());
  }

  [[nodiscard]] Change extend() const {
    const auto rule = rule_for(spec_, name_, event_);
    if (!rule) return std::nullopt;
    return view().recompute(now_, extended(*rule, order_.extensions() + 1), reason());
  }

  [[nodiscard]] ClockView view() const { return {*clock_, calendars_}; }
  [[nodiscard]] std::string_view reason() const { return event_.reason.empty() ? event_.fact : event_.reason; }

  const v1::WorkOrder& order_;
  const v1::ClockSpec& spec_;
  const Calendars& calendars_;
  std::string name_;
  const ClockEvent& event_;
  Time now_;
  const v1::Clock* clock_;
};

/// Does the same to every open clock that no change speaks of yet; also to clocks that the plan does not know any more.
Result<void> change_open(const v1::WorkOrder& order, Changes& changes,
                         const std::function<std::optional<Result<v1::ClockChange>>(const v1::Clock&)>& change) {
  for (const v1::Clock& clock : order.clocks()) {
    if (!is_open(clock) || std::ranges::find(changes, clock.name(), &v1::ClockChange::clock) != changes.end()) continue;
    auto made = change(clock);
    if (!made) continue;
    if (!*made) return std::move(*made).error();
    changes.push_back(**std::move(made));
  }
  return {};
}

/// What every clock does when the order ends, or is away.
Result<void> change_all(const v1::WorkOrder& order, const ClockSource& source, const ClockEvent& event, Time now,
                        Changes& changes) {
  using Change = std::optional<Result<v1::ClockChange>>;
  const auto view = [&](const v1::Clock& clock) { return ClockView(clock, source.calendars); };
  if (std::ranges::find(ends, event.fact) != ends.end())
    return change_open(order, changes, [&](const auto& clock) { return Change(view(clock).cancel(now, event.fact)); });
  if (event.fact == "MergedInto")
    return change_open(order, changes, [&](const auto& clock) {
      return clock.phase() == v1::Clock::RUNNING ? Change(view(clock).pause(now, merged_reason)) : Change();
    });
  if (event.fact == "Unmerged")
    return change_open(order, changes, [&](const auto& clock) {
      const bool waits = clock.phase() == v1::Clock::PAUSED && clock.pauses().rbegin()->reason() == merged_reason;
      return waits ? Change(view(clock).resume(now)) : Change();
    });
  return {};
}

/// A clock that shares the time of another one pauses and ends with it, and has its limit whatever becomes of that.
std::optional<Result<v1::ClockChange>> follow(const v1::Clock& clock, const v1::ClockChange& shared,
                                              const Calendars& calendars, Time now) {
  const ClockView view(clock, calendars);
  const bool runs = clock.phase() == v1::Clock::RUNNING;
  switch (shared.what_case()) {
    case v1::ClockChange::kPaused:
      return runs ? std::optional(view.pause(now, shared.paused().reason())) : std::nullopt;
    case v1::ClockChange::kResumed: return runs ? std::nullopt : std::optional(view.resume(now));
    case v1::ClockChange::kStopped: return view.stop(now);
    case v1::ClockChange::kCancelled: return view.cancel(now, shared.cancelled().reason());
    case v1::ClockChange::kRecomputed: {
      v1::ClockRule rule = clock.rule();
      *rule.mutable_limit() = shared.recomputed().rule().limit();
      return view.recompute(now, rule, shared.recomputed().reason());
    }
    default: return std::nullopt;
  }
}

Result<void> change_shares(const v1::WorkOrder& order, const ClockSource& source, Time now, Changes& changes) {
  for (const v1::ClockSpec& spec : source.plan.clocks()) {
    const auto shared = std::ranges::find(changes, spec.shares(), &v1::ClockChange::clock);
    if (spec.shares().empty() || shared == changes.end()) continue;
    const v1::ClockChange change = *shared;  // `changes` grows.
    auto followed = change_open(order, changes, [&](const v1::Clock& clock) {
      return is_of(clock, spec) ? follow(clock, change, source.calendars, now) : std::nullopt;
    });
    if (!followed) return followed;
  }
  return {};
}

std::string timer_of(const v1::Clock& clock) { return "clock " + clock.name(); }

}  // namespace

Result<Changes> clock_changes(const v1::WorkOrder& order, const ClockSource& source, const ClockEvent& event,
                              Time now) {
  Changes changes;
  for (const v1::ClockSpec& spec : source.plan.clocks()) {
    const bool spoken_of = speaks_of(spec, event.fact);
    if (!spoken_of && !event.new_class) continue;
    for (std::string& name : touched(order, spec, event)) {
      const OneClock clock(order, source, spec, std::move(name), event, now);
      const std::size_t before = changes.size();
      if (spoken_of)
        if (auto added = clock.add_to(changes); !added) return std::move(added).error();
      if (!event.new_class || changes.size() != before) continue;
      if (auto added = clock.recompute(changes); !added) return std::move(added).error();
    }
  }
  if (auto changed = change_all(order, source, event, now, changes); !changed) return std::move(changed).error();
  if (auto changed = change_shares(order, source, now, changes); !changed) return std::move(changed).error();
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
  return std::ranges::any_of(order.clocks(), [&](const v1::Clock& clock) {
    if (clock.phase() != v1::Clock::RUNNING || to_micros(now) <= clock.course().due()) return false;
    return std::ranges::any_of(plan.data().clocks(), [&](const v1::ClockSpec& spec) {
      return names(spec.pauses(), fact) && is_of(clock, spec);
    });
  });
}

bool may_extend(const v1::WorkOrder& order, const ClockPlan& plan, Time now) {
  bool found = false;
  for (const v1::ClockSpec& spec : plan.data().clocks()) {
    if (spec.extends().empty()) continue;
    for (const v1::Clock& clock : order.clocks()) {
      if (!is_of(clock, spec) || clock.phase() != v1::Clock::RUNNING) continue;
      if (to_micros(now) > clock.course().due()) return false;
      found = true;
    }
  }
  return found;
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
