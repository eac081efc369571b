#include "engine/subscriptions.h"

#include <algorithm>
#include <utility>

#include "engine/host_code.h"
#include "fmt/format.h"
#include "store/keys.h"
#include "store/log.h"

namespace pavior::inline v0 {
namespace {

std::string checkpoint_key(std::string_view name) { return fmt::format("subscription/{}", name); }

}  // namespace

Result<void> Subscriptions::add(std::string name, Engine::Handler handler, Position start) {
  auto checkpoint = database_.get(store::Family::meta, checkpoint_key(name));
  if (!checkpoint) return std::move(checkpoint).error();
  auto subscription = std::make_shared<Subscription>();
  subscription->name = name;
  subscription->handler = std::move(handler);
  subscription->position = start;
  if (checkpoint->has_value()) {
    const auto position = store::parse_position_key(**checkpoint);
    if (!position)
      return Error(ErrorCode::corrupt, fmt::format("the checkpoint of the subscription '{}' cannot be read", name));
    subscription->position = *position;
  }
  const std::lock_guard lock(mutex_);
  if (!subscriptions_.emplace(std::move(name), subscription).second)
    return Error(ErrorCode::invalid, fmt::format("the subscription '{}' is running already", subscription->name));
  wake(subscription);
  return {};
}

void Subscriptions::remove(std::string_view name) {
  std::unique_lock lock(mutex_);
  const auto found = subscriptions_.find(name);
  if (found == subscriptions_.end()) return;
  const SubscriptionPtr subscription = found->second;
  subscriptions_.erase(found);
  subscription->stopped = true;
  idle_.wait(lock, [&] { return !subscription->calling; });
}

void Subscriptions::hint() {
  const std::lock_guard lock(mutex_);
  for (const auto& [_, subscription] : subscriptions_) wake(subscription);
}

void Subscriptions::wake(const SubscriptionPtr& subscription) {
  subscription->again = true;
  if (std::exchange(subscription->active, true)) return;
  tasks_.post([this, subscription] { run(subscription); });
}

void Subscriptions::run(const SubscriptionPtr& subscription) {
  {
    const std::lock_guard lock(mutex_);
    if (subscription->stopped) return;
    subscription->again = false;
    subscription->calling = true;
  }
  const Outcome outcome = deliver(*subscription);
  const std::lock_guard lock(mutex_);
  subscription->calling = false;
  idle_.notify_all();
  if (outcome == Outcome::failed) {
    tasks_.post_after(subscription->backoff, [this, subscription] { run(subscription); });
    subscription->backoff = std::min(2 * subscription->backoff, backoff_max);
    return;
  }
  subscription->backoff = std::chrono::seconds(1);
  subscription->active = outcome == Outcome::more || subscription->again;
  if (subscription->active) tasks_.post([this, subscription] { run(subscription); });
}

/// One slice: the handler, then the checkpoint.
Subscriptions::Outcome Subscriptions::deliver(Subscription& subscription) {
  auto slice = store::read_slice(database_, subscription.position, slice_events_max);
  if (!slice) return Outcome::failed;
  const std::vector<Event>& events = slice->events.events();
  if (events.empty()) return Outcome::idle;
  auto handled = call_host(subscription.name, "the handler", [&] { return subscription.handler(events); });
  if (!handled) return Outcome::failed;
  subscription.position = events.back().position;
  store::Batch batch(database_);
  batch.put(store::Family::meta, checkpoint_key(subscription.name), store::position_key(subscription.position));
  if (!database_.write(batch, false)) return Outcome::failed;
  return slice->at_end ? Outcome::idle : Outcome::more;
}

}  // namespace pavior::inline v0
