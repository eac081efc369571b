#include "engine/verifier.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/host_code.h"
#include "engine/own_commands.h"
#include "fmt/format.h"
#include "pavior/v1/envelope.pb.h"
#include "store/keys.h"

namespace pavior::inline v0 {

using store::Family;

void Verifier::Stream::disarm(std::string_view timer_name) {
  const auto found = std::ranges::find(head.timers, timer_name, &ArmedTimer::name);
  if (found == head.timers.end()) return;
  timer_rows.erase(store::timer_key(found->due, found->armed_at, key, found->name));
  head.timers.erase(found);
}

Result<Verification> Verifier::run() {
  for (const auto pass : {&Verifier::check_log, &Verifier::check_streams, &Verifier::check_counts}) {
    auto done = (this->*pass)();
    if (done) continue;
    if (done.error().code() == ErrorCode::unavailable) return std::move(done).error();
    problem(done.error().message());  // the data is wrong: that is the answer
  }
  found_.chain = hex(chain_);
  return std::move(found_);
}

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

// A commit that cannot be read is one problem; the chain goes on from what it says of itself.
Result<void> Verifier::check_log() {
  store::ReadCommit read;
  const auto visit = [&](std::string_view key, std::string_view value) {
    if (auto outcome = store::read_commit(key, value, read); outcome) {
      check_commit(read);
    } else {
      problem(outcome.error().message());
      expected_ = Position::none;
      if (auto row = store::parse_log_row(value, Position::none)) std::ranges::copy(row->chain, chain_.begin());
    }
    if (progress_ && found_.commits % 4096 == 0) progress_(found_.commits == 0 ? Position::none : expected_);
    return true;
  };
  return database_.scan(Family::log, {{}, {}, false}, visit, at_);
}

void Verifier::check_commit(const store::ReadCommit& read) {
  const CommitView& commit = read.commit;
  const Position first = commit.events.front().position;
  if (first != expected_ && expected_ != Position::none)
    problem(fmt::format("position {} is missing: the next commit begins at {}", number(expected_), number(first)));
  if (bytes_of(store::chain(sha256_, bytes_of(chain_), first, read.row.commit)) != read.row.chain)
    problem(
        fmt::format("the chain breaks at position {}: this commit or the one before it was altered", number(first)));
  std::ranges::copy(read.row.chain, chain_.begin());  // go on from what is there, so that one break is told once
  expected_ = commit.events.back().position + 1;
  ++found_.commits;
  found_.events += commit.events.size();

  const std::string id(commit.command_id);
  if (commit.timer) {
    ++timers_answered_;
    const TimerView& timer = *commit.timer;
    if (id != timer_command_id(store::stream_key(timer.workflow, timer.key), timer.name, timer.armed_at))
      problem(fmt::format("position {} answers a timer under another command's id", number(first)));
  }
  if (commit.effect) {
    ++effects_settled_;
    if (id != effect_command_id(*commit.effect))
      problem(fmt::format("position {} settles an effect under another command's id", number(first)));
  }
  if (row(Family::commands, id) != store::command_row(first, commit.fingerprint))
    problem(fmt::format("the command row '{}' is missing or not what position {} says", id, number(first)));
}

Result<void> Verifier::check_streams() {
  const auto visit = [&](std::string_view key, std::string_view value) {
    check_stream(std::string(key), value);
    return true;
  };
  return database_.scan(Family::heads, {{}, {}, false}, visit, at_);
}

void Verifier::check_stream(const std::string& key, std::string_view head_bytes) {
  ++found_.streams;
  if (!store::is_stream_key(key))
    return problem(fmt::format("there is a head '{}', which names no stream", store::readable(key)));
  const StreamId id = store::stream_of(key);
  const Workflow* workflow = registry_.find(id.workflow());
  if (workflow == nullptr) {
    all_known_ = false;
    return problem(fmt::format("no workflow is registered for the stream {}", id.text()));
  }
  Stream stream{key, id.text(), *workflow, {}, {}, {}, {}};
  if (!derive(stream)) return;
  if (stream.head.version == Version::none)
    return problem(fmt::format("the stream {} has a head and no events", stream.name));
  auto head = HeadRow::decode(key, head_bytes);
  if (!head || *head != stream.head)
    problem(fmt::format("the head of {} is not what its {} events give", stream.name, number(stream.head.version)));
  for (const auto& [timer_key, expected] : stream.timer_rows)
    if (row(Family::timers, timer_key) != expected)
      problem(fmt::format("the timer '{}' of {} is missing or not what its events give",
                          store::parse_timer_key(timer_key)->name, stream.name));
  for (const auto& [effect, expected] : stream.effects)
    if (!is_stored(effect, expected))
      problem(fmt::format("the outbox row {}-{} of {} is missing or not what the log gives", number(effect.position),
                          effect.index, stream.name));
  found_.timers += stream.timer_rows.size();
  found_.effects += stream.effects.size();
}

/// Folds commit by commit, as the writer did, some pages at a time. False: what stopped it is told.
bool Verifier::derive(Stream& stream) {
  static constexpr std::size_t page_events_max = 4096;
  std::size_t page_max = page_events_max;
  for (Version from{1};;) {
    auto page = store::read_stream(database_, stream.key, from, at_, page_max);
    if (!page) return problem(page.error().message()), false;
    const std::span<const Event> events = page->events();
    const bool is_last = events.size() < page_max;
    std::size_t done = 0;
    for (std::size_t end = 1; end <= events.size(); ++end) {
      const bool is_whole = end < events.size() ? events[end].command_id != events[done].command_id : is_last;
      if (!is_whole) continue;
      if (!fold(stream, events.subspan(done, end - done))) return false;
      done = end;
    }
    if (is_last) return true;
    if (done == 0) page_max *= 2;  // a commit larger than the page
    from = from + done;
  }
}

bool Verifier::fold(Stream& stream, std::span<const Event> commit) {
  auto next = evolve_guarded(stream.workflow, std::move(stream.state), commit);
  if (!next)
    return problem(fmt::format("{} at version {}: {}", stream.name, number(commit.front().version),
                               next.error().message())),
           false;
  stream.state = std::move(*next);
  for (const Event& event : commit) follow(stream, event);
  const Event& last = commit.back();
  stream.head.version = last.version;
  stream.head.stage = last.stage;
  stream.head.last = last.position;
  indexed_ += commit.size();
  return true;
}

void Verifier::follow(Stream& stream, const Event& event) {
  auto reaction = call_host(stream.workflow.name(), "react",
                            [&]() -> Result<Reaction> { return stream.workflow.react(*stream.state, event); });
  if (!reaction) return problem(fmt::format("{}: {}", stream.name, reaction.error().message()));
  while (reaction->disarm_all && !stream.head.timers.empty()) stream.disarm(stream.head.timers.back().name);
  for (const std::string& name : reaction->disarm) stream.disarm(name);
  for (const Timer& timer : reaction->arm) {
    stream.disarm(timer.name);
    if (is_answered(timer_command_id(stream.key, timer.name, event.position))) {
      ++timers_gone_;
      continue;
    }
    stream.head.timers.push_back({timer.name, timer.due, event.position});
    stream.timer_rows.emplace(store::timer_key(timer.due, event.position, stream.key, timer.name), encode_timer(timer));
  }
  EffectKey effect{event.position, 0};
  for (const Effect& wanted : reaction->effects) {
    if (is_answered(effect_command_id(effect)))
      ++effects_gone_;
    else
      stream.effects.emplace(effect, encode_effect(stream.key, wanted));
    ++effect.index;
  }
}

bool Verifier::is_stored(EffectKey key, const std::string& expected) {
  auto value = row(Family::outbox, store::effect_key(key));
  v1::EffectRow stored;
  if (!value || !stored.ParseFromString(*value)) return false;
  stored.set_attempts(0);  // the courier's count is no matter of the log
  return stored.SerializeAsString() == expected;
}

bool Verifier::is_answered(const std::string& command_id) { return row(Family::commands, command_id).has_value(); }

}  // namespace pavior::inline v0
