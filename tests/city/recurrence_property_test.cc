// Random expressions on random calendars against a walk over the minutes, which knows no shortcuts.
#include "city/schedule/recurrence.h"

#include <random>
#include <set>

#include "city/calendars.h"
#include "fmt/format.h"

using namespace pavior::testing;
using pavior::Time;
using pavior::city::date_text;
using pavior::city::Recurrence;
using pavior::city::Zone;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using Data = pavior::city::v1::Recurrence;
using CalendarData = pavior::city::v1::Calendar;

namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : numbers_(seed) {}
  unsigned from_to(unsigned least, unsigned most) {
    return least + static_cast<unsigned>(numbers_() % (most - least + 1));
  }
  bool once_in(unsigned n) { return from_to(1, n) == 1; }

 private:
  std::mt19937_64 numbers_;
};

/// Zones, two years of each, and evenings before their clocks change.
struct Place {
  const char* zone;
  int year;
  std::vector<const char*> evenings;
};
const std::vector<Place> places = {
    {"America/New_York", 2024, {"2024-03-09 20:00", "2024-11-02 20:00", "2025-03-08 20:00"}},
    {"Asia/Shanghai", 1986, {"1986-05-03 20:00", "1986-09-13 20:00", "1987-04-11 20:00"}},
    {"Australia/Lord_Howe", 2024, {"2024-04-06 20:00", "2024-10-05 20:00"}},  // half an hour
    {"America/Sao_Paulo", 2017, {"2017-10-14 20:00", "2018-02-17 20:00"}},    // at midnight
    {"America/St_Johns", 2005, {"2005-04-02 20:00", "2005-10-29 20:00"}},     // a minute after midnight
};

/// A field as text, and what it stands for.
struct Field {
  std::string text;
  std::set<unsigned> values;
};

Field random_field(Random& random, unsigned min, unsigned max, unsigned star_in) {
  Field field;
  const auto add = [&](const std::string& text, unsigned first, unsigned last, unsigned step) {
    field.text += (field.text.empty() ? "" : ",") + text + (step > 1 ? fmt::format("/{}", step) : "");
    for (unsigned value = first; value <= last; value += step) field.values.insert(value);
  };
  if (random.once_in(star_in)) {
    add("*", min, max, random.once_in(4) ? random.from_to(2, max) : 1);
    return field;
  }
  do {
    const unsigned first = random.from_to(min, max);
    const unsigned last = random.from_to(first, max);
    if (random.once_in(2))
      add(std::to_string(first), first, first, 1);
    else
      add(fmt::format("{}-{}", first, last), first, last, random.from_to(1, 7));
  } while (random.once_in(3));
  return field;
}

struct Expression {
  explicit Expression(Random& random) {
    field = {random_field(random, 0, 59, 6), random_field(random, 0, 23, 3), random_field(random, 1, 31, 2),
             random_field(random, 1, 12, 1), random_field(random, 0, 7, 2)};
    if (random.once_in(5)) {
      working_day = static_cast<int>(random.from_to(1, 20)) * (random.once_in(2) ? 1 : -1);
      for (const auto i : {2, 4}) field[static_cast<std::size_t>(i)].text = "*";
    } else {
      rest_day = static_cast<Data::RestDay>(random.from_to(0, 4));
    }
  }

  [[nodiscard]] Data data() const {
    Data data;
    data.set_cron(
        fmt::format("{} {} {} {} {}", field[0].text, field[1].text, field[2].text, field[3].text, field[4].text));
    data.set_rest_day(rest_day);
    data.set_working_day(working_day);
    return data;
  }
  [[nodiscard]] bool has_time(minutes time) const {
    const auto minute = static_cast<unsigned>(time.count());
    return field[0].values.contains(minute % 60) && field[1].values.contains(minute / 60);
  }
  [[nodiscard]] bool has_month(Date day) const {
    return field[3].values.contains(static_cast<unsigned>(std::chrono::year_month_day(day).month()));
  }
  [[nodiscard]] bool names(Date day) const {
    const std::chrono::year_month_day date(day);
    const unsigned weekday = std::chrono::weekday(day).c_encoding();
    const bool by_month = field[2].values.contains(static_cast<unsigned>(date.day()));
    const bool by_week = field[4].values.contains(weekday) || (weekday == 0 && field[4].values.contains(7));
    const bool either = field[2].text[0] != '*' && field[4].text[0] != '*';
    return has_month(day) && (either ? by_month || by_week : by_month && by_week);
  }

  std::vector<Field> field;
  Data::RestDay rest_day = Data::ANYWAY;
  int working_day = 0;
};

CalendarData random_calendar(Random& random, const Place& place) {
  auto data = plain_data(place.zone, {"09:00-17:00"});
  data.set_valid_from(fmt::format("{}-01-01", place.year));
  data.set_valid_to(fmt::format("{}-12-31", place.year + 1));
  for (Date date = day(data.valid_from()); date < day(data.valid_to()) - days(20);
       date += days(random.from_to(1, 30))) {
    auto& exception = *data.add_days();
    exception.set_date(date_text(date));
    const auto last = date + days(random.once_in(3) ? random.from_to(0, 9) : 0);
    exception.set_to(date_text(last));
    exception.set_kind(random.once_in(3) ? CalendarData::Day::WORKING : CalendarData::Day::OFF);
    date = last;
  }
  return data;
}

