#include "engine/verifier.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/digest.h"
#include "engine/aggregate.h"
#include "engine/host_code.h"
#include "fmt/format.h"
#include "pavior/v1/envelope.pb.h"
#include "store/keys.h"
#include "store/log.h"

namespace pavior::inline v0 {
namespace {

using store::Database;
using store::Family;

class Verifier {
 public:
  Verifier(const Database& database, const Registry& registry, const std::function<void(Position)>& progress)
      : database_(database), registry_(registry), progress_(progress), at_(database.moment()) {}

  Result<Verification> run() {
    for (const auto pass : {&Verifier::check_log, &Verifier::check_streams, &Verifier::check_counts}) {
      auto done = (this->*pass)();
      if (done) continue;
      if (done.error().code() == ErrorCode::unavailable) return std::move(done).error();
      problem(done.error().message());  // the data is wrong: that is the answer
    }
    found_.chain = hex(chain_);
    return std::move(found_);
  }

 private:
  Result<void> check_log();
  void check_commit(const store::LogRow& row, const CommitView& commit);

  Result<void> check_streams();
  void check_stream(const std::string& key, std::string_view head_bytes);
  HeadRow derive(const std::string& key, const Workflow& workflow, const std::vector<Event>& events);
  void follow(const std::string& key, const State& after, const Workflow& workflow, const Event& event, HeadRow& head);
  void disarm(const std::string& key, std::string_view name, HeadRow& head);
  void check_effect(const std::string& stream_key, EffectKey key, const Effect& effect);

  Result<void> check_counts();

  std::optional<std::string> row(Family family, const std::string& key);
  void problem(std::string text);

