/// \file
/// An engine without a store: answers every command on its runtime, or turns it away at the door.
#pragma once

#include "pavior/engine.h"

namespace pavior::testing {

class AnsweringEngine final : public Engine {
 public:
  explicit AnsweringEngine(Runtime& runtime) : runtime_(runtime) {}

  /// From now on commands are answered within `submit`.
  void turn_away() { turned_away_ = true; }

  void submit(Command command, Done done) override {
    if (turned_away_) return done(Error(ErrorCode::closed, "the engine is closed"));
    runtime_.post([command = std::move(command), done = std::move(done)] {
      if (command.type() == "refuse") return done(Error::refused("never", "this is always refused"));
      Receipt receipt;
      receipt.command_id = command.id();
      receipt.stream = command.stream();
      done(receipt);
    });
  }

  Result<Receipt> submit_and_wait(Command) override { return none(); }
  Result<Snapshot> load(const StreamId&) const override { return none(); }
  Result<History> history(const StreamId&, Version) const override { return none(); }
  Result<std::vector<Possibility>> possibilities(const StreamId&, const Actor&) const override { return none(); }
  Result<Position> read(Position, const Visitor&) const override { return none(); }
  Position last() const override { return {}; }
  Result<void> streams(std::string_view, const std::function<bool(const StreamId&, Version, Stage)>&) const override {
    return none();
  }
  Result<std::vector<PendingTimer>> timers(std::size_t) const override { return none(); }
  Result<void> subscribe(std::string, Handler, Position) override { return none(); }
  void unsubscribe(std::string_view) override {}
  Result<std::optional<std::string>> view_get(std::string_view, std::string_view) const override { return none(); }
  Result<void> view_scan(std::string_view, std::string_view,
                         const std::function<bool(std::string_view, std::string_view)>&) const override {
    return none();
  }
  Result<Position> view_position(std::string_view) const override { return none(); }
  Result<void> view_catch_up(std::string_view) override { return none(); }
  Result<void> view_rebuild(std::string_view) override { return none(); }
  Result<void> sync() override { return none(); }
  Result<void> refresh() override { return none(); }
  Result<Verification> verify(const std::function<void(Position)>&) const override { return none(); }
  Metrics metrics() const override { return {}; }
  const Workflow* workflow(std::string_view) const override { return nullptr; }

 private:
  static Error none() { return {ErrorCode::not_found, "there is no store"}; }

  Runtime& runtime_;
  bool turned_away_ = false;
};

}  // namespace pavior::testing
