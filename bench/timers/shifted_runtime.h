/// \file
/// Real threads, and a wall clock that starts where it is told.
#pragma once

#include <utility>

#include "pavior/thread_runtime.h"

namespace pavior::bench {

/// A store's timers are due at instants written when it was filled; a run chooses how long before them it begins.
class ShiftedRuntime final : public Runtime {
 public:
  explicit ShiftedRuntime(Time start, std::size_t threads = 2) : threads_(threads), ahead_(start - threads_.now()) {}

  [[nodiscard]] Time now() const override { return threads_.now() + ahead_; }
  void post(Task task) override { threads_.post(std::move(task)); }
  void post_at(Time when, Task task) override { threads_.post_at(when - ahead_, std::move(task)); }
  void post_after(std::chrono::microseconds delay, Task task) override { threads_.post_after(delay, std::move(task)); }
  [[nodiscard]] std::uint64_t random() override { return threads_.random(); }

 private:
  ThreadRuntime threads_;
  std::chrono::microseconds ahead_;
};

}  // namespace pavior::bench
