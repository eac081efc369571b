/// \file
/// A clock that lives through a test, by the wall of its calendar.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "city/calendars.h"
#include "pavior/city/clock.h"
#include "pavior/proto.h"

namespace pavior::testing {

inline city::v1::ClockRule rule(const Limit& limit) {
  city::v1::ClockRule rule;
  *rule.mutable_limit() = limit;
  return rule;
}

inline city::v1::Threshold& add_threshold(city::v1::ClockRule& rule, const std::string& name) {
  auto& threshold = *rule.add_thresholds();
  threshold.set_name(name);
  return threshold;
}
inline void add_percent(city::v1::ClockRule& rule, const std::string& name, std::uint32_t percent) {
  add_threshold(rule, name).set_percent(percent);
}
inline void add_before(city::v1::ClockRule& rule, const std::string& name, std::int64_t units) {
  add_threshold(rule, name).set_before(units);
}
inline void add_after(city::v1::ClockRule& rule, const std::string& name, std::int64_t units) {
  add_threshold(rule, name).set_after(units);
}

/// The rule that refuses.
template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "nothing refused" : result.error().rule();
}

inline city::Calendars calendars_of(const Calendar& calendar) {
  city::Calendars calendars;
  REQUIRE(calendars.add(calendar));
  return calendars;
}

struct TestClock {
  using Change = city::v1::ClockChange;

  TestClock(const Calendar& by, const city::v1::ClockRule& rule, const std::string& start)
      : calendar(by), calendars(calendars_of(by)) {
    happens(city::ClockView::start("HND", 1, rule, calendar.id(), calendars, time(start)));
  }

  [[nodiscard]] Time time(const std::string& text) const { return at(calendar, text); }
  [[nodiscard]] city::ClockView view() const { return {data, calendars}; }
  [[nodiscard]] std::string due() const { return wall(calendar, from_micros(data.course().due())); }

  TestClock& happens(const Result<Change>& change) {
    if (!change) FAIL(change.error());
    last = *change;
    city::fold(data, last);
    return *this;
  }
  TestClock& pause(const std::string& when, const std::string& reason = "") {
    return happens(view().pause(time(when), reason));
  }
  TestClock& resume(const std::string& when) { return happens(view().resume(time(when))); }
  TestClock& stop(const std::string& when) { return happens(view().stop(time(when))); }

  /// What the clock says then, and that it has said it.
  std::vector<std::string> ring(Time when) {
    const auto changes = view().ring(when);
    if (!changes) FAIL(changes.error());
    std::vector<std::string> texts;
    for (const auto& change : *changes) {
      texts.push_back(text(change));
      happens(change);
    }
    return texts;
  }
  std::vector<std::string> ring(const std::string& when) { return ring(time(when)); }

  /// In order of time.
  [[nodiscard]] std::vector<std::string> alarms() const {
    std::vector<std::pair<std::int64_t, std::string>> alarms;
    if (data.phase() == city::v1::Clock::RUNNING)
      for (const auto& alarm : data.course().alarms())
        alarms.emplace_back(alarm.due(), alarm.threshold().empty() ? "breach" : alarm.threshold());
    std::ranges::sort(alarms);
    std::vector<std::string> texts;
    for (const auto& [due, name] : alarms) texts.push_back(name + ' ' + wall(calendar, from_micros(due)));
    return texts;
  }

  [[nodiscard]] std::string text(const Change& change) const {
    if (change.has_breached()) return "breached";
    if (change.has_put_off())
      return change.put_off().threshold() + " waits until " + wall(calendar, from_micros(change.put_off().until()));
    const auto& reached = change.reached();
    return reached.threshold() + (reached.nth() > 1 ? " for the " + std::to_string(reached.nth()) + "th time" : "") +
           (reached.late() ? ", late" : "");
  }

  [[nodiscard]] std::string text(const city::Explanation& explanation) const {
    constexpr const char* names[] = {"running", "office_hours", "outside_hours", "paused"};
    std::string text;
    for (const auto& part : explanation.parts)
      text += wall(calendar, part.begin).substr(5) + " - " + wall(calendar, part.end).substr(5) + ' ' +
              names[static_cast<int>(part.why)] + (part.reason.empty() ? "" : ' ' + part.reason) + '\n';
    return text;
  }

  Calendar calendar;
  city::Calendars calendars;
  city::v1::Clock data;
  Change last;
};

}  // namespace pavior::testing
