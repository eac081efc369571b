/// \file
/// One command and its follow-ups: all of it happens or none.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/aggregate.h"
#include "engine/request.h"
#include "store/database.h"

namespace pavior::inline v0 {

/// Changes nothing but the aggregates it loads, which are its own; the Decider takes over what it finds here.
/// Threads: the writer's only.
class Attempt {
 public:
  struct Touched {
    std::string key;
    const Workflow* workflow = nullptr;
    Aggregate aggregate;  ///< As it will be.
    bool changed = false;
  };
  /// A row of a derived family; no value erases it.
  struct RowChange {
    store::Family family;
    std::string key;
    std::optional<std::string> value;
  };
  /// Gives the aggregate of a stream as it is now, to be changed.
  using Load = std::function<Result<Aggregate>(const Workflow&, std::string_view stream_key)>;

  Attempt(const Registry& registry, const Limits& limits, Load load)
      : registry_(registry), limits_(limits), load_(std::move(load)) {}

  struct Setting {
    Position first{};  ///< The position of the first event.
    Time now{};
  };
  /// Starts afresh: one attempt serves one command after the other, and keeps its memory.
  /// Lifetime: `request` outlives the use of what is found here.
  /// Errors: conflict, refused, invalid, limit, corrupt, unavailable; only `touched` then means anything.
  Result<void> run(const Request& request, Setting setting);

  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  /// The stream of an event. The first event's is the request's own.
  [[nodiscard]] const Touched& stream_of(std::size_t event) const { return *event_streams_[event]; }
  [[nodiscard]] std::deque<Touched>& touched() { return touched_; }
  [[nodiscard]] const std::vector<RowChange>& changes() const { return changes_; }
  [[nodiscard]] std::optional<Time> first_due() const { return first_due_; }
  [[nodiscard]] bool has_effects() const { return has_effects_; }

 private:
  void start(const Request& request, Setting setting);
  Result<Touched*> touch(std::string_view workflow, std::string_view stream_key);
  Result<std::vector<Command>> decide(const Command& command);
  Result<void> record(Touched& stream, std::vector<Fact> facts);
  Result<void> react();
  Result<void> apply(Touched& stream, const Event& event, Reaction reaction);
  Result<void> take_timer(const FiredTimer& timer);
  void disarm(Touched& stream, std::string_view name);

  const Registry& registry_;
  const Limits& limits_;
  const Load load_;
  Setting setting_;
  const Command* cause_ = nullptr;  // what everything in the commit is recorded under
  std::size_t bytes_ = 0;           // of the facts' payloads
  std::deque<Touched> touched_;
  std::deque<Fact> facts_;  // owns what events_ points to
  std::vector<Event> events_;
  std::vector<Touched*> event_streams_;  // of each event
  std::vector<RowChange> changes_;
  std::optional<Time> first_due_;
  bool has_effects_ = false;
};

}  // namespace pavior::inline v0
