/// \file
/// The outside as a parameter: time, threads, waking and randomness.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "pavior/event.h"
#include "pavior/export.h"

namespace pavior::inline v0 {

/// Everything an engine needs from the world besides its store. `asio.h` has the default, `testing.h` a simulated one.
/// A task once given cannot be taken back: tasks check whether they are still wanted.
/// Lifetime: outlives every engine opened on it.
/// Threads: every function may be called from any thread, also from within a task.
class PAVIOR_EXPORT Runtime {
 public:
  using Task = std::function<void()>;

  virtual ~Runtime() = default;

  /// The wall clock. It may jump; the engine never fires a timer early for it.
  [[nodiscard]] virtual Time now() const = 0;

  /// Runs `task` soon on a thread of the runtime, never inside this call.
  /// A task may block on the disk; a runtime with one thread works, with two the engine decides while it syncs.
  virtual void post(Task task) = 0;

  /// Runs `task` once `now()` has reached `when`, however the clock gets there; at the latest a second after it jumped
  /// there. Never early, though the clock may have jumped back again by the time the task looks.
  virtual void post_at(Time when, Task task) = 0;

  /// Runs `task` once `delay` has passed on a clock that does not jump.
  virtual void post_after(std::chrono::microseconds delay, Task task) = 0;

  /// Unpredictable bits in production, seeded ones in simulation.
  [[nodiscard]] virtual std::uint64_t random() = 0;
};

}  // namespace pavior::inline v0
