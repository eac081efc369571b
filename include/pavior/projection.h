/// \file
/// Read models fed from the log: rows and checkpoint share one write, so every event counts exactly once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pavior/event.h"
#include "pavior/export.h"

namespace pavior::inline v0 {

/// The rows a projection writes while it applies events. Reads see the projection's own earlier writes.
class PAVIOR_EXPORT Rows {
 public:
  virtual ~Rows() = default;
  [[nodiscard]] virtual std::optional<std::string> get(std::string_view key) const = 0;
  virtual void put(std::string_view key, std::string value) = 0;
  virtual void erase(std::string_view key) = 0;
};

/// A named read model. Rows are a function of the events alone, so it can be rebuilt at any time.
/// Threads: one call at a time; a rebuild runs on the same object, between calls.
class PAVIOR_EXPORT Projection {
 public:
  virtual ~Projection() = default;

  /// Stable, since it is stored.
  [[nodiscard]] virtual std::string_view name() const noexcept = 0;

  /// Raise it when the meaning of the rows changes: the engine then builds new rows beside the old and swaps them.
  [[nodiscard]] virtual std::uint32_t revision() const noexcept { return 1; }

  /// Applies one event. If it throws, nothing of the slice is written, and the slice comes again a second later.
  virtual void apply(const Event& event, Rows& rows) = 0;
};

}  // namespace pavior::inline v0
