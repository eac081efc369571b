/// \file
/// Where one stream stands: its folded state and what its head row says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/registry.h"
#include "pavior/event.h"
#include "pavior/workflow.h"
#include "store/database.h"

namespace pavior::inline v0 {

struct ArmedTimer {
  std::string name;
  Time due{};
  Position armed_at{};
  friend bool operator==(const ArmedTimer&, const ArmedTimer&) = default;
};

/// What a head row holds.
struct HeadRow {
  Version version = Version::none;
  Stage stage = Stage::absent;
  Position last = Position::none;
  std::vector<ArmedTimer> timers;
  friend bool operator==(const HeadRow&, const HeadRow&) = default;

  [[nodiscard]] std::string encode() const;
  /// Errors: corrupt, naming the stream.
  static Result<HeadRow> decode(std::string_view stream_key, std::string_view bytes);
};

struct Aggregate {
  HeadRow head;
  StatePtr state;  ///< Null while the stream has no events.
};

/// The row a timer waits in.
std::string encode_timer(const Timer& timer);
/// The row an effect waits in.
std::string encode_effect(std::string_view stream_key, const Effect& effect);

/// Folds `events` onto `before`, with what host code throws turned into an error.
Result<StatePtr> evolve_guarded(const Workflow& workflow, StatePtr before, std::span<const Event> events);

/// Folds a stream from its head and its events. A stream without events gives an empty aggregate.
/// Errors: corrupt, unavailable.
Result<Aggregate> load_aggregate(const store::Database& database, const Workflow& workflow,
                                 std::string_view stream_key);

}  // namespace pavior::inline v0
