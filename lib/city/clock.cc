#include "pavior/city/clock.h"

#include <algorithm>

#include "city/clock_count.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

using std::chrono::microseconds;
using Change = v1::ClockChange;

Change change_of(std::string_view clock, std::uint32_t instance, Time at) {
  Change change;
  change.set_clock(std::string(clock));
  change.set_instance(instance);
  change.set_at(to_micros(at));
  return change;
}

Change change_of(const v1::Clock& clock, Time at) { return change_of(clock.name(), clock.instance(), at); }

void set(v1::CalendarVersion& version, const Calendar& calendar) {
  version.set_id(calendar.id());
  version.set_version(calendar.version());
}

/// Sets the two fields that every change of the end has.
template <class Fact>
void set_due(Fact& fact, const Due& end) {
  fact.set_due(to_micros(end.due));
  fact.set_provisional(end.provisional);
}

std::string_view phase_text(v1::Clock::Phase phase) {
  switch (phase) {
    case v1::Clock::RUNNING: return "runs";
    case v1::Clock::PAUSED: return "is paused";
    case v1::Clock::STOPPED: return "has stopped";
    case v1::Clock::CANCELLED: return "was cancelled";
    default: return "never started";
  }
}

Result<void> require(const v1::Clock& clock, std::initializer_list<v1::Clock::Phase> phases, std::string_view rule,
                     std::string_view doing) {
  if (std::ranges::find(phases, clock.phase()) != phases.end()) return {};
  return Error::refused(std::string(rule), fmt::format("the clock {} {}, so it cannot be {}", clock.name(),
                                                       phase_text(clock.phase()), doing));
}

constexpr std::initializer_list<v1::Clock::Phase> running = {v1::Clock::RUNNING};
constexpr std::initializer_list<v1::Clock::Phase> open = {v1::Clock::RUNNING, v1::Clock::PAUSED};

ClockCount count_of(const v1::Clock& clock, const Calendar& calendar) {
  return {clock.rule(), calendar, from_micros(clock.started_at()), clock.pauses()};
}

Result<Change> start_from(Change change, const v1::ClockRule& rule, const Calendar& calendar, Time from,
                          const ClockCount::Pauses& pauses) {
  const auto end = ClockCount(rule, calendar, from, pauses).end();
  if (!end) return end.error();
  v1::ClockStarted& started = *change.mutable_started();
  *started.mutable_rule() = rule;
  set(*started.mutable_calendar(), calendar);
  started.set_from(to_micros(from));
  set_due(started, *end);
  *started.mutable_pauses() = pauses;
  return change;
}

}  // namespace

Result<Change> ClockView::start(std::string_view name, std::uint32_t instance, const v1::ClockRule& rule,
                                const Calendar& calendar, Time now) {
  return start_from(change_of(name, instance, now), rule, calendar, now, {});
}

Result<Change> ClockView::go_on(Time now, std::string_view reason) const {
  if (auto fit = require(clock_, {v1::Clock::STOPPED}, "clock_has_stopped", "started again"); !fit)
    return std::move(fit).error();
  ClockCount::Pauses pauses = clock_.pauses();
  v1::Pause& between = *pauses.Add();
  between.set_from(clock_.ended_at());
  between.set_to(to_micros(now));
  between.set_reason(std::string(reason));
  return start_from(change_of(clock_.name(), clock_.instance() + 1, now), clock_.rule(), calendar_,
                    from_micros(clock_.started_at()), pauses);
}

Result<Change> ClockView::pause(Time now, std::string_view reason) const {
  if (auto fit = require(clock_, running, "clock_runs", "paused"); !fit) return std::move(fit).error();
  Change change = change_of(clock_, now);
  change.mutable_paused()->set_reason(std::string(reason));
  return change;
}

Result<Change> ClockView::resume(Time now) const {
  if (auto fit = require(clock_, {v1::Clock::PAUSED}, "clock_is_paused", "resumed"); !fit)
    return std::move(fit).error();
  ClockCount::Pauses pauses = clock_.pauses();
  pauses.rbegin()->set_to(to_micros(now));
  const auto end = ClockCount(clock_.rule(), calendar_, from_micros(clock_.started_at()), pauses).end();
  if (!end) return end.error();
  Change change = change_of(clock_, now);
  set_due(*change.mutable_resumed(), *end);
  return change;
}

Result<Change> ClockView::stop(Time now) const {
  if (auto fit = require(clock_, open, "clock_is_open", "stopped"); !fit) return std::move(fit).error();
  const auto margin = left(now);
  if (!margin) return margin.error();
  Change change = change_of(clock_, now);
  const std::int64_t counted_to =
      clock_.phase() == v1::Clock::PAUSED ? clock_.pauses().rbegin()->from() : to_micros(now);
  change.mutable_stopped()->set_met(counted_to <= clock_.due());
  change.mutable_stopped()->set_margin(margin->count());
  return change;
}

Result<Change> ClockView::cancel(Time now, std::string_view reason) const {
  if (auto fit = require(clock_, open, "clock_is_open", "cancelled"); !fit) return std::move(fit).error();
  Change change = change_of(clock_, now);
  change.mutable_cancelled()->set_reason(std::string(reason));
  return change;
}

Result<Change> ClockView::recompute(Time now, const v1::ClockRule& rule, const Calendar& calendar,
                                    std::string_view reason) const {
  if (auto fit = require(clock_, open, "clock_is_open", "counted again"); !fit) return std::move(fit).error();
  const auto end = ClockCount(rule, calendar, from_micros(clock_.started_at()), clock_.pauses()).end();
  if (!end) return end.error();
  Change change = change_of(clock_, now);
  v1::ClockRecomputed& recomputed = *change.mutable_recomputed();
  *recomputed.mutable_rule() = rule;
  set(*recomputed.mutable_calendar(), calendar);
  set_due(recomputed, *end);
  recomputed.set_reason(std::string(reason));
  return change;
}

