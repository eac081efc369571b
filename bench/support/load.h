/// \file
/// Puts an engine under load: work orders, a fixed number of commands in flight.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "pavior/engine.h"
#include "support/orders.h"

namespace pavior::bench {

enum class Form {
  callback,  ///< Each answer submits the order's next command.
  blocking,  ///< One thread waits for each answer.
};

/// Ends at the first of its bounds.
struct Load {
  std::size_t in_flight = 1;
  Form form = Form::callback;
  std::chrono::duration<double> time = std::chrono::hours(1);
  std::uint64_t commands = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t orders = std::numeric_limits<std::uint64_t>::max();  ///< Each lives to its end.
  std::size_t from_step = 0;                                         ///< Orders have lived the steps before it ...
  std::size_t until_step = Orders::steps;                            ///< ... and stop before this one.
};

/// A value of sorted ones; 0 of none.
std::uint32_t percentile(const std::vector<std::uint32_t>& sorted, double share);

struct Measured {
  double seconds = 0;
  std::uint64_t commands = 0;
  std::vector<std::uint32_t> latencies_us;  ///< Sorted.

  [[nodiscard]] double per_second() const { return static_cast<double>(commands) / seconds; }
  [[nodiscard]] std::uint32_t percentile_us(double share) const { return percentile(latencies_us, share); }
};

/// Every command is accepted or the program ends. Each of `in_flight` orders has one command under way; an order that
/// has lived its steps makes room for the next. Orders are numbered from 0.
Measured drive(Engine& engine, const Orders& orders, const Load& load);

/// The mean size of an event's payload among the first of the log. Units: bytes.
std::size_t event_bytes(const Engine& engine);

}  // namespace pavior::bench
