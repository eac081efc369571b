/// \file
/// Commands as fast as the engine takes them, and people who do not wait for each other.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "pavior/engine.h"
#include "support/load.h"
#include "support/orders.h"
#include "timers/row.h"

namespace pavior::bench {

/// Items, each of some commands that follow each other; `in_flight` items are under way at once.
struct Flow {
  std::string what;  ///< For the progress.
  std::uint64_t items = 0;
  std::size_t steps = 1;
  std::size_t in_flight = 1024;
  bool keeps_latencies = true;  ///< Off where memory is measured.
};

/// Submits all and waits for the last answer. Every command is accepted or the program ends.
/// `Measured` counts items, and a latency is an item's.
Measured drive(Engine& engine, const Flow& flow,
               const std::function<Command(std::uint64_t item, std::size_t step)>& make);

/// Commands of the city's work orders at a fixed rate, whether the ones before are answered or not.
class People {
 public:
  static constexpr std::uint64_t per_second = 1'000;

  People(Engine& engine, const Orders& orders);
  /// As `stop`.
  ~People() { stop(); }
  People(const People&) = delete;
  People& operator=(const People&) = delete;

  /// Sends no more, and returns when all is answered.
  void stop();

  /// Of the commands that were to be sent between the two instants, measured from then to their answer; sorted. Only
  /// after `stop`. Units: microseconds.
  [[nodiscard]] std::vector<std::uint32_t> waits_us(std::chrono::steady_clock::time_point from,
                                                    std::chrono::steady_clock::time_point to) const;

 private:
  struct Wait {
    std::chrono::steady_clock::time_point from;
    std::atomic<std::uint32_t> us = 0;
  };
  void send_all();

  Engine& engine_;
  const Orders& orders_;
  std::deque<Wait> waits_;
  std::atomic<std::uint64_t> answered_ = 0;
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

/// Adds p50, p99 and maximum.
Row with_percentiles(Row row, const std::vector<std::uint32_t>& sorted_us);

}  // namespace pavior::bench
