// Clocks and ladders of a city against the world: restarts at any moment, clocks that jump, a machine that slept.
#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "city/clocked_city.h"

namespace pavior::city::tests {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// Everything that happened, stream by stream: when, what, and every byte of it.
using Log = std::map<std::string, std::vector<std::string>>;

Log log_of(const ClockedCity& city) {
  Log log;
  const auto read = city.engine->read(Position::none, [&](const Event& event) {
    log[event.stream().text()].push_back(fmt::format("{} {} {}", to_micros(event.time), event.type, event.payload));
    return true;
  });
  REQUIRE(read);
  return log;
}

v1::Grade grade_of(int order) { return static_cast<v1::Grade>(1 + order / 3 % 3); }

/// A step of an order's life, and when somebody takes it. The last orders are left alone, for their ladders to climb.
struct Step {
  minutes at;
  std::function<void(ClockedCity&)> take;
};

std::vector<Step> lives(int orders) {
  std::mt19937_64 numbers(7);
  const auto within = [&](int most) { return minutes(static_cast<int>(numbers() % static_cast<unsigned>(most))); };
  std::vector<Step> steps;
  for (int i = 0; i < orders; ++i) {
    const auto key = "R" + std::to_string(i);
    minutes at = within(600);
    const auto then = [&](int most, auto message) {
      steps.push_back({at, [key, message](ClockedCity& city) { city.act(message, key); }});
      at += minutes(1) + within(most);
    };
    then(30, build<v1::Report>([](auto& m) { m.set_title("hole"); }));
    then(90, build<v1::Accept>([&](auto& m) {
           m.set_category(i % 4 == 0 ? "burst_pipe" : "roads");
           m.set_grade(grade_of(i));
         }));
    then(2000, build<v1::Dispatch>([](auto& m) { m.set_lead("works"); }));
    if (i % 3 == 2) continue;
    then(60, v1::Acknowledge());
    then(3000, v1::StartWork());
    then(60, build<v1::SubmitResult>([](auto& m) {
           m.set_outcome(v1::OUTCOME_RESOLVED);
           m.set_reply("filled");
         }));
    then(60, v1::PassVerification());
    // An order is not closed while somebody waits for an answer.
    steps.push_back({at, [key](ClockedCity& city) {
                       const auto order = city.order(key);
                       for (const auto& each : order.supervisions())
                         if (each.answered_at() == 0)
                           city.act(build<v1::AnswerSupervision>([&](auto& m) {
                                      m.set_cause(each.cause());
                                      m.set_answer("two crews more");
                                    }),
                                    key);
                     }});
    then(1500, v1::Close());
  }
  std::ranges::stable_sort(steps, {}, &Step::at);
  return steps;
}

const std::string start = "2024-09-12 08:00";  // Before a holiday with make-up days.
constexpr minutes length = hours(24 * 12);

/// Plays the lives, and calls `meanwhile` before each step and at the end.
template <class Meanwhile>
Log play(ClockedCity& city, const std::vector<Step>& steps, Meanwhile meanwhile) {
  const Time begin = city.runtime.now();
  for (const Step& step : steps) {
    meanwhile(begin + step.at);
    city.runtime.advance_to(begin + step.at);
    step.take(city);
  }
  meanwhile(begin + length);
  city.runtime.advance_to(begin + length);
  return log_of(city);
}

std::size_t count(const Log& log, std::string_view type) {
  std::size_t found = 0;
  for (const auto& [stream, events] : log)
    found += static_cast<std::size_t>(
        std::ranges::count_if(events, [&](const std::string& event) { return event.find(type) != std::string::npos; }));
  return found;
}

TEST_CASE("a thousand restarts at random moments change no firing") {
  const auto steps = lives(9);
  ClockedCity undisturbed(start);
  const Log expected = play(undisturbed, steps, [](Time) {});
  REQUIRE(count(expected, ".TimerLapsed") == 0);
  REQUIRE(count(expected, ".ClockRang") > 30);
  REQUIRE(count(expected, ".Escalated") > 5);
  REQUIRE(count(expected, ".SupervisionOrdered") > 2);

  std::size_t restarts = 0;
  for (std::uint64_t seed = 1; restarts < 1000; ++seed) {
    INFO("seed " << seed);
    ClockedCity city(start, shipped_plan(), seed);
    std::mt19937_64 numbers(seed);
    std::vector<Time> moments;
    for (int i = 0; i < 20; ++i)
      moments.push_back(
          city.runtime.now() +
          std::chrono::microseconds(numbers() % static_cast<std::uint64_t>(std::chrono::microseconds(length).count())));
    std::ranges::sort(moments);
    auto next = moments.begin();
    const Log log = play(city, steps, [&](Time until) {
      for (; next != moments.end() && *next < until; ++next, ++restarts) {
        city.runtime.advance_to(*next);
        city.open();
      }
    });
    REQUIRE(log == expected);
  }
}

TEST_CASE("what came due while the process was down fires once when it is back, and says when it was due") {
  const auto steps = lives(9);
  ClockedCity city(start);
  const Time begin = city.runtime.now();
  for (const Step& step : steps) {
    city.runtime.advance_to(begin + step.at);
    step.take(city);
  }
  city.engine.reset();
  city.runtime.advance_by(hours(24 * 30));
  city.open();
  city.runtime.advance_by(hours(24));
  const Log log = log_of(city);
  CHECK(count(log, ".TimerLapsed") == 0);
  // Each instance is breached once, and each of its thresholds is told once a time it comes, however long it slept.
  std::map<std::string, int> told;
  REQUIRE(city.engine->read(Position::none, [&](const Event& event) {
    v1::ClockRang rang;
    if (event.workflow != work_order_workflow || !parse(event.payload, rang)) return true;
    for (const auto& change : rang.clocks()) {
      const auto clock = fmt::format("{} {}#{}", event.key, change.clock(), change.instance());
      if (change.has_breached()) ++told[clock + " breached"];
      if (change.has_reached())
        ++told[fmt::format("{} {} {}", clock, change.reached().threshold(), change.reached().nth())];
    }
    return true;
  }));
  CHECK(told.size() > 20);
  for (const auto& [what, times] : told) {
    INFO(what);
    CHECK(times == 1);
  }
  city.check_sound();
}

TEST_CASE("a clock set back fires nothing early, and one set forward fires what that time has passed, once") {
  ClockedCity city("2024-03-08 10:00");
  city.start_work().quiet();
  city.runtime.jump_clock(-hours(2));
  city.runtime.advance_by(hours(20));  // 04:00 of the next day, by the wall
  CHECK(city.news() == std::vector<std::string>{"03-09 04:00 ClockRang: HND three_quarters waits until 03-11 09:00"});
  city.runtime.jump_clock(hours(7));
  city.runtime.advance_by(std::chrono::seconds(2));
  const auto news = city.news();
  REQUIRE(news.size() == 2);
  CHECK(news[0].ends_with("ClockRang: HND is breached; HND reaches overdue"));
  city.runtime.jump_clock(-hours(5));
  city.runtime.advance_by(hours(6));
  CHECK(city.news().empty());
  city.check_sound();
}

}  // namespace
}  // namespace pavior::city::tests
