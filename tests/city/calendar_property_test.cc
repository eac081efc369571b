// What must hold of every calendar, start and limit, tried on random ones.
#include <algorithm>
#include <random>

#include "city/calendars.h"

using namespace pavior::testing;
using namespace pavior::city::v1;
using pavior::Time;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Data = pavior::city::v1::Calendar;
using Counted = pavior::city::Calendar;

namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : numbers_(seed) {}
  std::int64_t to(std::int64_t most) {
    return static_cast<std::int64_t>(numbers_() % static_cast<std::uint64_t>(most + 1));
  }
  bool once_in(std::int64_t n) { return to(n - 1) == 0; }

 private:
  std::mt19937_64 numbers_;
};

std::string two(std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }
std::string time_text(std::int64_t minute) { return two(minute / 60) + ':' + two(minute % 60); }

template <class Add>
void random_spans(Random& random, Add add) {
  std::int64_t at = random.to(12 * 60);
  do {
    const auto end = std::min<std::int64_t>(24 * 60, at + 1 + random.to(5 * 60));
    add(time_text(at) + '-' + time_text(end));
    at = end + random.to(180);
  } while (at < 24 * 60 && !random.once_in(3));
}

// Two years around changes of the clock: New York's of today, and Shanghai's of 1986 to 1991.
Data random_data(Random& random) {
  Data data;
  data.set_id("random");
  data.set_version(1);
  const bool shanghai = random.once_in(2);
  data.set_zone(shanghai ? "Asia/Shanghai" : "America/New_York");
  data.set_valid_from(shanghai ? "1986-01-01" : "2024-01-01");
  data.set_valid_to(shanghai ? "1987-12-31" : "2025-12-31");
  for (int weekday = Data::MONDAY; weekday <= Data::SUNDAY; ++weekday)
    if (!random.once_in(3)) data.add_work_week(static_cast<Data::Weekday>(weekday));
  if (data.work_week().empty()) data.add_work_week(Data::SUNDAY);
  auto& table = *data.add_office_hours();
  random_spans(random, [&](const std::string& span) { table.add_spans(span); });
  for (auto date = day(data.valid_from()) + days(random.to(20)); date <= day(data.valid_to());
       date += days(1 + random.to(40))) {
    auto& exception = *data.add_days();
    exception.set_date(pavior::city::date_text(date));
    exception.set_kind(random.once_in(3) ? Data::Day::WORKING : Data::Day::OFF);
    if (exception.kind() == Data::Day::WORKING && random.once_in(2))
      random_spans(random, [&](const std::string& span) { exception.add_hours(span); });
  }
  return data;
}

struct Trial {
  explicit Trial(Random& random)
      : calendar(Counted::make(random_data(random)).value()),
        first(at(calendar, pavior::city::date_text(calendar.valid_from()) + " 00:00")),
        last(at(calendar, pavior::city::date_text(calendar.valid_to()) + " 00:00")) {}

  // To the minute half of the time, so that edges are met.
  Time instant(Random& random) const {
    const microseconds offset(random.to((last - first).count()));
    return first + (random.once_in(2) ? std::chrono::floor<minutes>(offset) : offset);
  }

  Counted calendar;
  Time first, last;
};

// Walks the minutes of the wall, the slow way.
microseconds walked(const Counted& calendar, Time from, Time to) {
  microseconds worked{};
  const auto zone = *pavior::city::Zone::of(calendar.zone());
  for (auto at = from; at < to; at += minutes(1)) {
    const auto wall = zone.wall(at);
    const auto date = std::chrono::floor<days>(wall);
    const auto spans = calendar.hours_of(date).value();
    for (const auto& span : spans)
      if (date + span.begin <= wall && wall < date + span.end) worked += minutes(1);
  }
  return worked;
}

}  // namespace

