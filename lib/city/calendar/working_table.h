/// \file
/// Every day and every piece of working time of a calendar, with running sums, so that counting is searching.
#pragma once

#include <optional>
#include <vector>

#include "city/calendar/calendar_rules.h"

namespace pavior::city::inline v0 {

class WorkingTable {
 public:
  explicit WorkingTable(const CalendarRules& rules);

  [[nodiscard]] Date first() const { return first_; }
  [[nodiscard]] Date last() const { return first_ + std::chrono::days(size() - 1); }
  [[nodiscard]] bool covers(Date day) const { return first() <= day && day <= last(); }
  /// From the first day's start to the last day's end, both included.
  [[nodiscard]] bool covers(Time instant) const { return begin() <= instant && instant <= end(); }
  [[nodiscard]] Time begin() const { return days_.front().begin; }
  [[nodiscard]] Time end() const { return days_.back().begin; }

  // REQUIRES below: the table covers what is asked about.

  [[nodiscard]] Time begin_of(Date day) const { return at(day).begin; }
  [[nodiscard]] Time end_of(Date day) const { return (&at(day) + 1)->begin; }
  /// The end of its last piece of working time; `end_of` if there is none.
  [[nodiscard]] Time close_of(Date day) const;
  [[nodiscard]] bool works(Date day) const { return working_days_before(day + std::chrono::days(1)) > at(day).works; }
  /// How many days before it work; also of the day after `last()`.
  [[nodiscard]] std::int64_t working_days_before(Date day) const { return at(day).works; }
  /// The working day with this many before it; nothing if there are not as many.
  [[nodiscard]] std::optional<Date> working_day(std::int64_t before) const;

  /// The working time from `begin()` to the instant.
  [[nodiscard]] std::chrono::microseconds worked_by(Time instant) const;
  /// The first instant by which so much has been worked; nothing if that is never.
  [[nodiscard]] std::optional<WorkingSpan> span_ending(std::chrono::microseconds worked) const;
  [[nodiscard]] std::vector<WorkingSpan> spans(Time from, Time to) const;

 private:
  struct Day {
    Time begin;
    std::int64_t works = 0;  // Days before this one that work.
    std::size_t spans = 0;   // Spans before this day.
  };
  struct Span {
    WorkingSpan span;
    std::chrono::microseconds before{};  // Worked before it.
  };

  [[nodiscard]] std::ptrdiff_t size() const { return static_cast<std::ptrdiff_t>(days_.size()) - 1; }
  [[nodiscard]] const Day& at(Date day) const { return days_[static_cast<std::size_t>((day - first_).count())]; }
  void add_spans(const Zone& zone, Date day, const Spans& spans);

  Date first_;
  std::vector<Day> days_;  // And one more, where the last one ends.
  std::vector<Span> spans_;
};

}  // namespace pavior::city::inline v0
