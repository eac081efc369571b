/// \file
/// Fires due timers by submitting their commands.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/registry.h"
#include "engine/tasks.h"
#include "engine/writer.h"
#include "store/database.h"

namespace pavior::inline v0 {

/// The rows are the truth; in memory are only the next wakes and two slices under way. The commit that answers a timer
/// removes its row, so a crash between fires it again, and once.
///
/// A sweep goes once over what is due, slice by slice. What it cannot answer (the disk, a state that does not fold)
/// it leaves behind and tries again a second later, so that nothing stands in the way of the timers after it. Timers
/// of workflows this engine does not know wait for one that does; rows that cannot be read wait too, and `verify` names
/// them.
/// Threads: any.
class TimerService {
 public:
  /// Commands submitted at a time; the next ones follow while these are being written.
  static constexpr std::size_t slice_timers_max = 256;
  /// Only timers due within it have wakes of their own.
  static constexpr std::chrono::microseconds window = std::chrono::seconds(1);
  /// How early others are woken for: this part of what is left.
  static constexpr int wake_early_share = 16;
  /// Rows read at a time, those of unknown workflows included.
  static constexpr std::size_t slice_rows_max = 4096;

  TimerService(const store::Database& database, const Registry& registry, Writer& writer, Tasks& tasks,
               Runtime& runtime);

  void start();
  /// A timer due at `due` has become durable.
  void armed(Time due);
  [[nodiscard]] std::uint64_t fired() const { return fired_.load(std::memory_order_relaxed); }

 private:
  struct Slice {
    std::vector<Request> requests;
    std::string last_key;             ///< Of the rows read; empty if there were none.
    std::optional<Time> left_behind;  ///< The earliest due row that nobody here can answer.
    std::optional<Time> next;         ///< The first row that is not due yet.
    bool complete = false;            ///< Nothing due is left after these.
  };
  void sweep();
  void look();
  Result<Slice> due_slice(Time now, const std::string& from);
  void answered(const FiredTimer& timer, const Result<Receipt>& receipt);
  void go_on();                              // the mutex is held
  void end_sweep(std::optional<Time> next);  // the mutex is held
  void sleep_until(Time due);                // the mutex is held

  const store::Database& database_;
  const Registry& registry_;
  Writer& writer_;
  Tasks& tasks_;
  Runtime& runtime_;
  std::mutex mutex_;
  bool started_ = false;
  std::set<Time> wakes_;            // posted and not run
  Time search_from_ = Time::min();  // no row is due before it: spares the scan the rows already removed

  // Of the sweep under way.
  bool sweeping_ = false;
  bool looking_ = false;                // a slice is being read and submitted, or will be
  bool complete_ = false;               // there is no further slice ...
  std::optional<Time> next_;            // ... and this row is the first not due yet
  std::string from_;                    // the key its next slice starts at
  std::size_t outstanding_ = 0;         // commands of its slices not answered yet
  bool failed_ = false;                 // something is to be tried again
  Time left_behind_ = Time::max();      // the earliest row it does not answer
  Time armed_meanwhile_ = Time::max();  // maybe behind it
  std::atomic<std::uint64_t> fired_ = 0;
};

}  // namespace pavior::inline v0
