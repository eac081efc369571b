#include "timers/flow.h"

#include <sys/prctl.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "support/arguments.h"
#include "timers/progress.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Make = std::function<Command(std::uint64_t, std::size_t)>;

std::uint32_t microseconds_since(Clock::time_point start) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count());
}

/// One item under way. Its commands follow each other, so no two threads touch it at once.
struct Slot {
  std::uint64_t item = 0;
  std::size_t step = 0;
  Clock::time_point start;
  std::vector<std::uint32_t> latencies_us;
};

class Driver {
 public:
  Driver(Engine& engine, const Flow& flow, const Make& make)
      : engine_(engine), flow_(flow), make_(make), slots_(std::min<std::uint64_t>(flow.in_flight, flow.items)) {}

  Measured run() {
    const auto start = Clock::now();
    active_ = slots_.size();
    for (Slot& slot : slots_) start_next(slot);
    Progress progress(flow_.what, flow_.items);
    std::unique_lock lock(mutex_);
    while (!idle_.wait_for(lock, std::chrono::milliseconds(200), [this] { return active_ == 0; }))
      progress.at(std::min(next_.load(), flow_.items));

    Measured measured;
    measured.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    measured.commands = flow_.items;
    for (const Slot& slot : slots_)
      measured.latencies_us.insert(measured.latencies_us.end(), slot.latencies_us.begin(), slot.latencies_us.end());
    std::ranges::sort(measured.latencies_us);
    return measured;
  }

 private:
  void start_next(Slot& slot) {
    slot.item = next_.fetch_add(1, std::memory_order_relaxed);
    slot.step = 0;
    if (slot.item >= flow_.items) return leave();
    slot.start = Clock::now();
    send(slot);
  }

  void send(Slot& slot) {
    engine_.submit(make_(slot.item, slot.step), [this, &slot](const Result<Receipt>& receipt) {
      if (!receipt) give_up(receipt.error());
      if (++slot.step < flow_.steps) return send(slot);
      if (flow_.keeps_latencies) slot.latencies_us.push_back(microseconds_since(slot.start));
      start_next(slot);
    });
  }

  void leave() {
    const std::lock_guard lock(mutex_);
    if (--active_ == 0) idle_.notify_all();
  }

  Engine& engine_;
  const Flow& flow_;
  const Make& make_;
  std::atomic<std::uint64_t> next_ = 0;
  std::vector<Slot> slots_;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::size_t active_ = 0;
};

}  // namespace

Measured drive(Engine& engine, const Flow& flow, const Make& make) { return Driver(engine, flow, make).run(); }

People::People(Engine& engine, const Orders& orders)
    : engine_(engine), orders_(orders), thread_([this] { send_all(); }) {}

void People::stop() {
  stopped_ = true;
  if (thread_.joinable()) thread_.join();
}

void People::send_all() {
  constexpr std::uint64_t orders_at_once = 4'096;
  ::prctl(PR_SET_TIMERSLACK, 1UL);  // else each is sent 50 microseconds late, and that would count
  const auto start = Clock::now();
  for (std::uint64_t sent = 0; !stopped_; ++sent) {
    const auto due = start + std::chrono::nanoseconds(std::chrono::seconds(1)) * sent / per_second;
    std::this_thread::sleep_until(due);
    Wait& wait = waits_.emplace_back();
    wait.from = due;
    const std::uint64_t turn = sent / orders_at_once;  // an order's commands are queued in order
    const std::uint64_t order = turn / Orders::steps * orders_at_once + sent % orders_at_once;
    engine_.submit(orders_.command(order, turn % Orders::steps), [this, &wait](const Result<Receipt>& receipt) {
      if (!receipt) give_up(receipt.error());
      wait.us = microseconds_since(wait.from);
      ++answered_;
    });
  }
  while (answered_ < waits_.size()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

std::vector<std::uint32_t> People::waits_us(Clock::time_point from, Clock::time_point to) const {
  std::vector<std::uint32_t> waits;
  for (const Wait& wait : waits_)
    if (wait.from >= from && wait.from < to) waits.push_back(wait.us);
  std::ranges::sort(waits);
  return waits;
}

Row with_percentiles(Row row, const std::vector<std::uint32_t>& sorted_us) {
  return std::move(row)
      .with(Figure::p50_us, percentile(sorted_us, 0.5))
      .with(Figure::p99_us, percentile(sorted_us, 0.99))
      .with(Figure::max_us, sorted_us.empty() ? 0 : sorted_us.back());
}

}  // namespace pavior::bench
