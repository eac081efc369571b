/// \file
/// Timers that live in memory only, to compare with: three ways to keep them, all by one thread and forgotten at its end.
#pragma once

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace pavior::bench {

/// Units: microseconds of the steady clock.
using Instant = std::chrono::time_point<std::chrono::steady_clock, std::chrono::microseconds>;
/// Told the number of a timer that is due.
using Rung = std::function<void(std::uint32_t)>;

inline Instant steady_now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::steady_clock::now());
}

/// A binary heap whose timers know their places in it, so that they can be taken out.
class HeapTimers {
 public:
  static constexpr const char* name = "heap";
  HeapTimers(std::size_t numbers, Instant) : places_(numbers) {}

  void set(std::uint32_t number, Instant due) {
    heap_.push_back({due, number});
    rise(heap_.size() - 1);
  }
  void cancel(std::uint32_t number) { take(places_[number]); }
  void settle() {}
  void ring_due(Instant now, const Rung& rung) {
    while (!heap_.empty() && heap_.front().due <= now) {
      const std::uint32_t number = heap_.front().number;
      take(0);
      rung(number);
    }
  }
  [[nodiscard]] Instant next(Instant) const { return heap_.empty() ? Instant::max() : heap_.front().due; }

 private:
  struct Entry {
    Instant due;
    std::uint32_t number;
  };
  void place(std::size_t at, Entry entry) {
    heap_[at] = entry;
    places_[entry.number] = static_cast<std::uint32_t>(at);
  }
  void rise(std::size_t at) {
    const Entry entry = heap_[at];
    for (; at > 0 && entry.due < heap_[(at - 1) / 2].due; at = (at - 1) / 2) place(at, heap_[(at - 1) / 2]);
    place(at, entry);
  }
  void sink(std::size_t at) {
    const Entry entry = heap_[at];
    for (std::size_t child = 2 * at + 1; child < heap_.size(); child = 2 * at + 1) {
      if (child + 1 < heap_.size() && heap_[child + 1].due < heap_[child].due) ++child;
      if (entry.due <= heap_[child].due) break;
      place(at, heap_[child]);
      at = child;
    }
    place(at, entry);
  }
  void take(std::size_t at) {
    const Entry last = heap_.back();
    heap_.pop_back();
    if (at == heap_.size()) return;
    place(at, last);
    sink(at);
    rise(places_[last.number]);
  }

  std::vector<Entry> heap_;
  std::vector<std::uint32_t> places_;
};

/// A plain hashed timing wheel: a slot a millisecond, each with a list of all timers that are due in some round of it.
class WheelTimers {
 public:
  static constexpr const char* name = "wheel";
  WheelTimers(std::size_t numbers, Instant now) : nodes_(numbers + slots), tick_(tick_of(now)) {
    for (std::uint32_t slot = 0; slot < slots; ++slot) nodes_[slot] = {slot, slot, {}};
  }

  void set(std::uint32_t number, Instant due) {
    const std::uint32_t node = number + slots;
    const std::uint32_t head = static_cast<std::uint32_t>(std::max(tick_of(due) + 1, tick_ + 1) % slots);
    nodes_[node] = {head, nodes_[head].after, due};
    nodes_[nodes_[head].after].before = node;
    nodes_[head].after = node;
  }
  void cancel(std::uint32_t number) {
    const Node& node = nodes_[number + slots];
    nodes_[node.before].after = node.after;
    nodes_[node.after].before = node.before;
  }
  void settle() {}
  void ring_due(Instant now, const Rung& rung) {
    for (const std::int64_t end = tick_of(now); tick_ < end;) {
      const auto head = static_cast<std::uint32_t>(++tick_ % slots);
      for (std::uint32_t node = nodes_[head].after; node != head;) {
        const std::uint32_t after = nodes_[node].after;
        if (nodes_[node].due <= now) {
          cancel(node - slots);
          rung(node - slots);
        }
        node = after;
      }
    }
  }
  [[nodiscard]] Instant next(Instant now) const { return Instant((tick_of(now) + 1) * tick); }

 private:
  static constexpr std::uint32_t slots = 1 << 16;
  static constexpr std::chrono::milliseconds tick{1};
  struct Node {
    std::uint32_t before, after;
    Instant due;
  };
  static std::int64_t tick_of(Instant instant) { return instant.time_since_epoch() / tick; }

  std::vector<Node> nodes_;  // of the slots, then of the timers
  std::int64_t tick_;
};

/// `boost::asio::steady_timer`, which keeps a binary heap of its own and asks the system to wake it.
class AsioTimers {
 public:
  static constexpr const char* name = "asio";
  AsioTimers(std::size_t numbers, Instant) {
    timers_.reserve(numbers);
    while (timers_.size() < numbers) timers_.emplace_back(context_);
  }

  void set(std::uint32_t number, Instant due) {
    timers_[number].expires_at(due);
    timers_[number].async_wait([this, number](const boost::system::error_code& error) {
      if (!error && rung_ != nullptr) (*rung_)(number);
    });
  }
  void cancel(std::uint32_t number) { timers_[number].cancel(); }
  /// Runs the handlers of what was cancelled.
  void settle() {
    context_.restart();
    context_.poll();
  }
  void ring_due(Instant, const Rung& rung) {
    rung_ = &rung;
    settle();
    rung_ = nullptr;
  }
  void run_until(Instant end, const Rung& rung) {
    rung_ = &rung;
    context_.restart();
    context_.run_until(end);
    rung_ = nullptr;
  }

 private:
  boost::asio::io_context context_{1};
  std::vector<boost::asio::steady_timer> timers_;
  const Rung* rung_ = nullptr;
};

}  // namespace pavior::bench
