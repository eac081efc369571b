/// \file
/// Tasks on the host's runtime that end with the engine.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "core/check.h"
#include "pavior/runtime.h"

namespace pavior::inline v0 {

/// Posts tasks that may use the engine's parts freely: once `close()` has returned none runs, and none will.
/// Threads: any.
class Tasks {
 public:
  explicit Tasks(Runtime& runtime) : runtime_(runtime), gate_(std::make_shared<Gate>()) {}

  void post(Runtime::Task task) { runtime_.post(guarded(std::move(task))); }
  void post_at(Time when, Runtime::Task task) { runtime_.post_at(when, guarded(std::move(task))); }
  void post_after(std::chrono::microseconds delay, Runtime::Task task) {
    runtime_.post_after(delay, guarded(std::move(task)));
  }

  /// A function that runs `task` on the thread that calls it, unless closed.
  Runtime::Task guarded(Runtime::Task task) {
    return [gate = gate_, task = std::move(task)] {
      const Visit visit(*gate);
      if (visit.admitted) task();
    };
  }

  /// Keeps later tasks from running and waits for those that do.
  void close() {
    PAVIOR_CHECK(Visit::current != gate_.get(), "an engine was destroyed from within one of its own callbacks");
    std::unique_lock lock(gate_->mutex);
    gate_->closed = true;
    gate_->left.wait(lock, [this] { return gate_->inside == 0; });
  }

 private:
  struct Gate {
    std::mutex mutex;
    std::condition_variable left;
    int inside = 0;
    bool closed = false;

    bool enter() {
      const std::lock_guard lock(mutex);
      if (closed) return false;
      ++inside;
      return true;
    }
    void leave() {
      const std::lock_guard lock(mutex);
      --inside;
      left.notify_all();
    }
  };
  /// A thread inside the gate.
  struct Visit {
    static inline thread_local const Gate* current = nullptr;

    Gate& gate;
    const bool admitted;
    const Gate* const before = current;

    explicit Visit(Gate& entered) : gate(entered), admitted(entered.enter()) {
      if (admitted) current = &gate;
    }
    ~Visit() {
      if (!admitted) return;
      current = before;
      gate.leave();
    }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
  };

  Runtime& runtime_;
  std::shared_ptr<Gate> gate_;
};

}  // namespace pavior::inline v0
