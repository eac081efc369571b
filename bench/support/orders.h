/// \file
/// The work all benchmarks do: work orders that live twelve commands, each recording one fact.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pavior/engine.h"

namespace pavior::bench {

/// Report, accept with a deadline, dispatch, acknowledge, start, submit a result, have it failed, submit again, pass,
/// close, call back in vain, call back. Accepting arms the deadline's timer, closing disarms it and leaves a notice.
class Orders {
 public:
  static constexpr std::size_t steps = 12;
  /// The payloads of one order's commands.
  using Life = std::array<std::string, steps>;

  /// Texts are drawn from a seed, so that no two nearby orders compress as one.
  Orders();

  [[nodiscard]] Command command(std::uint64_t order, std::size_t step) const;
  [[nodiscard]] static StreamId stream(std::uint64_t order);
  /// Options of an engine that runs work orders.
  [[nodiscard]] static Options options();

 private:
  std::vector<Life> lives_;
};

}  // namespace pavior::bench
