/// \file
/// Fires due timers by submitting their commands.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>

#include "engine/tasks.h"
#include "engine/writer.h"
#include "store/database.h"

namespace pavior::inline v0 {

/// The rows are the truth; in memory are only the next wake and one slice under way. The commit that answers a timer
/// removes its row, so a crash between fires it again, and once.
/// Threads: any.
class TimerService {
 public:
  /// Commands submitted at a time, so that people's commands get in between.
  static constexpr std::size_t slice_timers_max = 256;

  TimerService(const store::Database& database, Writer& writer, Tasks& tasks, Runtime& runtime);

  void start();
  /// A timer due at `due` has become durable.
  void armed(Time due);
  [[nodiscard]] std::uint64_t fired() const { return fired_.load(std::memory_order_relaxed); }

 private:
  void wake();
  void look();
  void sleep_until(Time due);
  void answered(const Result<Receipt>& receipt);
  Result<std::vector<Request>> due_slice(Time now, std::optional<Time>& next);

  const store::Database& database_;
  Writer& writer_;
  Tasks& tasks_;
  Runtime& runtime_;
  std::mutex mutex_;
  bool started_ = false;
  std::optional<Time> next_wake_;  // of the wake posted earliest
  std::size_t outstanding_ = 0;    // commands of the slice not answered yet
  bool slice_failed_ = false;
  Time search_from_ = Time::min();  // no row is due before it: spares the scan the rows already removed
  Time armed_since_ = Time::max();  // the earliest armed while a look was under way
  std::atomic<std::uint64_t> fired_ = 0;
};

}  // namespace pavior::inline v0
