/// \file
/// Plays a scenario: its steps in simulated time, then the whole store again from disk.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "scenario/expectations.h"
#include "scenario/script.h"
#include "scenario/world.h"

namespace pavior::scenario {

struct PlayOptions {
  /// Given every step and what followed from it, line by line; null: nobody listens.
  std::function<void(const std::string&)> tell;
  /// Decides who runs next where several may; a true story is true for every one.
  std::uint64_t seed = 1;
  WorkflowMaker workflow = [](city::WorkOrderPolicy policy) {
    return city::make_work_order_workflow(std::move(policy));
  };
};

struct Played {
  std::uint64_t steps = 0;   ///< Settings and changes of the actor not counted.
  std::uint64_t events = 0;  ///< In the store at the end.
  std::optional<Failure> failure;
};

/// At the end, and no story can leave it out, the store is opened again from its files: nothing may happen by that, every
/// stream folded from nothing must be byte for byte what the writer had, and the store must verify.
[[nodiscard]] Played play(const Script& script, const PlayOptions& options = {});

}  // namespace pavior::scenario
