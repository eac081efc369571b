// What timers cost that only live in memory.
#include <malloc.h>
#include <sys/prctl.h>

#include <chrono>
#include <thread>

#include "fmt/core.h"
#include "timers/apart.h"
#include "timers/far.h"
#include "timers/flow.h"
#include "timers/memory_timers.h"
#include "timers/parts.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t rings_per_second = 1'000;
constexpr std::uint32_t settle_every = 1'024;

double allocated_mib() {
  const auto info = ::mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd) / (1 << 20);
}

template <class Timers>
class Baseline {
 public:
  Baseline(const Settings& settings, std::uint64_t pending)
      : settings_(settings),
        pending_(pending),
        count_(static_cast<std::uint32_t>(settings.quick ? 20'000 : 1'000'000)),
        start_(steady_now()) {}

  Rows run() {
    const double before = allocated_mib();
    // As in the store: those that wait come first, those that come and go behind them.
    Timers timers(pending_ + std::max<std::uint64_t>(count_, settings_.due), start_);
    const double filling = seconds_of([&] {
      for (std::uint32_t i = 0; i < pending_; ++i) timers.set(i, far(i));
    });
    row("fill", pending_, filling).with(Figure::mib, allocated_mib() - before);
    cost(timers);
    fire(timers);
    late(timers);
    return std::move(rows_);
  }

 private:
  template <class Work>
  static double seconds_of(Work work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
  }
  Row& row(const char* measure, std::uint64_t count, double seconds) {
    return rows_.emplace_back(measure, Timers::name, "-", pending_)
        .with(Figure::count, static_cast<double>(count))
        .with(Figure::per_second, static_cast<double>(count) / seconds);
  }
  Instant far(std::uint64_t number) const { return start_ + (far_due(number) - epoch); }
  std::uint32_t fresh(std::uint32_t i) const { return static_cast<std::uint32_t>(pending_) + i; }
  std::uint32_t old(std::uint32_t i) const { return static_cast<std::uint32_t>(scattered(i) % pending_); }

  /// The seconds that `step` takes for all of `count_`, Asio's handlers included.
  template <class Step>
  double timed(Timers& timers, Step step) {
    return seconds_of([&] {
      for (std::uint32_t i = 0; i < count_; ++i) {
        step(i);
        if (i % settle_every == 0) timers.settle();
      }
      timers.settle();
    });
  }

  void cost(Timers& timers) {
    row("set", count_, timed(timers, [&](std::uint32_t i) { timers.set(fresh(i), far(fresh(i))); }));
    row("cancel", count_, timed(timers, [&](std::uint32_t i) { timers.cancel(fresh(i)); }));
    row("set_cancel", count_, timed(timers, [&](std::uint32_t i) {
          timers.set(fresh(i), far(fresh(i)));
          timers.cancel(fresh(i));
        }));
    // Cancelled and set again one by one, since the same one may come up twice.
    row("reset_old", count_, timed(timers, [&](std::uint32_t i) {
          timers.cancel(old(i));
          timers.set(old(i), far(old(i)));
        }));
  }

  void fire(Timers& timers) {
    const auto due = static_cast<std::uint32_t>(settings_.due);
    const Instant now = steady_now();
    for (std::uint32_t i = 0; i < due; ++i) timers.set(fresh(i), now);
    std::uint64_t rung = 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(3));  // a tick of the wheel
    row("fire", due, seconds_of([&] { timers.ring_due(steady_now(), [&](std::uint32_t) { ++rung; }); }));
    if (rung != due) give_up(Error(ErrorCode::corrupt, fmt::format("{} of {} rang", rung, due)));
  }

  void late(Timers& timers) {
    const auto count = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(static_cast<std::uint64_t>(settings_.seconds * rings_per_second), settings_.due));
    const Instant first = steady_now() + std::chrono::milliseconds(100);
    const auto due = [&](std::uint32_t i) { return first + std::chrono::milliseconds(i); };
    for (std::uint32_t i = 0; i < count; ++i) timers.set(fresh(i), due(i));
    std::vector<std::uint32_t> late_us;
    const Rung rung = [&](std::uint32_t number) {
      const auto late = steady_now() - due(number - static_cast<std::uint32_t>(pending_));
      late_us.push_back(static_cast<std::uint32_t>(late.count()));
    };
    ::prctl(PR_SET_TIMERSLACK, 1UL);
    const Instant end = due(count) + std::chrono::milliseconds(10);
    if constexpr (requires { timers.run_until(end, rung); }) {
      timers.run_until(end, rung);
    } else {
      for (Instant now = steady_now(); now < end; now = steady_now()) {
        timers.ring_due(now, rung);
        std::this_thread::sleep_until(std::min(end, timers.next(now)));
      }
    }
    std::ranges::sort(late_us);
    Row measured(std::string("late"), Timers::name, "-", pending_, fmt::format("timers_per_s={}", rings_per_second));
    rows_.push_back(with_percentiles(std::move(measured), late_us).with(Figure::count, static_cast<double>(count)));
  }

  const Settings& settings_;
  std::uint64_t pending_;
  std::uint32_t count_;
  Instant start_;
  Rows rows_;
};

template <class Timers>
void measure(const Settings& settings, std::uint64_t pending, Rows& rows) {
  for (Row& row : apart([&] { return Baseline<Timers>(settings, pending).run(); })) rows.push_back(std::move(row));
}

}  // namespace

Rows measure_baselines(const Settings& settings, std::uint64_t pending) {
  Rows rows;
  measure<HeapTimers>(settings, pending, rows);
  measure<WheelTimers>(settings, pending, rows);
  measure<AsioTimers>(settings, pending, rows);
  return rows;
}

}  // namespace pavior::bench
