// A city's day of orders and their clocks, in simulated time: what must ring is known beforehand, timer by timer.
#include <algorithm>
#include <cmath>
#include <queue>
#include <random>
#include <unordered_map>

#include "fmt/core.h"
#include "pavior/testing.h"
#include "support/memory.h"
#include "timers/alarms.h"
#include "timers/apart.h"
#include "timers/parts.h"
#include "timers/progress.h"

namespace pavior::bench {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

/// An order's alarms, by their numbers.
enum Alarm : std::uint8_t { deadline, reminder, response };

/// An order's day: reported, answered, done; each command as it comes.
struct Plan {
  Time reported, answered, done;
  Time response_due, reminder_due, deadline_due;

  [[nodiscard]] std::vector<Time> dues() const { return {deadline_due, reminder_due, response_due}; }
};

/// Orders come by day more than by night; a mean of four hours passes until they are done; limits are those of the city
/// that publishes them: a response in half an hour, one day for what is simple and three for the rest, a reminder at
/// three quarters. From a seed.
class City {
 public:
  explicit City(std::uint64_t orders_a_day) : gap_us_(86'400e6 / static_cast<double>(orders_a_day)) {}

  Plan next() {
    now_ += microseconds(static_cast<std::int64_t>(drawn(gap_us_ / share_of_hour())));
    Plan plan;
    plan.reported = now_;
    plan.answered = now_ + minutes(1) + after(minutes(9));
    plan.done = plan.answered + after(hours(4));
    const hours limit = numbers_() % 4 == 0 ? hours(72) : numbers_() % 8 == 0 ? hours(4) : hours(24);
    plan.response_due = now_ + minutes(30);
    plan.deadline_due = now_ + limit;
    plan.reminder_due = now_ + limit * 3 / 4;
    return plan;
  }

 private:
  /// Twice the mean at the height of the day, next to none at night.
  [[nodiscard]] double share_of_hour() const {
    const double day = std::chrono::duration<double>(now_ - epoch).count() / 86'400;
    return 1.05 - std::cos(2 * 3.14159265 * (day - std::floor(day)));
  }
  double drawn(double mean) { return std::exponential_distribution<double>(1 / mean)(numbers_); }
  microseconds after(microseconds mean) {
    return microseconds(static_cast<std::int64_t>(drawn(static_cast<double>(mean.count()))));
  }

  double gap_us_;
  Time now_ = epoch;
  std::mt19937_64 numbers_{2026};
};

class Day {
 public:
  Day(const Settings& settings, const std::filesystem::path& path)
      : settings_(settings),
        engine_(or_give_up(Engine::open(path, options(), runtime_))),
        city_(settings.orders_a_day) {}

  Rows run() {
    const auto start = std::chrono::steady_clock::now();
    const Time end = epoch + std::chrono::days(1);
    Progress progress("orders of the day", settings_.orders_a_day);
    Plan next = city_.next();
    std::uint64_t number = 0;
    while (true) {
      const Time now = std::min(todo_.empty() ? end : todo_.top().when, next.reported);
      if (now >= end) break;
      runtime_.advance_to(now);
      if (now == next.reported) {
        report(number++, next);
        next = city_.next();
        progress.at(number);
      } else {
        const Todo todo = todo_.top();
        todo_.pop();
        if (todo.done)
          send(alarms::disarm(stream(todo.order)));
        else
          send(alarms::disarm(stream(todo.order), response));
      }
    }
    runtime_.advance_to(end);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    (void)lateness_us(*engine_, Position::none, expected_);  // exactly those, each once, none early
    if (answered_ != sent_) give_up(Error(ErrorCode::corrupt, "a command was not answered"));
    const std::string setting = fmt::format("orders={} timers_set={}", number, 3 * number);
    return {Row("day_commands", "pavior", "process_crash", 0, setting)
                .with(Figure::count, static_cast<double>(sent_))
                .with(Figure::per_second, static_cast<double>(sent_ + expected_) / seconds)
                .with(Figure::seconds, seconds)
                .with(Figure::ratio, 86'400 / seconds)
                .with(Figure::mib, resident_mib()),
            Row("day_fired", "pavior", "process_crash", 0, "late=0 early=0 lost=0 twice=0")
                .with(Figure::count, static_cast<double>(expected_))};
  }

 private:
  struct Todo {
    Time when;
    std::uint64_t order;
    bool done;
    bool operator<(const Todo& other) const { return when > other.when; }  // the next is the greatest
  };
  static Options options() { return engine_options(Durability::process_crash); }
  static StreamId stream(std::uint64_t order) { return alarms::stream("order", order); }

  void report(std::uint64_t order, const Plan& plan) {
    send(alarms::arm(stream(order), plan.dues()));
    todo_.push({plan.answered, order, false});
    todo_.push({plan.done, order, true});
    const Time end = epoch + std::chrono::days(1);
    const auto count = [&](Time due, Time cancelled) { expected_ += due <= std::min(end, cancelled) ? 1 : 0; };
    count(plan.response_due, plan.answered);
    count(plan.reminder_due, plan.done);
    count(plan.deadline_due, plan.done);
  }

  void send(Command command) {
    ++sent_;
    engine_->submit(std::move(command), [this](const Result<Receipt>& receipt) {
      if (!receipt) give_up(receipt.error());
      ++answered_;
    });
  }

  const Settings& settings_;
  SimulatedRuntime runtime_{epoch};
  std::unique_ptr<Engine> engine_;
  City city_;
  std::priority_queue<Todo> todo_;
  std::uint64_t sent_ = 0;
  std::uint64_t answered_ = 0;
  std::uint64_t expected_ = 0;
};

}  // namespace

Rows measure_day(const Settings& settings, const Scratch& scratch) {
  const auto path = scratch.fresh("day");
  Rows rows = apart([&] { return Day(settings, path).run(); });
  (void)scratch.fresh("day");
  return rows;
}

}  // namespace pavior::bench
