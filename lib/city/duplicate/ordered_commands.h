/// \file
/// Commands that follow from the log and are sent in its order, many of them for one wait.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <utility>

#include "pavior/engine.h"

namespace pavior::city::inline v0 {

/// Each is sent until it is answered for good, maybe more often than once: its id makes that one command.
/// Threads: one at a time.
class OrderedCommands {
 public:
  void add(Command command) { commands_.push_back({std::move(command), std::make_shared<std::atomic<bool>>(false)}); }
  void clear() { commands_.clear(); }

  /// Sends all that are left. Blocks: until they are answered, as `Engine::submit_and_wait` does.
  /// Errors: unavailable, limit, closed; then call it again. Those that were refused, or are in conflict or invalid, were
  /// answered for good.
  Result<void> send(Engine& engine);

 private:
  struct Sent {
    Command command;
    std::shared_ptr<std::atomic<bool>> settled;  // Which an answer may set after the engine is gone.
  };
  Result<void> send_some(Engine& engine);
  void drop_settled();

  std::deque<Sent> commands_;
};

}  // namespace pavior::city::inline v0
