/// \file
/// The workflows an engine knows, its own among them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/result.h"
#include "pavior/workflow.h"

namespace pavior::inline v0 {

/// The reserved workflow of the engine's own facts, and its streams.
inline constexpr std::string_view engine_workflow = "pavior";
inline constexpr std::string_view timers_stream = "timers";
inline constexpr std::string_view outbox_stream = "outbox";

/// Threads: immutable after construction.
class Registry {
 public:
  /// Errors: invalid (a name twice, empty, reserved, or unfit as a key).
  static Result<Registry> make(std::vector<std::shared_ptr<const Workflow>> workflows);

  /// Null if unknown.
  [[nodiscard]] const Workflow* find(std::string_view name) const;
  /// Errors: invalid, naming what is known.
  [[nodiscard]] Result<const Workflow*> require(std::string_view name) const;

 private:
  std::map<std::string, std::shared_ptr<const Workflow>, std::less<>> workflows_;
};

}  // namespace pavior::inline v0