TEST_CASE("adding and measuring are inverses, ordered and additive, on any calendar") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  Random random(seed);
  int answered = 0;
  for (int round = 0; round < 300; ++round) {
    const Trial trial(random);
    const auto& calendar = trial.calendar;
    for (int i = 0; i < 40; ++i) {
      INFO("round " << round << "." << i);
      const auto a = trial.instant(random), b = trial.instant(random), c = trial.instant(random);
      const auto worked = [&](Time from, Time to) { return calendar.working_time(from, to).value(); };
      REQUIRE(worked(a, b) + worked(b, c) == worked(a, c));
      REQUIRE(worked(a, b) == -worked(b, a));
      REQUIRE((a > b || worked(a, b) >= microseconds(0)));
      REQUIRE(std::chrono::abs(worked(a, b)) <= std::chrono::abs(b - a));

      const microseconds some(random.to(hours(200) / microseconds(1)));
      const auto due = calendar.due_after(a, some);
      if (due) {
        ++answered;
        REQUIRE(due->due >= a);
        REQUIRE(worked(a, due->due) == some);
        // Not a moment earlier.
        REQUIRE((some == microseconds(0) || worked(a, due->due - microseconds(1)) < some));
        // An empty pause changes nothing; a real one exactly its working time.
        const auto pause = worked(std::min(b, c), std::max(b, c));
        REQUIRE(*calendar.due_after(a, some + worked(b, b)) == *due);
        if (const auto paused = calendar.due_after(a, some + pause)) REQUIRE(worked(due->due, paused->due) == pause);
        if (b > a)
          if (const auto later = calendar.due_after(b, some)) REQUIRE(later->due >= due->due);
      }

      for (const auto unit : {UNIT_MINUTE, UNIT_HOUR, UNIT_WORK_HOUR, UNIT_WORK_DAY, UNIT_CALENDAR_DAY}) {
        const bool in_days = unit == UNIT_WORK_DAY || unit == UNIT_CALENDAR_DAY;
        for (const auto end : {SAME_TIME, CLOSE_OF_BUSINESS}) {
          if (!in_days && end != SAME_TIME) continue;
          const auto wish = limit(1 + random.to(40), unit, end);
          const auto until = calendar.due(a, wish);
          if (!until) continue;
          REQUIRE(until->due >= a);
          // A close of business at 24:00 is the next date's 0:00.
          const auto reached = end == CLOSE_OF_BUSINESS ? until->due - microseconds(1) : until->due;
          REQUIRE(calendar.difference(a, reached, unit).value() == static_cast<double>(wish.amount()));
          auto more = wish;
          more.set_amount(wish.amount() + 1);
          if (const auto after = calendar.due(a, more)) REQUIRE(after->due > until->due);
          // Two starts on days of one weekend share their last day, and SAME_TIME keeps the time of each.
          if (b > a && calendar.day_of(a) < calendar.day_of(b))
            if (const auto later = calendar.due(b, wish))
              REQUIRE((later->due >= until->due || (end == SAME_TIME && later->day == until->day)));
        }
      }
    }
  }
  CHECK(answered > 1000);
}

TEST_CASE("working time is what a walk over the minutes finds") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  Random random(seed);
  int changes = 0;
  for (int round = 0; round < 60; ++round) {
    const Trial trial(random);
    const auto zone = *pavior::city::Zone::of(trial.calendar.zone());
    const auto offset = [&](Time instant) {
      return zone.wall(instant).time_since_epoch() - instant.time_since_epoch();
    };
    const bool shanghai = trial.calendar.zone() == "Asia/Shanghai";
    const auto spring = at(trial.calendar, shanghai ? "1986-05-03 12:00" : "2024-03-09 12:00");
    for (const auto from : {Time(spring + minutes(random.to(600))),
                            std::chrono::floor<minutes>(trial.instant(random)) + microseconds(0)}) {
      const auto to = std::min(trial.last, Time(from + minutes(random.to(2880))));
      INFO("round " << round << " from " << wall(trial.calendar, from) << " to " << wall(trial.calendar, to));
      // A night that has an hour twice: which passing a span ends in is for the examples to say.
      if (offset(to) < offset(from)) continue;
      changes += offset(to) > offset(from);
      REQUIRE(trial.calendar.working_time(from, to).value() == walked(trial.calendar, from, to));
    }
  }
  CHECK(changes > 0);
}

TEST_CASE("a question takes no longer over a year than over a day") {
  const auto cn = shipped("cn");
  const auto start = at(cn, "2012-03-05 10:00");
  const auto begun = std::chrono::steady_clock::now();
  double sum = 0;
  for (int i = 0; i < 100'000; ++i) sum += cn.difference(start, start + hours(8 + i), UNIT_WORK_HOUR).value();
  const auto taken = std::chrono::steady_clock::now() - begun;
  CHECK(sum > 0);
  INFO("nanoseconds each: " << taken / std::chrono::nanoseconds(100'000));
  CHECK(taken < seconds(2));
}
