#include "pavior/city/clock.h"

#include "city/clock/clock_change.h"
#include "city/clock/clock_count.h"
#include "city/clock/ladder_rules.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

using Change = v1::ClockChange;

void set(v1::CalendarVersion& version, const Calendar& calendar) {
  version.set_id(calendar.id());
  version.set_version(calendar.version());
}

Result<void> check_ladder(const v1::ClockRule& rule) {
  const auto mistake = ladder_mistake(rule.thresholds());
  if (!mistake) return {};
  return Error(ErrorCode::invalid, fmt::format("thresholds{}: {}", mistake->path, mistake->what));
}

Result<Change> start_from(Change change, const v1::ClockRule& rule, const Calendar& calendar, Time from,
                          const ClockCount::Pauses& pauses) {
  if (auto fit = check_ladder(rule); !fit) return std::move(fit).error();
  auto course = ClockCount(rule, calendar, from, pauses).course(nullptr, from_micros(change.at()));
  if (!course) return std::move(course).error();
  v1::ClockStarted& started = *change.mutable_started();
  *started.mutable_rule() = rule;
  set(*started.mutable_calendar(), calendar);
  started.set_from(to_micros(from));
  *started.mutable_course() = *std::move(course);
  *started.mutable_pauses() = pauses;
  return change;
}

Result<Change> recomputed(const v1::Clock& clock, const v1::ClockRule& rule, const Calendar& calendar, Time now,
                          std::string_view reason) {
  if (auto fit = require(clock, while_open, "clock_is_open", "counted again"); !fit) return std::move(fit).error();
  if (auto fit = check_ladder(rule); !fit) return std::move(fit).error();
  auto course = ClockCount(rule, calendar, from_micros(clock.started_at()), clock.pauses()).course(&clock, now);
  if (!course) return std::move(course).error();
  Change change = change_of(clock, now);
  v1::ClockRecomputed& recomputed = *change.mutable_recomputed();
  *recomputed.mutable_rule() = rule;
  set(*recomputed.mutable_calendar(), calendar);
  *recomputed.mutable_course() = *std::move(course);
  recomputed.set_reason(std::string(reason));
  return change;
}

}  // namespace

Result<Change> ClockView::start(std::string_view name, std::uint32_t instance, const v1::ClockRule& rule,
                                std::string_view calendar, const Calendars& calendars, Time now) {
  const auto newest = calendars.newest(calendar);
  if (!newest) return newest.error();
  return start_from(change_of(name, instance, now), rule, *newest, now, {});
}

Result<Change> ClockView::go_on(Time now, std::string_view reason) const {
  if (auto fit = require(clock_, {v1::Clock::STOPPED}, "clock_has_stopped", "started again"); !fit)
    return std::move(fit).error();
  const auto calendar = calendars_.version(clock_.calendar());
  if (!calendar) return calendar.error();
  ClockCount::Pauses pauses = clock_.pauses();
  v1::Pause& between = *pauses.Add();
  between.set_from(clock_.ended_at());
  between.set_to(to_micros(now));
  between.set_reason(std::string(reason));
  return start_from(change_of(clock_.name(), clock_.instance() + 1, now), clock_.rule(), *calendar,
                    from_micros(clock_.started_at()), pauses);
}

Result<Change> ClockView::pause(Time now, std::string_view reason) const {
  if (auto fit = require(clock_, while_running, "clock_runs", "paused"); !fit) return std::move(fit).error();
  Change change = change_of(clock_, now);
  change.mutable_paused()->set_reason(std::string(reason));
  return change;
}

Result<Change> ClockView::resume(Time now) const {
  if (auto fit = require(clock_, {v1::Clock::PAUSED}, "clock_is_paused", "resumed"); !fit)
    return std::move(fit).error();
  const auto calendar = calendars_.version(clock_.calendar());
  if (!calendar) return calendar.error();
  ClockCount::Pauses pauses = clock_.pauses();
  pauses.rbegin()->set_to(to_micros(now));
  auto course = ClockCount(clock_.rule(), *calendar, from_micros(clock_.started_at()), pauses).course(&clock_, now);
  if (!course) return std::move(course).error();
  Change change = change_of(clock_, now);
  *change.mutable_resumed()->mutable_course() = *std::move(course);
  return change;
}

Result<Change> ClockView::stop(Time now) const {
  if (auto fit = require(clock_, while_open, "clock_is_open", "stopped"); !fit) return std::move(fit).error();
  const auto margin = left(now);
  if (!margin) return margin.error();
  Change change = change_of(clock_, now);
  const std::int64_t counted_to =
      clock_.phase() == v1::Clock::PAUSED ? clock_.pauses().rbegin()->from() : to_micros(now);
  // A breach that is recorded stays one, also if the clock was given more time after it.
  change.mutable_stopped()->set_met(clock_.breached_at() == 0 && counted_to <= clock_.course().due());
  change.mutable_stopped()->set_margin(margin->count());
  return change;
}

Result<Change> ClockView::cancel(Time now, std::string_view reason) const {
  if (auto fit = require(clock_, while_open, "clock_is_open", "cancelled"); !fit) return std::move(fit).error();
  Change change = change_of(clock_, now);
  change.mutable_cancelled()->set_reason(std::string(reason));
  return change;
}

Result<Change> ClockView::recompute(Time now, const v1::ClockRule& rule, std::string_view reason) const {
  const auto calendar = calendars_.version(clock_.calendar());
  if (!calendar) return calendar.error();
  return recomputed(clock_, rule, *calendar, now, reason);
}

Result<Change> ClockView::recount(Time now) const {
  const auto calendar = calendars_.newest(clock_.calendar().id());
  if (!calendar) return calendar.error();
  if (calendar->version() <= clock_.calendar().version())
    return Error::refused(
        "calendar_is_newer",
        fmt::format("the clock {} counts by version {} of the calendar {}, and no newer one is loaded", clock_.name(),
                    clock_.calendar().version(), clock_.calendar().id()));
  return recomputed(clock_, clock_.rule(), *calendar, now,
                    fmt::format("version {} of the calendar {}", calendar->version(), calendar->id()));
}

Result<Change> ClockView::exempt(Time now, std::string_view reason) const {
  if (!missed(clock_))
    return Error::refused("is_breached",
                          fmt::format("the clock {} missed nothing, so there is nothing to exempt", clock_.name()));
  Change change = change_of(clock_, now);
  change.mutable_exempted()->set_reason(std::string(reason));
  return change;
}

}  // namespace pavior::city::inline v0
