/// \file
/// The folded states the writer keeps, least recently used first out.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/aggregate.h"

namespace pavior::inline v0 {

/// A state is lent to be folded in place, without a copy.
/// Threads: the writer's only.
class Cache {
 public:
  explicit Cache(std::size_t streams_max) : streams_max_(streams_max) {}

  /// The state of a stream; empty if absent. It is lent until `put` or `end_loan`, or a copy if a batch after
  /// `durable_batch` writes it: spoilt, it could not be read again.
  std::optional<Aggregate> take(std::string_view stream_key, std::uint64_t durable_batch);
  /// Remembers that a state just read from the store is lent.
  void lend(std::string_view stream_key);
  /// `batch` is the number of the batch that writes this state.
  void put(std::string_view stream_key, Aggregate aggregate, std::uint64_t batch);
  /// Takes a lent state back as it was, or forgets the stream if the state is none. Nothing happens if it was a copy.
  void end_loan(std::string_view stream_key, Aggregate unchanged);
  /// Forgets the least recently used beyond the bound, but none that a batch after `durable_batch` writes.
  void trim(std::uint64_t durable_batch);
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string key;
    Aggregate aggregate;  // without a state while it is lent
    std::uint64_t batch = 0;
  };
  using Entries = std::list<Entry>;
  Entry* find(std::string_view stream_key);
  Entry& add(std::string_view stream_key);

  std::size_t streams_max_;
  Entries entries_;  // most recently used first
  std::unordered_map<std::string_view, Entries::iterator> by_key_;
};

}  // namespace pavior::inline v0
