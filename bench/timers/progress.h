/// \file
/// Says on standard error how far something long has come.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

#include "fmt/core.h"

namespace pavior::bench {

/// Silent for the first two seconds, and between two lines.
/// Threads: one at a time.
class Progress {
 public:
  explicit Progress(std::string what, std::uint64_t all = 0) : what_(std::move(what)), all_(all) {}

  void at(std::uint64_t done) {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::seconds(2);
    if (all_ > 0)
      fmt::print(stderr, "{}: {} of {} ({} %)\n", what_, done, all_, 100 * done / all_);
    else
      fmt::print(stderr, "{}: {}\n", what_, done);
  }

 private:
  std::string what_;
  std::uint64_t all_;
  std::chrono::steady_clock::time_point next_ = std::chrono::steady_clock::now() + std::chrono::seconds(2);
};

}  // namespace pavior::bench
