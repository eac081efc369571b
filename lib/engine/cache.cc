#include "engine/cache.h"

#include <utility>

namespace pavior::inline v0 {

Cache::Entry* Cache::find(std::string_view stream_key) {
  const auto found = by_key_.find(stream_key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return &entries_.front();
}

Cache::Entry& Cache::add(std::string_view stream_key) {
  entries_.push_front({std::string(stream_key), {}, 0});
  by_key_.emplace(entries_.front().key, entries_.begin());
  return entries_.front();
}

std::optional<Aggregate> Cache::take(std::string_view stream_key, std::uint64_t durable_batch) {
  Entry* entry = find(stream_key);
  if (entry == nullptr) return std::nullopt;
  if (entry->batch > durable_batch) return entry->aggregate;
  return std::exchange(entry->aggregate, {});
}

void Cache::lend(std::string_view stream_key) { add(stream_key); }

void Cache::put(std::string_view stream_key, Aggregate aggregate, std::uint64_t batch) {
  Entry* entry = find(stream_key);
  if (entry == nullptr) entry = &add(stream_key);
  entry->aggregate = std::move(aggregate);
  entry->batch = batch;
}

void Cache::end_loan(std::string_view stream_key, Aggregate unchanged) {
  Entry* entry = find(stream_key);
  if (entry == nullptr || entry->aggregate.state) return;
  if (unchanged.state) {
    entry->aggregate = std::move(unchanged);
    return;
  }
  by_key_.erase(entry->key);
  entries_.pop_front();
}

void Cache::trim(std::uint64_t durable_batch) {
  while (entries_.size() > streams_max_ && entries_.back().batch <= durable_batch) {
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

}  // namespace pavior::inline v0
