/// \file
/// The unit of the log: reading a stored `pavior.v1.Commit` without copying it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pavior/event.h"
#include "pavior/result.h"

namespace pavior::inline v0 {

inline std::int64_t microseconds(Time time) { return time.time_since_epoch().count(); }
inline Time time_of(std::int64_t microseconds) { return Time(std::chrono::microseconds(microseconds)); }

/// A timer as a commit names it.
struct TimerView {
  std::string_view workflow;
  std::string_view key;
  std::string_view name;
  Position armed_at{};
  Time due{};
};

/// An effect as a commit names it.
struct EffectKey {
  Position position{};
  std::uint32_t index = 0;
  friend auto operator<=>(const EffectKey&, const EffectKey&) = default;
};

/// A decoded commit. The views point into the bytes it was decoded from.
struct CommitView {
  std::string_view command_id;
  std::string_view command_type;
  std::uint64_t fingerprint = 0;
  std::string_view actor;
  std::string_view principal;
  std::string_view trace;
  Time time{};
  std::vector<Event> events;  ///< Never empty.
  std::optional<TimerView> timer;
  std::optional<EffectKey> effect;
};

/// Decodes into `commit`, whose vector keeps its capacity. `first` is the position of the first event.
/// Errors: corrupt.
Result<void> decode_commit(std::string_view bytes, Position first, CommitView& commit);

/// The receipt of the command that wrote `commit`.
Receipt receipt_of(const CommitView& commit, bool repeated);

}  // namespace pavior::inline v0
