#include "city/random/order_world.h"

#include <algorithm>
#include <utility>

namespace pavior::city::tests {
namespace {

// Of the engine's `Limits`.
constexpr std::size_t follow_ups_max = 32;

const v1::WorkOrder& order_in(const StatePtr& state) {
  return state == nullptr ? v1::WorkOrder::default_instance() : *work_order(*state);
}

Event event_of(const std::string& key, const OrderWorld::Stored& stored) {
  Event event;
  event.position = Position{number(stored.version)};
  event.version = stored.version;
  event.stage = stored.fact.stage;
  event.time = stored.time;
  event.workflow = work_order_workflow;
  event.key = key;
  event.type = stored.fact.type;
  event.payload = stored.fact.payload;
  event.actor = stored.actor;
  return event;
}

}  // namespace

const v1::WorkOrder& Written::order_before() const { return order_in(before); }
const v1::WorkOrder& Written::order_after() const { return order_in(after); }

/// Works on copies of the orders' handles; the world is changed when all is decided.
class OrderWorld::Attempt {
 public:
  explicit Attempt(const OrderWorld& world) : world_(world) {}

  Result<Commit> run(const Command& first) {
    std::deque<Command> waiting = {first};
    for (std::size_t decided = 0; !waiting.empty(); ++decided) {
      if (decided > follow_ups_max) return Error(ErrorCode::invalid, "too many commands follow from one");
      Command command = std::move(waiting.front());
      waiting.pop_front();
      if (command.actor().id().empty()) command.by(first.actor());
      auto more = decide(command);
      if (!more) return std::move(more).error();
      for (Command& each : *more) waiting.push_back(std::move(each));
    }
    return std::move(commit_);
  }

 private:
  Result<std::vector<Command>> decide(const Command& command) {
    const std::string& key = command.stream().key();
    Draft& draft = drafts_.try_emplace(key, draft_of(key)).first->second;
    auto decision = world_.workflow_->decide(draft.state.get(), command, Context{world_.now_, draft.version});
    if (!decision) return std::move(decision).error();
    for (Fact& fact : decision->facts) {
      const Stored stored{fact, draft.version + 1, world_.now_, command.actor().id()};
      auto after = world_.workflow_->evolve(draft.state, std::vector<Event>{event_of(key, stored)});
      if (!after) return std::move(after).error();
      const Stage before = draft.state == nullptr ? Stage::absent : draft.state->stage();
      commit_.push_back({key, command, std::move(fact), before, draft.state, *after});
      draft = {*after, stored.version};
    }
    return std::move(decision->follow_ups);
  }

  [[nodiscard]] Draft draft_of(const std::string& key) const {
    const auto found = world_.orders_.find(key);
    return found == world_.orders_.end() ? Draft() : Draft{found->second.state, found->second.version};
  }

  const OrderWorld& world_;
  std::map<std::string, Draft> drafts_;
  Commit commit_;
};

Result<Commit> OrderWorld::submit(const Command& command) {
  auto commit = Attempt(*this).run(command);
  if (!commit) return commit;
  store(*commit);
  react(*commit);
  return commit;
}

void OrderWorld::store(const Commit& commit) {
  for (const Written& written : commit) {
    Order& order = orders_[written.key];
    order.version = order.version + 1;
    order.state = written.after;
    order.log.push_back({written.fact, order.version, now_, written.command.actor().id()});
  }
}

void OrderWorld::react(const Commit& commit) {
  std::map<std::string, std::size_t> left;
  for (const Written& written : commit) ++left[written.key];
  for (const Written& written : commit) {
    Order& order = orders_.at(written.key);
    const Stored& stored = order.log[order.log.size() - left[written.key]--];
    const Reaction reaction = workflow_->react(*order.state, event_of(written.key, stored));
    if (reaction.disarm_all) order.timers.clear();
    for (const std::string& name : reaction.disarm) order.timers.erase(name);
    for (const Timer& timer : reaction.arm) order.timers[timer.name] = timer;
  }
}

const OrderWorld::Due* OrderWorld::next_due(Time until, Due& due) const {
  const Due* found = nullptr;
  for (const auto& [key, order] : orders_)
    for (const auto& [name, timer] : order.timers) {
      if (timer.due > until || (found != nullptr && timer.due >= due.at)) continue;
      due = {key, name, timer.due};
      found = &due;
    }
  return found;
}

void OrderWorld::advance_by(std::chrono::microseconds duration, const Fired& fired) {
  const Time until = now_ + duration;
  for (Due due; next_due(until, due) != nullptr;) {
    now_ = std::max(now_, due.at);
    const auto timer = orders_.at(due.key).timers.extract(due.name).mapped();
    const auto command = Command(work_order_id(due.key), timer.command_type, timer.command_payload)
                             .by(Actor("timer", {std::string(roles::system)}));
    fired(command, submit(command));
  }
  now_ = until;
}

Result<StatePtr> OrderWorld::replayed(const std::string& key) const {
  std::vector<Event> events;
  for (const Stored& stored : orders_.at(key).log) events.push_back(event_of(key, stored));
  return workflow_->evolve(nullptr, events);
}

const v1::WorkOrder* OrderWorld::order(const std::string& key) const {
  const auto found = orders_.find(key);
  return found == orders_.end() ? nullptr : work_order(*found->second.state);
}

const State* OrderWorld::state(const std::string& key) const {
  const auto found = orders_.find(key);
  return found == orders_.end() ? nullptr : found->second.state.get();
}

}  // namespace pavior::city::tests
