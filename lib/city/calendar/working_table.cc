#include "city/calendar/working_table.h"

#include <algorithm>

namespace pavior::city::inline v0 {

using std::chrono::microseconds;

WorkingTable::WorkingTable(const CalendarRules& rules) : first_(rules.valid_from) {
  std::int64_t works = 0;
  for (auto day = first_; day <= rules.last; day += std::chrono::days(1)) {
    days_.push_back({rules.zone->instant(day), works, spans_.size()});
    const auto spans = rules.hours_of(day);
    if (spans.empty()) continue;
    ++works;
    add_spans(*rules.zone, day, spans);
  }
  days_.push_back({rules.zone->instant(rules.last + std::chrono::days(1)), works, spans_.size()});
}

void WorkingTable::add_spans(const Zone& zone, Date day, const Spans& spans) {
  for (const auto& local : spans) {
    const WorkingSpan span{zone.instant(day + local.begin), zone.instant(day + local.end), day};
    if (span.begin >= span.end) continue;  // The wall clock skips all of it.
    const auto before =
        spans_.empty() ? microseconds(0) : spans_.back().before + (spans_.back().span.end - spans_.back().span.begin);
    spans_.push_back({span, before});
  }
}

Time WorkingTable::close_of(Date day) const {
  const auto spans_until = (&at(day) + 1)->spans;
  return spans_until > at(day).spans ? spans_[spans_until - 1].span.end : end_of(day);
}

std::optional<Date> WorkingTable::working_day(std::int64_t before) const {
  // The last day with so many before it: the days off after it have one more.
  if (before < 0 || before >= days_.back().works) return std::nullopt;
  const auto next = std::ranges::upper_bound(days_, before, {}, &Day::works);
  return first_ + std::chrono::days(next - days_.begin() - 1);
}

microseconds WorkingTable::worked_by(Time instant) const {
  const auto next = std::ranges::upper_bound(spans_, instant, {}, [](const Span& span) { return span.span.begin; });
  if (next == spans_.begin()) return microseconds(0);
  const auto& last = *std::prev(next);
  return last.before + (std::min(instant, last.span.end) - last.span.begin);
}

std::optional<WorkingSpan> WorkingTable::span_ending(microseconds worked) const {
  const auto next = std::ranges::lower_bound(spans_, worked, {}, &Span::before);
  if (next == spans_.begin()) return std::nullopt;
  const auto& last = *std::prev(next);
  const auto end = last.span.begin + (worked - last.before);
  if (end > last.span.end) return std::nullopt;
  return WorkingSpan{last.span.begin, end, last.span.day};
}

std::vector<WorkingSpan> WorkingTable::spans(Time from, Time to) const {
  std::vector<WorkingSpan> found;
  auto at = std::ranges::upper_bound(spans_, from, {}, [](const Span& span) { return span.span.end; });
  for (; at != spans_.end() && at->span.begin < to; ++at)
    found.push_back({std::max(from, at->span.begin), std::min(to, at->span.end), at->span.day});
  return found;
}

}  // namespace pavior::city::inline v0
