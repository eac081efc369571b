/// \file
/// What waits for the writer: a command, who wants the answer, and what the engine itself adds.
#pragma once

#include <optional>
#include <string>

#include "core/commit.h"
#include "pavior/engine.h"

namespace pavior::inline v0 {

/// The timer whose firing a request answers.
struct FiredTimer {
  std::string stream_key;
  std::string name;
  Position armed_at{};
  Time due{};
};

struct Request {
  Command command;
  Engine::Done done;
  std::optional<FiredTimer> timer = {};
  std::optional<EffectKey> effect = {};   ///< The effect whose fate the command records.
  std::optional<Command> follow_up = {};  ///< Decided in the same commit if it is not refused.
};

}  // namespace pavior::inline v0
