#include "engine/cache.h"

namespace pavior::inline v0 {

Aggregate* Cache::find(std::string_view stream_key) {
  const auto found = by_key_.find(stream_key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return &found->second->aggregate;
}

void Cache::put(std::string_view stream_key, Aggregate aggregate, std::uint64_t batch) {
  if (Aggregate* present = find(stream_key)) {
    *present = std::move(aggregate);
    entries_.front().batch = batch;
    return;
  }
  entries_.push_front({std::string(stream_key), std::move(aggregate), batch});
  by_key_.emplace(entries_.front().key, entries_.begin());
}

void Cache::trim(std::uint64_t durable_batch) {
  while (entries_.size() > streams_max_ && entries_.back().batch <= durable_batch) {
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

}  // namespace pavior::inline v0
