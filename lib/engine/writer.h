/// \file
/// The one writer: a queue, a baton, and batches of which one is decided while the one before it is written.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "engine/decider.h"
#include "engine/request.h"
#include "engine/tasks.h"

namespace pavior::inline v0 {

/// Whoever holds the baton decides. It is passed on before a write, so that another thread decides meanwhile, and when
/// nothing is left to do. Due timers and everybody else's commands take turns, so that a million timers hold up nobody,
/// nor a crowd the timers. A thread that waits for its own command takes a free baton itself, so that a blocking host
/// needs no other thread.
/// Threads: any, except where it says otherwise.
class Writer {
 public:
  /// Commands decided before it is asked whether they are worth a write.
  static constexpr std::size_t slice_commands_max = 32;
  /// Due timers decided before everybody else's commands are looked for again.
  static constexpr std::size_t slice_timers_max = 8;
  /// How long timers alone are decided for one group; twice as long as the disk took last, if that is longer.
  static constexpr std::chrono::nanoseconds group_timers_time = std::chrono::microseconds(200);
  /// Commands that are worth a write, whatever the disk.
  static constexpr std::size_t group_commands_min = 256;

  /// Called after a batch is durable and before its commands are answered.
  using Durable = std::function<void(const Hints&)>;

  Writer(store::Database& database, Decider& decider, const Options& options, Tasks& tasks, Durable durable);

  /// `request.done` is called once, maybe within this call if the request is turned away. A timer is not for a long
  /// queue: its service submits no more than it may.
  void submit(Request request);
  Result<Receipt> submit_and_wait(Command command);

  /// Answers what waits with `closed` and returns once no thread waits for an answer. Call once the tasks are closed;
  /// nothing is written afterwards.
  void close();

  [[nodiscard]] std::size_t queued() const;
  [[nodiscard]] std::size_t cached_streams() const { return cached_streams_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t accepted() const { return accepted_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t repeated() const { return repeated_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t batches() const { return batches_.load(std::memory_order_relaxed); }

 private:
  struct Answer {
    Engine::Done done;
    Result<Receipt> receipt;
  };
  /// Decided commands that share one write.
  struct Group {
    explicit Group(const store::Database& database) : batch(database) {}
    store::Batch batch;
    std::vector<Answer> answers;
    Hints hints;
    std::chrono::nanoseconds deciding{};  // how long it took
    bool somebody_waits = false;          // not all are timers
    [[nodiscard]] bool empty() const { return answers.empty() && batch.empty(); }
    void clear();
  };
  using GroupPtr = std::unique_ptr<Group>;
  enum class Baton : std::uint8_t {
    free,
    posted,  ///< A task will take it, unless a waiting thread does so first: there may be no thread to run the task.
    held,
  };
  /// Why a request cannot enter; the mutex is held.
  std::optional<Error> turn_away(bool is_timer = false) const;
  bool has_work() const;   // the mutex is held
  void post_drive();       // the caller has just set the baton to posted
  void drive(bool waits);  // the caller holds the baton
  void put_down();         // the baton, which the caller holds; the mutex is held
  std::optional<std::span<Request>> take();
  void refill();  // the mutex is held
  bool is_full() const;
  bool has_its_timers() const;    // the mutex is held
  bool is_worth_a_write() const;  // the mutex is held
  void decide(std::span<Request> slice);
  bool write(bool waits);
  GroupPtr spare_group();  // the mutex is held
  bool commit(GroupPtr group, bool may_drive_on);
  void pass_on(std::unique_lock<std::mutex> lock);

  store::Database& database_;
  Decider& decider_;
  const Options& options_;
  Tasks& tasks_;
  Durable durable_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Request> queue_;
  std::deque<Request> due_;       // timers, as many as their service submits
  std::size_t due_turn_ = 0;      // how many of them come next; 0: the queue does
  std::vector<Request> taken_;    // from either; the baton holder's
  std::size_t undecided_ = 0;     // of those taken, at their end
  GroupPtr building_;             // the baton holder's
  std::vector<GroupPtr> spares_;  // were written and answered; the next ones take over their memory
  Baton baton_ = Baton::free;
  bool committing_ = false;               // a group is being written
  std::chrono::nanoseconds disk_time_{};  // that the last group waited for the disk
  bool closed_ = false;
  int waiting_ = 0;               // threads in submit_and_wait
  std::optional<Error> failure_;  // of a write: nothing can be promised any more

  std::atomic<std::uint64_t> cached_streams_ = 0, accepted_ = 0, repeated_ = 0, refused_ = 0, batches_ = 0;
};

}  // namespace pavior::inline v0