Result<Change> ClockView::breach(Time now) const {
  if (auto fit = require(clock_, running, "clock_runs", "missed"); !fit) return std::move(fit).error();
  if (clock_.breached_at() != 0)
    return Error::refused("breach_is_new", fmt::format("the breach of the clock {} is recorded", clock_.name()));
  if (to_micros(now) <= clock_.due())
    return Error::refused("limit_is_missed", fmt::format("the clock {} still has time", clock_.name()));
  Change change = change_of(clock_, now);
  change.mutable_breached()->set_due(clock_.due());
  return change;
}

Result<Change> ClockView::reach(Time now, std::string_view threshold) const {
  if (auto fit = require(clock_, running, "clock_runs", "at a threshold"); !fit) return std::move(fit).error();
  const auto& thresholds = clock_.rule().thresholds();
  const auto found = std::ranges::find(thresholds, threshold, &v1::Threshold::name);
  if (found == thresholds.end())
    return Error(ErrorCode::not_found, fmt::format("the clock {} has no threshold '{}'", clock_.name(), threshold));
  if (std::ranges::find(clock_.reached(), threshold) != clock_.reached().end())
    return Error::refused("threshold_is_new",
                          fmt::format("the clock {} has reached '{}' before", clock_.name(), threshold));
  const auto point = count_of(clock_, calendar_).point(*found);
  if (!point) return point.error();
  if (now < point->due)
    return Error::refused("threshold_is_due", fmt::format("the clock {} is not at '{}' yet", clock_.name(), threshold));
  Change change = change_of(clock_, now);
  v1::ThresholdReached& reached = *change.mutable_reached();
  reached.set_threshold(std::string(threshold));
  reached.set_due(to_micros(point->due));
  reached.set_late(to_micros(point->due) < clock_.armed_at());
  return change;
}

Result<Change> ClockView::exempt(Time now, std::string_view reason) const {
  const bool late = clock_.phase() == v1::Clock::STOPPED ? !clock_.met() : clock_.breached_at() != 0;
  if (!late)
    return Error::refused("is_breached",
                          fmt::format("the clock {} missed nothing, so there is nothing to exempt", clock_.name()));
  Change change = change_of(clock_, now);
  change.mutable_exempted()->set_reason(std::string(reason));
  return change;
}

Result<std::vector<Alarm>> ClockView::alarms() const {
  std::vector<Alarm> alarms;
  if (clock_.phase() != v1::Clock::RUNNING) return alarms;
  // The limit's last instant is still on time.
  if (clock_.breached_at() == 0) alarms.push_back({"", from_micros(clock_.due()) + microseconds(1)});
  for (const v1::Threshold& threshold : clock_.rule().thresholds()) {
    if (std::ranges::find(clock_.reached(), threshold.name()) != clock_.reached().end()) continue;
    const auto point = count_of(clock_, calendar_).point(threshold);
    if (!point) return point.error();
    alarms.push_back({threshold.name(), point->due});
  }
  std::ranges::sort(alarms, {}, [](const Alarm& alarm) { return std::pair(alarm.due, alarm.threshold); });
  return alarms;
}

Result<microseconds> ClockView::left(Time now) const {
  if (clock_.phase() == v1::Clock::STOPPED) return microseconds(clock_.margin());
  const ClockCount count = count_of(clock_, calendar_);
  const Time due = from_micros(clock_.due());
  if (clock_.phase() == v1::Clock::PAUSED) now = std::min(now, from_micros(clock_.pauses().rbegin()->from()));
  if (now <= due) return count.length(now, due);
  const auto late = count.length(due, now);
  if (!late) return late;
  const auto paused = count.paused(due, now);
  if (!paused) return paused;
  return *paused - *late;
}

Result<Explanation> ClockView::explain(Time now) const {
  Explanation explanation;
  const ClockCount count = count_of(clock_, calendar_);
  const Time end = clock_.ended_at() != 0 ? from_micros(clock_.ended_at()) : now;
  Time at = from_micros(clock_.started_at());
  const auto add = [&](Time until, Counted::Why why, const std::string& reason = {}) {
    if (at < until) explanation.parts.push_back({at, until, why, reason});
    at = std::max(at, until);
  };
  const auto run_until = [&](Time until) -> Result<void> {
    if (!count.counts_office_hours()) return add(until, Counted::Why::running), Result<void>();
    const auto spans = calendar_.working_spans(at, until);
    if (!spans) return spans.error();
    for (const WorkingSpan& span : *spans) {
      add(span.begin, Counted::Why::outside_hours);
      add(span.end, Counted::Why::office_hours);
    }
    return add(until, Counted::Why::outside_hours), Result<void>();
  };
  for (const v1::Pause& pause : clock_.pauses()) {
    if (auto ran = run_until(std::min(end, from_micros(pause.from()))); !ran) return std::move(ran).error();
    add(pause.to() == 0 ? end : std::min(end, from_micros(pause.to())), Counted::Why::paused, pause.reason());
  }
  if (auto ran = run_until(end); !ran) return std::move(ran).error();
  for (const Counted& part : explanation.parts)
    if (part.why == Counted::Why::running || part.why == Counted::Why::office_hours)
      explanation.used += part.end - part.begin;
  const auto paused = count.paused(from_micros(clock_.started_at()), end);
  if (!paused) return paused.error();
  explanation.pauses = *paused;
  return explanation;
}

}  // namespace pavior::city::inline v0