/// The days that have occurrences: each day that is named goes where its rule sends it.
std::set<Date> days_of(const Expression& expression, const pavior::city::Calendar& calendar) {
  std::set<Date> found;
  const auto works = [&](Date date) { return calendar.is_working_day(date).value(); };
  const Date first = calendar.valid_from() + days(31), last = calendar.valid_to() - days(31);
  for (Date day = first; day <= last; day += days(1)) {
    if (expression.working_day != 0) {
      const auto month = [](Date of) { return std::chrono::year_month_day(of).month(); };
      int count = 0;
      const days step(expression.working_day > 0 ? -1 : 1);
      for (Date other = day; month(other) == month(day); other += step) count += works(other);
      if (expression.has_month(day) && works(day) && count == std::abs(expression.working_day)) found.insert(day);
      continue;
    }
    if (!expression.names(day)) continue;
    Date moved = day;
    if (expression.rest_day == Data::NEXT)
      while (!works(moved)) moved += days(1);
    if (expression.rest_day == Data::PREVIOUS)
      while (!works(moved)) moved -= days(1);
    if (expression.rest_day != Data::SKIP || works(day)) found.insert(moved);
  }
  return found;
}

/// Whether an occurrence is at this whole minute.
bool comes_at(const Expression& expression, const std::set<Date>& on, const Zone& zone, Time instant) {
  const auto comes = [&](pavior::city::WallTime wall) {
    const auto day = std::chrono::floor<days>(wall);
    return on.contains(day) && expression.has_time(std::chrono::floor<minutes>(wall - day));
  };
  const auto wall = zone.wall(instant);
  for (auto skipped = zone.wall(instant - minutes(1)) + minutes(1); skipped < wall; skipped += minutes(1))
    if (comes(skipped)) return true;
  if (!comes(wall)) return false;
  for (minutes earlier(1); earlier <= hours(3); earlier += minutes(1))
    if (zone.wall(instant - earlier) == wall) return false;
  return true;
}

}  // namespace

TEST_CASE("the next occurrence is the one a walk over the minutes finds, on any wall") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  Random random(seed);
  int found = 0, passed = 0;
  for (int round = 0; round < 2000; ++round) {
    const auto& place = places[random.from_to(0, static_cast<unsigned>(places.size()) - 1)];
    const auto calendar = pavior::city::Calendar::make(random_calendar(random, place)).value();
    const auto zone = *Zone::of(place.zone);
    const Expression expression(random);
    INFO("round " << round << ": " << expression.data().ShortDebugString() << " in " << place.zone);
    const auto recurrence = Recurrence::make(expression.data());
    if (!recurrence) {
      CHECK(recurrence.error().message().find("no year has such a day") != std::string::npos);
      continue;
    }
    const auto on = days_of(expression, calendar);
    const Time evening =
        at(calendar, place.evenings[random.from_to(0, static_cast<unsigned>(place.evenings.size()) - 1)]);
    const Time some_day = evening + days(random.from_to(0, 90));
    Time after = (random.once_in(2) ? evening : some_day) + minutes(random.from_to(0, 600));
    if (random.once_in(2)) after += std::chrono::microseconds(random.from_to(1, 59'999'999));
    const Time until = after + minutes(random.from_to(1, 3 * 1440));
    INFO("after " << wall(calendar, after) << " until " << wall(calendar, until));

    std::vector<Time> walked;
    for (Time instant = std::chrono::floor<minutes>(after) + minutes(1); instant <= until; instant += minutes(1))
      if (comes_at(expression, on, zone, instant)) walked.push_back(instant);

    const auto next = recurrence->next(after, calendar);
    const auto between = recurrence->between(after, until, calendar);
    REQUIRE_FALSE(between.unknown);
    REQUIRE(between.count == walked.size());
    if (walked.empty()) {
      REQUIRE((!next || next->at > until));
      ++passed;
      continue;
    }
    REQUIRE(next);
    REQUIRE(wall(calendar, next->at) == wall(calendar, walked.front()));
    REQUIRE(next->at == walked.front());
    REQUIRE(between.first == walked.front());
    REQUIRE(between.last == walked.back());
    ++found;
  }
  CHECK(found > 300);
  CHECK(passed > 100);
}

TEST_CASE("counting is what asking for the next one again and again gives, over years") {
  const auto seed = pavior::test::random_seed();
  INFO("seed " << seed);
  Random random(seed);
  for (int round = 0; round < 60; ++round) {
    const auto& place = places[random.from_to(0, static_cast<unsigned>(places.size()) - 1)];
    const auto calendar = pavior::city::Calendar::make(random_calendar(random, place)).value();
    const Expression expression(random);
    INFO("round " << round << ": " << expression.data().ShortDebugString() << " in " << place.zone);
    const auto recurrence = Recurrence::make(expression.data());
    if (!recurrence) continue;
    const Time after = at(calendar, fmt::format("{}-02-10 08:00", place.year));
    const Time until = after + days(random.from_to(1, 600));
    std::uint64_t count = 0;
    Time last = after;
    for (auto next = recurrence->next(after, calendar); next && next->at <= until;
         next = recurrence->next(next->at, calendar)) {
      REQUIRE(next->at > last);
      last = next->at;
      ++count;
    }
    const auto between = recurrence->between(after, until, calendar);
    REQUIRE(between.count == count);
    if (count > 0) REQUIRE(between.last == last);
  }
}
