/// \file
/// The folded states the writer keeps, least recently used first out.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/aggregate.h"

namespace pavior::inline v0 {

/// Threads: the writer's only.
class Cache {
 public:
  explicit Cache(std::size_t streams_max) : streams_max_(streams_max) {}

  /// Null if absent. Valid until the next `put` or `trim`.
  Aggregate* find(std::string_view stream_key);
  /// `batch` is the number of the batch that writes this state; 0 for one just read.
  void put(std::string_view stream_key, Aggregate aggregate, std::uint64_t batch);
  /// Forgets the least recently used beyond the bound, but none that a batch after `durable_batch` writes.
  void trim(std::uint64_t durable_batch);
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string key;
    Aggregate aggregate;
    std::uint64_t batch = 0;
  };
  std::size_t streams_max_;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

}  // namespace pavior::inline v0
