/// \file
/// A runtime for hosts that have no event loop of their own.
#pragma once

#include <cstddef>
#include <memory>

#include "pavior/export.h"
#include "pavior/runtime.h"

namespace pavior::inline v0 {

/// A runtime that owns its threads. Needs no Boost header in the host.
/// Lifetime: destroying it waits for the tasks that are running and drops those that are not.
class PAVIOR_EXPORT ThreadRuntime final : public Runtime {
 public:
  /// Starts `threads` threads, at least one.
  explicit ThreadRuntime(std::size_t threads = 2);
  ~ThreadRuntime() override;

  [[nodiscard]] Time now() const override;
  void post(Task task) override;
  void post_at(Time when, Task task) override;
  void post_after(std::chrono::microseconds delay, Task task) override;
  [[nodiscard]] std::uint64_t random() override;

 private:
  struct Threads;
  std::unique_ptr<Threads> threads_;
};

}  // namespace pavior::inline v0
