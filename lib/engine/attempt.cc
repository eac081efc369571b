#include "engine/attempt.h"

#include <algorithm>
#include <utility>

#include "engine/door.h"
#include "engine/host_code.h"
#include "fmt/format.h"
#include "store/keys.h"

namespace pavior::inline v0 {

void Attempt::start(const Request& request, Setting setting) {
  setting_ = setting;
  cause_ = &request.command;
  bytes_ = 0;
  touched_.clear();
  facts_.clear();
  events_.clear();
  event_streams_.clear();
  changes_.clear();
  first_due_.reset();
  has_effects_ = false;
}

Result<void> Attempt::run(const Request& request, Setting setting) {
  start(request, setting);
  if (request.timer)
    if (auto taken = take_timer(*request.timer); !taken) return taken;

  auto first = decide(request.command);
  if (!first) return std::move(first).error();
  if (first->empty() && !request.follow_up) return react();

  std::deque<Command> waiting;
  const auto enqueue = [&](std::vector<Command> commands) -> Result<void> {
    for (Command& command : commands) {
      if (command.actor().id().empty()) command.by(cause_->actor());
      command.with_trace(cause_->trace()).with_id({});
      if (auto fit = check_command(command, registry_, limits_); !fit) return fit;
      waiting.push_back(std::move(command.with_id(cause_->id())));
    }
    return {};
  };
  if (auto queued = enqueue(std::move(*first)); !queued) return queued;
  if (request.follow_up) waiting.push_back(Command(*request.follow_up).with_id(cause_->id()));

  for (std::size_t decided = 1; !waiting.empty(); ++decided) {
    if (decided > limits_.follow_ups_max) return over_limit("follow_ups_max", limits_.follow_ups_max, decided);
    const Command command = std::move(waiting.front());
    waiting.pop_front();
    auto more = decide(command);
    if (!more) return std::move(more).error();
    if (auto queued = enqueue(std::move(*more)); !queued) return queued;
  }
  return react();
}

Result<Attempt::Touched*> Attempt::touch(std::string_view workflow_name, std::string_view stream_key) {
  const auto found = std::ranges::find(touched_, stream_key, &Touched::key);
  if (found != touched_.end()) return &*found;
  auto workflow = registry_.require(workflow_name);
  if (!workflow) return std::move(workflow).error();
  auto aggregate = load_(**workflow, stream_key);
  if (!aggregate) return std::move(aggregate).error();
  return &touched_.emplace_back(Touched{std::string(stream_key), *workflow, std::move(*aggregate), false});
}

Result<std::vector<Command>> Attempt::decide(const Command& command) {
  const StreamId& id = command.stream();
  auto stream = touch(id.workflow(), store::stream_key(id.workflow(), id.key()));
  if (!stream) return std::move(stream).error();
  const Aggregate& now = (*stream)->aggregate;
  if (!command.expected().admits(now.head.version))
    return Error(ErrorCode::conflict,
                 fmt::format("{} is at version {}, the command expects {}; load it and decide again", id.text(),
                             number(now.head.version), command.expected().text()));
  const Workflow& workflow = *(*stream)->workflow;
  auto decision = call_host(workflow.name(), "decide", [&] {
    return workflow.decide(now.state.get(), command, Context{setting_.now, now.head.version});
  });
  if (!decision) return std::move(decision).error();
  if (decision->facts.empty())
    return Error(ErrorCode::invalid, fmt::format("'{}' accepted {} without a fact", workflow.name(), command.type()));
  if (auto recorded = record(**stream, std::move(decision->facts)); !recorded) return std::move(recorded).error();
  return std::move(decision->follow_ups);
}

Result<void> Attempt::record(Touched& stream, std::vector<Fact> facts) {
  const std::size_t total = events_.size() + facts.size();
  if (total > limits_.events_per_commit_max)
    return over_limit("events_per_commit_max", limits_.events_per_commit_max, total);
  const std::size_t start = events_.size();
  stream.changed = true;
  HeadRow& head = stream.aggregate.head;
  const auto zero = stream.key.find('\0');
  for (Fact& fact : facts) {
    if (auto fit = check_fact(fact, limits_); !fit) return fit;
    bytes_ += fact.payload.size();
    if (bytes_ > limits_.batch_bytes_max) return over_limit("batch_bytes_max", limits_.batch_bytes_max, bytes_);
    const Fact& kept = facts_.emplace_back(std::move(fact));
    Event event;
    event.position = setting_.first + events_.size();
    event.version = head.version = head.version + 1;
    event.stage = head.stage = kept.stage;
    event.time = setting_.now;
    event.workflow = std::string_view(stream.key).substr(0, zero);
    event.key = std::string_view(stream.key).substr(zero + 1);
    event.type = kept.type;
    event.payload = kept.payload;
    event.actor = cause_->actor().id();
    event.principal = cause_->actor().principal();
    event.command_id = cause_->id();
    event.trace = cause_->trace();
    head.last = event.position;
    events_.push_back(event);
    event_streams_.push_back(&stream);
  }
  auto state = evolve_guarded(*stream.workflow, std::move(stream.aggregate.state), std::span(events_).subspan(start));
  if (!state) return std::move(state).error();
  stream.aggregate.state = std::move(*state);
  return {};
}

Result<void> Attempt::react() {
  for (std::size_t i = 0; i < events_.size(); ++i) {
    Touched& stream = *event_streams_[i];
    auto reaction = call_host(stream.workflow->name(), "react", [&]() -> Result<Reaction> {
      return stream.workflow->react(*stream.aggregate.state, events_[i]);
    });
    if (!reaction) return std::move(reaction).error();
    if (auto applied = apply(stream, events_[i], std::move(*reaction)); !applied) return applied;
  }
  return {};
}

Result<void> Attempt::apply(Touched& stream, const Event& event, Reaction reaction) {
  std::vector<ArmedTimer>& timers = stream.aggregate.head.timers;
  if (reaction.disarm_all)
    while (!timers.empty()) disarm(stream, timers.back().name);
  for (const std::string& name : reaction.disarm) disarm(stream, name);

  for (Timer& timer : reaction.arm) {
    if (auto fit = check_timer(timer, limits_); !fit) return fit;
    disarm(stream, timer.name);
    changes_.push_back({store::Family::timers, store::timer_key(timer.due, event.position, stream.key, timer.name),
                        encode_timer(timer)});
    first_due_ = std::min(first_due_.value_or(timer.due), timer.due);
    timers.push_back({std::move(timer.name), timer.due, event.position});
  }
  if (timers.size() > limits_.timers_per_stream_max)
    return over_limit("timers_per_stream_max", limits_.timers_per_stream_max, timers.size());

  EffectKey key{event.position, 0};
  for (Effect& effect : reaction.effects) {
    if (auto fit = check_effect(effect, limits_); !fit) return fit;
    changes_.push_back({store::Family::outbox, store::effect_key(key), encode_effect(stream.key, effect)});
    ++key.index;
    has_effects_ = true;
  }
  return {};
}

Result<void> Attempt::take_timer(const FiredTimer& timer) {
  const auto zero = timer.stream_key.find('\0');
  auto stream = touch(std::string_view(timer.stream_key).substr(0, zero), timer.stream_key);
  if (!stream) return std::move(stream).error();
  if (setting_.now < timer.due)
    return Error(ErrorCode::unavailable, fmt::format("the clock went back before the timer {} was due", timer.name));
  const ArmedTimer wanted{timer.name, timer.due, timer.armed_at};
  if (std::ranges::find((*stream)->aggregate.head.timers, wanted) == (*stream)->aggregate.head.timers.end())
    return Error(ErrorCode::not_found, fmt::format("the timer {} is no longer armed", timer.name));
  disarm(**stream, timer.name);
  return {};
}

void Attempt::disarm(Touched& stream, std::string_view name) {
  std::vector<ArmedTimer>& timers = stream.aggregate.head.timers;
  const auto found = std::ranges::find(timers, name, &ArmedTimer::name);
  if (found == timers.end()) return;
  stream.changed = true;
  changes_.push_back(
      {store::Family::timers, store::timer_key(found->due, found->armed_at, stream.key, found->name), {}});
  timers.erase(found);
}

}  // namespace pavior::inline v0
