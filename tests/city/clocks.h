/// \file
/// A clock that lives through a test, by the wall of its calendar.
#pragma once

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
inline std::string refusal(const Result<city::v1::ClockChange>& result) {
  return result ? "nothing refused" : result.error().rule();
}

struct TestClock {
  using Change = city::v1::ClockChange;

  TestClock(Calendar by, const city::v1::ClockRule& rule, const std::string& start) : calendar(std::move(by)) {
    happens(city::ClockView::start("HND", 1, rule, calendar, time(start)));
  }

  [[nodiscard]] Time time(const std::string& text) const { return at(calendar, text); }
  [[nodiscard]] city::ClockView view() const { return {data, calendar}; }
  [[nodiscard]] std::string due() const { return wall(calendar, from_micros(data.due())); }

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
  TestClock& reach(const std::string& when, const std::string& threshold) {
    return happens(view().reach(time(when), threshold));
  }

  [[nodiscard]] std::vector<std::string> alarms() const {
    const auto alarms = view().alarms().value();
    std::vector<std::string> texts;
    for (const auto& alarm : alarms)
      texts.push_back((alarm.threshold.empty() ? "breach" : alarm.threshold) + ' ' + wall(calendar, alarm.due));
    return texts;
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
  city::v1::Clock data;
  Change last;
};

}  // namespace pavior::testing
