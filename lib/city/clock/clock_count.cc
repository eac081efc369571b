#include "city/clock/clock_count.h"

#include <algorithm>
#include <utility>

#include "city/calendar/calendar_rules.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

using std::chrono::microseconds;

// A limit's last instant is still on time.
constexpr microseconds past(1);

}  // namespace

bool ClockCount::counts_office_hours() const {
  return rule_.limit().unit() == v1::UNIT_WORK_HOUR || rule_.limit().unit() == v1::UNIT_WORK_DAY;
}

Result<Due> ClockCount::end() const { return after_units(rule_.limit().amount()); }

Result<Due> ClockCount::point(const v1::Threshold& threshold, std::uint32_t nth) const {
  const std::int64_t again = threshold.every() * nth;
  switch (threshold.point_case()) {
    case v1::Threshold::kBefore: return after_units(rule_.limit().amount() - threshold.before() + again);
    case v1::Threshold::kAfter: {
      auto point = after_units(rule_.limit().amount() + threshold.after() + again);
      if (point && threshold.after() + again == 0) point->due += past;
      return point;
    }
    default: return after_share(threshold.percent());
  }
}

Result<v1::Course> ClockCount::course(const v1::Clock* before, Time now) const {
  v1::Course course;
  const auto set = [&](v1::Alarm alarm, Time due) {
    alarm.set_due(to_micros(due));
    alarm.set_late(due < now || due <= start_);  // What lies before the start is put there.
    *course.add_alarms() = std::move(alarm);
  };
  const auto end = this->end();
  if (!end) return end.error();
  course.set_due(to_micros(end->due));
  course.set_provisional(end->provisional);
  if (before == nullptr || before->breached_at() == 0) set({}, end->due + past);
  for (const v1::Threshold& threshold : rule_.thresholds()) {
    v1::Alarm alarm;
    alarm.set_threshold(threshold.name());
    if (before != nullptr) {
      const auto& waiting = before->course().alarms();
      const auto found = std::ranges::find(waiting, threshold.name(), &v1::Alarm::threshold);
      if (found != waiting.end())
        alarm = *found;
      else if (std::ranges::find(before->reached(), threshold.name()) != before->reached().end())
        continue;
    }
    const auto point = this->point(threshold, alarm.nth());
    if (!point) return point.error();
    set(std::move(alarm), point->due);
  }
  return course;
}

Result<Due> ClockCount::after_units(std::int64_t units) const {
  if (units <= 0 && rule_.limit().amount() > 0) return Due{start_, calendar_.day_of(start_), false};
  v1::Limit limit = rule_.limit();
  limit.set_amount(units);
  const auto end = calendar_.due(start_, limit);
  if (!end) return end;
  const auto later = put_off(*end);
  if (!later || later->due == end->due || !counts_days(limit.unit()) || limit.end() == v1::SAME_TIME) return later;
  // On the day it falls on, the limit ends by its rule again. 24:00 is the next day's first instant, and not yet its.
  limit.set_amount(1);
  limit.set_start(v1::INCLUDE_START_DAY);
  return calendar_.due(later->due - microseconds(1), limit);
}

/// A share of the limit's own time: of days, of the time that they have.
Result<Due> ClockCount::after_share(std::uint32_t percent) const {
  const auto whole = calendar_.due(start_, rule_.limit());
  if (!whole) return whole;
  const auto time = length(start_, whole->due);
  if (!time) return time.error();
  const auto end = advance(start_, *time / 100 * percent + *time % 100 * percent / 100);
  if (!end) return end;
  return put_off(*end);
}

Result<Due> ClockCount::advance(Time from, microseconds own) const {
  if (counts_office_hours()) return calendar_.due_after(from, own);
  return Due{from + own, calendar_.day_of(from + own), false};
}

/// By the pauses that began before it.
Result<Due> ClockCount::put_off(Due end) const {
  for (const v1::Pause& pause : pauses_) {
    if (pause.to() == 0 || from_micros(pause.from()) > end.due) continue;
    const auto took = length(from_micros(pause.from()), from_micros(pause.to()));
    if (!took) return took.error();
    if (*took == microseconds(0)) continue;
    auto later = advance(end.due, *took);
    if (!later) return later;
    later->provisional |= end.provisional;
    end = *later;
  }
  return end;
}

Result<microseconds> ClockCount::length(Time from, Time to) const {
  if (counts_office_hours()) return calendar_.working_time(from, to);
  return to - from;
}

Result<microseconds> ClockCount::paused(Time from, Time to) const {
  microseconds sum{};
  for (const v1::Pause& pause : pauses_) {
    const Time begin = std::max(from, from_micros(pause.from()));
    const Time end = pause.to() == 0 ? to : std::min(to, from_micros(pause.to()));
    if (begin >= end) continue;
    const auto took = length(begin, end);
    if (!took) return took;
    sum += *took;
  }
  return sum;
}

}  // namespace pavior::city::inline v0
