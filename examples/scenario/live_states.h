/// \file
/// What the writer's own folding made of every stream, step by step: what a replay is compared with.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "pavior/workflow.h"

namespace pavior::scenario {

/// The stage and the work order's bytes.
[[nodiscard]] std::string state_bytes(const State& state);

/// Keeps the first state after each event, and that is the writer's: nobody can fold an event before it is written.
/// Threads: one, as its runtime has.
class LiveStates {
 public:
  void note(const Event& last, const State& state);
  /// As it was at that version; nothing if the writer never folded it.
  [[nodiscard]] std::optional<std::string> at(const StreamId& stream, Version version) const;

 private:
  struct Note {
    std::string event, state;
  };
  std::map<std::pair<StreamId, Version>, Note> notes_;
};

/// The workflow, with each state that it folds noted.
[[nodiscard]] std::shared_ptr<const Workflow> noted(std::shared_ptr<const Workflow> workflow,
                                                    std::shared_ptr<LiveStates> states);

}  // namespace pavior::scenario
