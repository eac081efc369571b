/// \file
/// Turns requests into rows of a batch: repeats, decisions, the chain, positions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/digest.h"
#include "engine/attempt.h"
#include "engine/cache.h"
#include "engine/request.h"
#include "pavior/v1/envelope.pb.h"
#include "store/log.h"

namespace pavior::inline v0 {

/// What the services want to know of a batch once it is durable.
struct Hints {
  Position last = Position::none;  ///< Of the batch's events.
  std::uint64_t events = 0;
  std::optional<Time> first_due;  ///< The earliest timer armed.
  bool effects = false;
};

/// Decides ahead of the disk: what it remembers may not be durable yet, and is worthless once a write has failed.
/// Threads: the writer's only.
class Decider {
 public:
  Decider(const store::Database& database, const Registry& registry, const Options& options, Runtime& runtime,
          store::LogEnd end);

  /// Decides a request; if accepted, its rows are in `batch`. A refused timer adds the rows that record its lapse. A
  /// command without an id gets one.
  Result<Receipt> decide(Request& request, store::Batch& batch, Hints& hints);

  /// The batch that was being filled is handed over for writing; the one before it is durable.
  void seal();

  [[nodiscard]] std::size_t cached_streams() const { return cache_.size(); }

 private:
  struct Known {
    Receipt receipt;
    std::uint64_t fingerprint = 0;
  };
  /// A Known without what its command says itself.
  struct Recent {
    std::uint64_t fingerprint = 0;
    Version version{};
    Stage stage{};
    Position first{};
    std::uint32_t events = 0;
    Time time{};
  };
  using RecentCommands = std::unordered_map<std::string, Recent>;

  Result<std::optional<Known>> find_known(const Command& command) const;
  Result<Receipt> decide_new(const Request& request, std::uint64_t fingerprint, store::Batch& batch, Hints& hints);
  Receipt write(const Request& request, std::uint64_t fingerprint, Time now, store::Batch& batch, Hints& hints);
  Result<Receipt> lapse(const Request& request, const Error& why, store::Batch& batch, Hints& hints);
  std::string fresh_id();
  std::uint64_t fingerprint_of(const Command& command);
  /// The last batch that is known to be on disk. The one after it may be being written, and one more is being filled.
  [[nodiscard]] std::uint64_t durable_batch() const { return batch_ - 2; }
  Result<Aggregate> load(const Workflow& workflow, std::string_view stream_key);

  const store::Database& database_;
  Runtime& runtime_;
  store::LogEnd end_;
  Cache cache_;
  Sha256 sha256_;
  Attempt attempt_;  // these three are reused, so that they keep their memory
  v1::Commit commit_;
  std::string log_row_;
  std::uint64_t batch_ = 2;
  RecentCommands building_;   // accepted in the batch being filled ...
  RecentCommands in_flight_;  // ... and in the one being written
};

}  // namespace pavior::inline v0
