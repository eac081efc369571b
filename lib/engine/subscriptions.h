/// \file
/// Durable subscriptions: catch-up, then live, from a named checkpoint.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "engine/tasks.h"
#include "pavior/engine.h"
#include "store/database.h"

namespace pavior::inline v0 {

/// Threads: any.
class Subscriptions {
 public:
  static constexpr std::size_t slice_events_max = 4096;
  static constexpr std::chrono::seconds backoff_max{60};

  Subscriptions(store::Database& database, Tasks& tasks) : database_(database), tasks_(tasks) {}

  Result<void> add(std::string name, Engine::Handler handler, Position start);
  void remove(std::string_view name);
  /// New events are durable.
  void hint();

 private:
  struct Subscription {
    std::string name;
    Engine::Handler handler;
    Position position = Position::none;
    std::chrono::seconds backoff{1};
    bool active = false;   // a task is running, posted or waiting to try again
    bool calling = false;  // it is inside the handler
    bool again = false;    // look once more after it
    bool stopped = false;
  };
  using SubscriptionPtr = std::shared_ptr<Subscription>;

  void wake(const SubscriptionPtr& subscription);  // the mutex is held
  void run(const SubscriptionPtr& subscription);
  enum class Outcome { idle, more, failed };
  Outcome deliver(Subscription& subscription);

  store::Database& database_;
  Tasks& tasks_;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::map<std::string, SubscriptionPtr, std::less<>> subscriptions_;
};

}  // namespace pavior::inline v0