  const Database& database_;
  const Registry& registry_;
  const std::function<void(Position)>& progress_;
  Database::MomentPtr at_;
  Verification found_;
  Sha256 sha256_;
  Digest chain_{};
  Position expected_{1};
  std::set<std::string> answered_;  // the keys of timers that fired or lapsed
  std::set<EffectKey> settled_;
  std::map<std::string, std::string> timer_rows_;  // those the stream at hand should have
  std::uint64_t indexed_ = 0;
};

void Verifier::problem(std::string text) {
  static constexpr std::size_t problems_max = 100;
  if (found_.problems.size() < problems_max)
    found_.problems.push_back(std::move(text));
  else
    ++found_.problems_left_out;
}

std::optional<std::string> Verifier::row(Family family, const std::string& key) {
  auto value = database_.get(family, key, at_);
  if (value) return std::move(*value);
  problem(value.error().message());
  return std::nullopt;
}

// First pass: the log itself, and the command table that points into it.

Result<void> Verifier::check_log() {
  const auto visit = [&](const store::LogRow& log_row, const CommitView& commit) -> Result<bool> {
    check_commit(log_row, commit);
    if (progress_ && found_.commits % 4096 == 0) progress_(commit.events.back().position);
    return true;
  };
  return store::read_commits(database_, Position::none, false, visit, at_);
}

void Verifier::check_commit(const store::LogRow& log_row, const CommitView& commit) {
  const Position first = commit.events.front().position;
  if (first != expected_)
    problem(fmt::format("position {} is missing: the next commit begins at {}", number(expected_), number(first)));
  if (bytes_of(store::chain(sha256_, bytes_of(chain_), first, log_row.commit)) != log_row.chain)
    problem(
        fmt::format("the chain breaks at position {}: this commit or the one before it was altered", number(first)));
  std::ranges::copy(log_row.chain, chain_.begin());  // go on from what is there, so that one break is told once
  expected_ = commit.events.back().position + 1;
  ++found_.commits;
  found_.events += commit.events.size();

  if (commit.timer) {
    const TimerView& timer = *commit.timer;
    answered_.insert(
        store::timer_key(timer.due, timer.armed_at, store::stream_key(timer.workflow, timer.key), timer.name));
  }
  if (commit.effect && !settled_.insert(*commit.effect).second)
    problem(fmt::format("effect {}-{} was settled twice, the second time at position {}",
                        number(commit.effect->position), commit.effect->index, number(first)));
  if (row(Family::commands, std::string(commit.command_id)) != store::command_row(first, commit.fingerprint))
    problem(
        fmt::format("the command row '{}' is missing or not what position {} says", commit.command_id, number(first)));
}

// Second pass: every stream is folded again, and its head, timers and effects derived from the facts.

Result<void> Verifier::check_streams() {
  const auto visit = [&](std::string_view key, std::string_view value) {
    check_stream(std::string(key), value);
    return true;
  };
  return database_.scan(Family::heads, {{}, {}, false}, visit, at_);
}

void Verifier::check_stream(const std::string& key, std::string_view head_bytes) {
  ++found_.streams;
  const std::string name = store::stream_of(key).text();
  const Workflow* workflow = registry_.find(store::stream_of(key).workflow());
  if (workflow == nullptr) return problem(fmt::format("no workflow is registered for the stream {}", name));
  auto history = store::read_stream(database_, key, Version{1}, at_);
  if (!history) return problem(history.error().message());
  indexed_ += history->size();
  if (history->empty()) return problem(fmt::format("the stream {} has a head and no events", name));
  timer_rows_.clear();
  auto head = HeadRow::decode(head_bytes);
  if (!head || *head != derive(key, *workflow, history->events()))
    problem(fmt::format("the head of {} is not what its {} events give", name, history->size()));
  for (const auto& [timer_key, expected] : timer_rows_)
    if (row(Family::timers, timer_key) != expected)
      problem(fmt::format("a timer row of {} is missing or not what its events give", name));
  found_.timers += timer_rows_.size();
}

/// Folds commit by commit, as the writer did.
HeadRow Verifier::derive(const std::string& key, const Workflow& workflow, const std::vector<Event>& events) {
  HeadRow head;
  StatePtr state;
  for (std::size_t start = 0; start < events.size();) {
    std::size_t end = start + 1;
    while (end < events.size() && events[end].command_id == events[start].command_id) ++end;
    const auto commit = std::span(events).subspan(start, end - start);
    auto next = evolve_guarded(workflow, std::move(state), commit);
    if (!next) return problem(next.error().message()), head;
    state = std::move(*next);
    for (const Event& event : commit) follow(key, *state, workflow, event, head);
    start = end;
  }
  head.version = events.back().version;
  head.stage = events.back().stage;
  head.last = events.back().position;
  return head;
}

void Verifier::follow(const std::string& key, const State& after, const Workflow& workflow, const Event& event,
                      HeadRow& head) {
  auto reaction =
      call_host(workflow.name(), "react", [&]() -> Result<Reaction> { return workflow.react(after, event); });
  if (!reaction) return problem(reaction.error().message());
  while (reaction->disarm_all && !head.timers.empty()) disarm(key, head.timers.back().name, head);
  for (const std::string& name : reaction->disarm) disarm(key, name, head);
  for (const Timer& timer : reaction->arm) {
    disarm(key, timer.name, head);
    std::string row_key = store::timer_key(timer.due, event.position, key, timer.name);
    if (answered_.contains(row_key)) continue;
    head.timers.push_back({timer.name, timer.due, event.position});
    timer_rows_.emplace(std::move(row_key), encode_timer(timer));
  }
  EffectKey effect{event.position, 0};
  for (const Effect& wanted : reaction->effects) {
    if (!settled_.contains(effect)) check_effect(key, effect, wanted);
    ++effect.index;
  }
}

void Verifier::disarm(const std::string& key, std::string_view name, HeadRow& head) {
  const auto found = std::ranges::find(head.timers, name, &ArmedTimer::name);
  if (found == head.timers.end()) return;
  timer_rows_.erase(store::timer_key(found->due, found->armed_at, key, found->name));
  head.timers.erase(found);
}

void Verifier::check_effect(const std::string& stream_key, EffectKey key, const Effect& effect) {
  ++found_.effects;
  auto value = row(Family::outbox, store::effect_key(key));
  v1::EffectRow stored;
  const bool readable = value && stored.ParseFromString(*value);
  stored.set_attempts(0);  // the courier's count is no matter of the log
  if (!readable || stored.SerializeAsString() != encode_effect(stream_key, effect))
    problem(fmt::format("the outbox row {}-{} is missing or not what the log gives", number(key.position), key.index));
}

// Third pass: no derived row is there that no event gives.

Result<void> Verifier::check_counts() {
  for (const auto& [family, expected, what] :
       {std::tuple(Family::commands, found_.commits, "command"), std::tuple(Family::streams, indexed_, "index"),
        std::tuple(Family::timers, found_.timers, "timer"), std::tuple(Family::outbox, found_.effects, "outbox")}) {
    std::uint64_t count = 0;
    auto scanned = database_.scan(
        family, {{}, {}, false}, [&](auto, auto) { return ++count, true; }, at_);
    if (!scanned) return scanned;
    if (count != expected) problem(fmt::format("there are {} {} rows, the log gives {}", count, what, expected));
  }
  if (indexed_ != found_.events)
    problem(fmt::format("{} events are indexed by stream, the log has {}", indexed_, found_.events));
  return {};
}

}  // namespace

Result<Verification> verify_store(const Database& database, const Registry& registry,
                                  const std::function<void(Position)>& progress) {
  return Verifier(database, registry, progress).run();
}

}  // namespace pavior::inline v0
