// What must hold of every clock, whatever happens to it: tried on random lives, against a clock that walks minutes.
#include <algorithm>
#include <random>
#include <vector>

#include "city/calendars.h"
#include "city/clocks.h"

using namespace pavior::testing;
using namespace pavior::city::v1;
using pavior::from_micros;
using pavior::Time;
using pavior::to_micros;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

namespace {

struct Random {
  std::mt19937_64 numbers;
  std::int64_t to(std::int64_t most) {
    return static_cast<std::int64_t>(numbers() % static_cast<std::uint64_t>(most + 1));
  }
};

struct Paused {
  Time from, to;
};

/// The last instant on time of a limit in hours, by walking every minute: the slowest right answer.
Time walk(const TestClock& clock, Time start, minutes limit, bool office_hours, const std::vector<Paused>& pauses) {
  for (Time at = start; limit > minutes(0); at += minutes(1)) {
    const bool paused = std::ranges::any_of(pauses, [&](const Paused& p) { return p.from <= at && at < p.to; });
    const bool counts = !office_hours || clock.calendar.working_time(at, at + minutes(1)).value() == minutes(1);
    if (!paused && counts && (limit -= minutes(1)) == minutes(0)) return at + minutes(1);
  }
  return start;
}

}  // namespace

TEST_CASE("random lives end as one that walks every minute says, and their explanations add up") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    Random random{std::mt19937_64(seed)};
    const bool office_hours = random.to(2) != 0;
    const auto amount = 1 + random.to(30);
    const auto calendar = random.to(1) == 0 ? plain("America/New_York", {"09:00-12:00", "13:30-17:30"})
                                            : plain("Asia/Shanghai", {"00:00-24:00"});
    // Around the nights in which New York's clocks change.
    const Time start =
        at(calendar, random.to(1) == 0 ? "2024-03-06 00:00" : "2024-10-31 00:00") + minutes(random.to(6 * 24 * 60));
    TestClock clock(calendar, rule(limit(amount, office_hours ? UNIT_WORK_HOUR : UNIT_HOUR)), wall(calendar, start));
    std::vector<Paused> pauses;
    Time now = start;
    for (auto n = random.to(4); n > 0; --n) {
      const Time from = now + minutes(random.to(900));
      if (from > from_micros(clock.data.course().due())) break;
      now = from + minutes(random.to(4000));
      clock.happens(clock.view().pause(from, "")).happens(clock.view().resume(now));
      pauses.push_back({from, now});
    }
    CHECK(from_micros(clock.data.course().due()) == walk(clock, start, hours(amount), office_hours, pauses));

    // The same however it is told, and until whenever it is asked.
    const Time asked = now + minutes(random.to(5000));
    const auto explained = clock.view().explain(asked).value();
    Time at = from_micros(clock.data.started_at());
    for (const auto& part : explained.parts) {
      CHECK(part.begin == at);
      CHECK(part.begin < part.end);
      at = part.end;
    }
    CHECK(at == asked);
    CHECK(explained.used + clock.view().left(asked).value() == hours(amount));

    clock.happens(clock.view().recompute(asked, clock.data.rule(), "nothing new"));
    CHECK(from_micros(clock.data.course().due()) == walk(clock, start, hours(amount), office_hours, pauses));
  }
}

TEST_CASE("an empty pause is none, for every unit and end rule") {
  for (const auto unit : {UNIT_MINUTE, UNIT_HOUR, UNIT_WORK_HOUR, UNIT_WORK_DAY, UNIT_CALENDAR_DAY})
    for (const auto end : {END_RULE_UNSPECIFIED, SAME_TIME, CLOSE_OF_BUSINESS, END_OF_DAY}) {
      const bool days = unit == UNIT_WORK_DAY || unit == UNIT_CALENDAR_DAY;
      if (!days && end != END_RULE_UNSPECIFIED) continue;
      auto measured = rule(limit(5, unit, end));
      add_percent(measured, "half", 50);
      add_before(measured, "last", 1);
      TestClock clock(plain("America/New_York", {"09:00-12:00", "13:30-17:30"}), measured, "2024-03-08 16:00");
      const auto due = clock.data.course().due();
      const auto alarms = clock.alarms();
      clock.pause("2024-03-08 16:00").resume("2024-03-08 16:00");
      clock.happens(clock.view().recompute(clock.time("2024-03-08 16:00"), measured, ""));
      CHECK(clock.data.course().due() == due);
      CHECK(clock.alarms() == alarms);
    }
}
