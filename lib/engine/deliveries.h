/// \file
/// Takes effects from the outbox to their couriers, and records what became of them.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "engine/tasks.h"
#include "engine/writer.h"
#include "pavior/outbox.h"
#include "store/database.h"

namespace pavior::inline v0 {

/// One courier's lane. Rows stay until the commit that records their fate, so a crash delivers again, under the same id.
/// Threads: any.
class Lane {
 public:
  static constexpr std::chrono::milliseconds backoff_max = std::chrono::hours(1);

  Lane(store::Database& database, Writer& writer, Tasks& tasks, const Options& options,
       std::shared_ptr<Courier> courier);

  /// Looks for effects to deliver; they may be there or not.
  void look();
  [[nodiscard]] std::uint64_t delivered() const { return delivered_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t given_up() const { return given_up_.load(std::memory_order_relaxed); }

 private:
  struct Item {
    EffectKey key;
    Delivery delivery;
    std::string give_up_type;
    std::string give_up_payload;
    std::atomic_flag answered;
    Result<void> result;  ///< Once it is answered.
  };
  using ItemPtr = std::shared_ptr<Item>;
  std::vector<EffectKey> pick();
  void start(EffectKey key);
  void deliver(const ItemPtr& item);
  void finished(const ItemPtr& item);
  void settle(const ItemPtr& item);
  void retry(const Item& item);
  void done_with(EffectKey key);

  store::Database& database_;
  Writer& writer_;
  Tasks& tasks_;
  const Options& options_;
  std::shared_ptr<Courier> courier_;
  std::mutex delivering_;  // one `deliver` at a time
  std::mutex mutex_;
  bool looking_ = false;
  bool look_again_ = false;
  EffectKey cursor_{};             // rows up to here have been picked
  std::set<EffectKey> in_flight_;  // those between being picked and being settled, retries included
  std::atomic<std::uint64_t> delivered_ = 0, given_up_ = 0;
};

}  // namespace pavior::inline v0
