// The last pass of the verifier. Rows that should be there were looked up one by one; those that should not are counted
// first, and searched for only if the count is wrong.

#include <array>
#include <utility>

#include "engine/verifier.h"
#include "fmt/format.h"
#include "pavior/v1/envelope.pb.h"
#include "store/keys.h"

namespace pavior::inline v0 {

using store::Family;

Result<void> Verifier::check_counts() {
  struct Expectation {
    Family family;
    std::uint64_t rows;
  };
  for (const auto& [family, rows] : std::array<Expectation, 4>{{{Family::commands, found_.commits},
                                                                {Family::streams, indexed_},
                                                                {Family::timers, found_.timers},
                                                                {Family::outbox, found_.effects}}}) {
    std::uint64_t count = 0;
    auto scanned = database_.scan(
        family, {{}, {}, false}, [&](auto, auto) { return ++count, true; }, at_);
    if (!scanned) return scanned;
    if (count == rows || (family != Family::commands && !all_known_)) continue;
    problem(fmt::format("the family {} has {} rows, the log gives {}", store::name_of(family), count, rows));
    if (auto searched = find_strays(family); !searched) return searched;
  }
  if (!all_known_) return check_checkpoints();
  if (indexed_ != found_.events) {
    problem(fmt::format("{} events are found by their streams, the log has {}", indexed_, found_.events));
    if (auto searched = find_unindexed(); !searched) return searched;
  }
  if (timers_answered_ != timers_gone_)
    problem(fmt::format("{} commits answer timers, the events armed {} of them", timers_answered_, timers_gone_));
  if (effects_settled_ != effects_gone_)
    problem(fmt::format("{} commits settle effects, the events wanted {} of them", effects_settled_, effects_gone_));
  return check_checkpoints();
}

Result<void> Verifier::find_strays(Family family) {
  const auto visit = [&](std::string_view key, std::string_view value) {
    const bool expected = family == Family::commands  ? is_command(key, value)
                          : family == Family::streams ? is_index(key, value)
                          : family == Family::timers  ? is_timer(key)
                                                      : is_effect(key, value);
    if (!expected)
      problem(
          fmt::format("no event gives the row '{}' of the family {}", store::readable(key), store::name_of(family)));
    return true;
  };
  return database_.scan(family, {{}, {}, false}, visit, at_);
}

/// False, and `read` is of no use, if there is none that can be read.
bool Verifier::read_at(Position position, std::string& bytes, store::ReadCommit& read) {
  const std::string key = store::position_key(position);
  auto value = row(Family::log, key);
  if (!value) return false;
  bytes = *std::move(value);
  return store::read_commit(key, bytes, read).has_value();
}

bool Verifier::is_command(std::string_view key, std::string_view value) {
  const auto position = store::parse_command_row(value);
  std::string bytes;
  store::ReadCommit read;
  return position && read_at(*position, bytes, read) && read.commit.command_id == key;
}

bool Verifier::is_index(std::string_view key, std::string_view value) {
  const auto entry = store::parse_index(value);
  std::string bytes;
  store::ReadCommit read;
  if (!entry || !read_at(entry->commit, bytes, read) || entry->place >= read.commit.events.size()) return false;
  const Event& event = read.commit.events[entry->place];
  return key == store::version_key(store::stream_key(event.workflow, event.key), event.version);
}

bool Verifier::is_timer(std::string_view key) {
  const auto timer = store::parse_timer_key(key);
  if (!timer) return false;
  const auto stream = derive_again(store::stream_key(timer->workflow, timer->key));
  return stream && stream->timer_rows.contains(std::string(key));
}

bool Verifier::is_effect(std::string_view key, std::string_view value) {
  const auto effect = store::parse_effect_key(key);
  v1::EffectRow stored;
  if (!effect || !stored.ParseFromArray(value.data(), static_cast<int>(value.size()))) return false;
  const auto stream = derive_again(store::stream_key(stored.workflow(), stored.key()));
  return stream && stream->effects.contains(*effect);
}

/// What a stream gives, apart from the counts. Null if it gives nothing.
std::unique_ptr<Verifier::Stream> Verifier::derive_again(const std::string& key) {
  if (!store::is_stream_key(key)) return nullptr;
  const StreamId id = store::stream_of(key);
  const Workflow* workflow = registry_.find(id.workflow());
  if (workflow == nullptr) return nullptr;
  auto stream = std::make_unique<Stream>(Stream{key, id.text(), *workflow, {}, {}, {}, {}});
  Verifier again(database_, registry_, progress_, at_);
  return again.derive(*stream) ? std::move(stream) : nullptr;
}

Result<void> Verifier::find_unindexed() {
  store::ReadCommit read;
  const auto visit = [&](std::string_view key, std::string_view value) {
    if (!store::read_commit(key, value, read)) return true;  // told before
    std::uint32_t place = 0;
    for (const Event& event : read.commit.events) {
      const std::string stream = store::stream_key(event.workflow, event.key);
      const std::string expected = store::index_value(read.commit.events.front().position, place++);
      if (row(Family::streams, store::version_key(stream, event.version)) != expected)
        problem(fmt::format("the index row of {} version {}, position {}, is missing or wrong", event.stream().text(),
                            number(event.version), number(event.position)));
      if (event.version == Version{1} && !row(Family::heads, stream))
        problem(fmt::format("the head of {} is missing", event.stream().text()));
    }
    return true;
  };
  return database_.scan(Family::log, {{}, {}, false}, visit, at_);
}

/// A checkpoint beyond the log would keep its owner from events to come.
Result<void> Verifier::check_checkpoints() {
  auto end = store::log_end(database_, at_);
  if (!end) return {};  // told before
  const auto visit = [&](std::string_view key, std::string_view value) {
    v1::ViewState view;
    std::optional<Position> place;
    if (key.starts_with("subscription/")) {
      place = store::parse_position_key(value);
    } else if (key.starts_with("view/")) {
      if (view.ParseFromArray(value.data(), static_cast<int>(value.size())))
        place = Position{std::max(view.position(), view.building_position())};
    } else {
      return true;
    }
    if (!place)
      problem(fmt::format("the checkpoint {} cannot be read", store::readable(key)));
    else if (*place > end->last)
      problem(fmt::format("the checkpoint {} is at position {}, the log ends at {}", store::readable(key),
                          number(*place), number(end->last)));
    return true;
  };
  return database_.scan(Family::meta, {{}, {}, false}, visit, at_);
}

}  // namespace pavior::inline v0
