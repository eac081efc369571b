#include "city/clock_count.h"

#include <algorithm>
#include <set>
#include <string>

#include "city/calendar_rules.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

using std::chrono::microseconds;

constexpr std::uint32_t percent_max = 1000;
constexpr std::int64_t units_max = 1'000'000;

}  // namespace

bool ClockCount::counts_office_hours() const {
  return rule_.limit().unit() == v1::UNIT_WORK_HOUR || rule_.limit().unit() == v1::UNIT_WORK_DAY;
}

Result<void> ClockCount::check() const {
  std::set<std::string> names;
  for (int i = 0; i < rule_.thresholds_size(); ++i) {
    const v1::Threshold& threshold = rule_.thresholds(i);
    const auto invalid = [i](const char* field, const std::string& mend) {
      return Error(ErrorCode::invalid, fmt::format("thresholds[{}].{}: {}", i, field, mend));
    };
    if (threshold.name().empty()) return invalid("name", "a threshold needs one");
    if (!names.insert(threshold.name()).second)
      return invalid("name", fmt::format("'{}' is another threshold's; give it its own", threshold.name()));
    switch (threshold.point_case()) {
      case v1::Threshold::kPercent:
        if (threshold.percent() < 1 || threshold.percent() > percent_max)
          return invalid("percent", fmt::format("use 1 to {}, not {}", percent_max, threshold.percent()));
        break;
      case v1::Threshold::kBefore:
      case v1::Threshold::kAfter:
        if (const auto units = std::max(threshold.before(), threshold.after()); units < 1 || units > units_max)
          return invalid("point", fmt::format("use 1 to {} units of the limit, not {}", units_max, units));
        break;
      case v1::Threshold::POINT_NOT_SET: return invalid("point", "set one of percent, before and after");
    }
  }
  return {};
}

Result<Due> ClockCount::end() const {
  if (auto fit = check(); !fit) return std::move(fit).error();
  return after_units(rule_.limit().amount());
}

Result<Due> ClockCount::point(const v1::Threshold& threshold) const {
  switch (threshold.point_case()) {
    case v1::Threshold::kBefore: return after_units(rule_.limit().amount() - threshold.before());
    case v1::Threshold::kAfter: return after_units(rule_.limit().amount() + threshold.after());
    default: return after_share(threshold.percent());
  }
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
