#include "support/load.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "support/arguments.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// One order under way. Its commands follow each other, so no two threads touch it at once.
struct Slot {
  std::uint64_t order = 0;
  std::size_t step = 0;
  Clock::time_point sent;
  std::vector<std::uint32_t> latencies_us;
};

class Driver {
 public:
  Driver(Engine& engine, const Orders& orders, const Load& load)
      : engine_(engine), orders_(orders), load_(load), slots_(load.in_flight) {
    for (Slot& slot : slots_) start_next(slot);
  }

  Measured run() {
    const auto start = Clock::now();
    end_ = start + std::chrono::duration_cast<Clock::duration>(load_.time);
    active_ = slots_.size();
    for (Slot& slot : slots_) {
      if (load_.form == Form::blocking)
        wait_for_each(slot);
      else
        send(slot);
    }
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return active_ == 0; });

    Measured measured;
    measured.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    for (const Slot& slot : slots_)
      measured.latencies_us.insert(measured.latencies_us.end(), slot.latencies_us.begin(), slot.latencies_us.end());
    measured.commands = measured.latencies_us.size();
    std::ranges::sort(measured.latencies_us);
    return measured;
  }

 private:
  bool more(const Slot& slot) {
    return slot.order < load_.orders && sent_.fetch_add(1, std::memory_order_relaxed) < load_.commands &&
           Clock::now() < end_;
  }

  void send(Slot& slot) {
    if (!more(slot)) return leave();
    slot.sent = Clock::now();
    engine_.submit(orders_.command(slot.order, slot.step), [this, &slot](const Result<Receipt>& receipt) {
      answered(slot, receipt);
      send(slot);
    });
  }

  void wait_for_each(Slot& slot) {
    while (more(slot)) {
      slot.sent = Clock::now();
      answered(slot, engine_.submit_and_wait(orders_.command(slot.order, slot.step)));
    }
    leave();
  }

  void answered(Slot& slot, const Result<Receipt>& receipt) {
    if (!receipt) give_up(receipt.error());
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - slot.sent);
    slot.latencies_us.push_back(static_cast<std::uint32_t>(took.count()));
    if (++slot.step == load_.until_step) start_next(slot);
  }

  void start_next(Slot& slot) {
    slot.step = load_.from_step;
    slot.order = next_order_.fetch_add(1, std::memory_order_relaxed);
  }

  void leave() {
    const std::lock_guard lock(mutex_);
    if (--active_ == 0) idle_.notify_all();
  }

  Engine& engine_;
  const Orders& orders_;
  const Load& load_;
  std::atomic<std::uint64_t> next_order_ = 0;
  std::atomic<std::uint64_t> sent_ = 0;
  Clock::time_point end_;
  std::vector<Slot> slots_;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::size_t active_ = 0;
};

}  // namespace

std::uint32_t percentile(const std::vector<std::uint32_t>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto rank = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
  return sorted[std::min(rank, sorted.size() - 1)];
}

Measured drive(Engine& engine, const Orders& orders, const Load& load) { return Driver(engine, orders, load).run(); }

std::size_t event_bytes(const Engine& engine) {
  constexpr std::size_t enough = 10'000;
  std::size_t events = 0;
  std::size_t bytes = 0;
  (void)or_give_up(engine.read(Position::none, [&](const Event& event) {
    bytes += event.payload.size();
    return ++events < enough;
  }));
  return events == 0 ? 0 : bytes / events;
}

}  // namespace pavior::bench
