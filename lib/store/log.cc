#include "store/log.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

#include "fmt/format.h"
#include "store/keys.h"

namespace pavior::inline v0::store {
namespace {

constexpr std::size_t chain_bytes = std::tuple_size_v<Digest>;

/// Owns the rows that a History's events point into; a deque, so that adding one moves no other.
struct Rows {
  std::deque<std::string> rows;
};

}  // namespace

Result<LogRow> parse_log_row(std::string_view value, Position first) {
  if (value.size() <= chain_bytes)
    return Error(ErrorCode::corrupt, fmt::format("the log row at position {} is cut short", number(first)));
  return LogRow{value.substr(0, chain_bytes), value.substr(chain_bytes)};
}

Digest chain(Sha256& sha256, std::string_view before, Position first, std::string_view commit) {
  return sha256.add(before).add(position_key(first)).add(commit).finish();
}

Result<LogEnd> log_end(const Database& database, const Database::MomentPtr& at) {
  auto row = database.at_or_before(Family::log, std::string(8, '\xff'), at);
  if (!row) return std::move(row).error();
  if (!row->has_value()) return LogEnd{};
  const Position first = position_of((*row)->first);
  auto parsed = parse_log_row((*row)->second, first);
  if (!parsed) return std::move(parsed).error();
  CommitView commit;
  if (auto decoded = decode_commit(parsed->commit, first, commit); !decoded) return std::move(decoded).error();
  LogEnd end{commit.events.back().position, {}};
  std::ranges::copy(parsed->chain, end.chain.begin());
  return end;
}

Result<void> read_commits(const Database& database, Position after, bool keep_cached, const CommitVisitor& visit,
                          const Database::MomentPtr& at) {
  std::string from = position_key(after + 1);
  auto before = database.at_or_before(Family::log, from, at);
  if (!before) return std::move(before).error();
  if (before->has_value()) from = (*before)->first;  // the commit that may hold `after + 1` somewhere inside

  CommitView commit;
  Result<void> outcome;
  const auto one_row = [&](std::string_view key, std::string_view value) {
    const Position first = position_of(key);
    auto row = parse_log_row(value, first);
    if (row)
      outcome = decode_commit(row->commit, first, commit);
    else
      outcome = std::move(row).error();
    if (!outcome) return false;
    if (commit.events.back().position <= after) return true;
    auto more = visit(*row, commit);
    if (more) return *more;
    outcome = std::move(more).error();
    return false;
  };
  auto scanned = database.scan(Family::log, {from, {}, keep_cached}, one_row, at);
  return outcome ? scanned : outcome;
}

std::string command_row(Position first, std::uint64_t fingerprint) {
  std::string row = position_key(first);
  append_u64(row, fingerprint);
  return row;
}

std::string index_value(Position commit, std::uint32_t place) {
  std::string value = position_key(commit);
  append_u32(value, place);
  return value;
}

Result<IndexEntry> parse_index(std::string_view value) {
  if (value.size() != 12) return Error(ErrorCode::corrupt, "an index row has the wrong size");
  return IndexEntry{Position{read_u64(value)}, read_u32(value.substr(8))};
}

Result<History> read_stream(const Database& database, std::string_view stream_key, Version from,
                            const Database::MomentPtr& at) {
  std::vector<IndexEntry> entries;
  std::vector<std::string> keys;  // of distinct commits, in order
  Result<void> outcome;
  const std::string first = version_key(stream_key, from);
  const std::string end = prefix_end(std::string(stream_key) + '\0');
  auto scanned = database.scan(
      Family::streams, {first, end},
      [&](std::string_view, std::string_view value) {
        auto entry = parse_index(value);
        if (!entry) return outcome = std::move(entry).error(), false;
        if (entries.empty() || entries.back().commit != entry->commit) keys.push_back(position_key(entry->commit));
        entries.push_back(*entry);
        return true;
      },
      at);
  if (!scanned) return std::move(scanned).error();
  if (!outcome) return std::move(outcome).error();

  auto rows = database.get_all(Family::log, keys, at);
  if (!rows) return std::move(rows).error();
  auto memory = std::make_shared<Rows>();
  for (std::string& row : *rows) memory->rows.push_back(std::move(row));
  std::vector<Event> events;
  events.reserve(entries.size());
  CommitView commit;
  std::size_t next_row = 0;
  Version version = from;
  for (const IndexEntry& entry : entries) {
    if (events.empty() || commit.events.front().position != entry.commit) {
      auto row = parse_log_row(memory->rows[next_row++], entry.commit);
      if (!row) return std::move(row).error();
      if (auto decoded = decode_commit(row->commit, entry.commit, commit); !decoded) return std::move(decoded).error();
    }
    const bool fits =
        entry.place < commit.events.size() && commit.events[entry.place].version == version &&
        store::stream_key(commit.events[entry.place].workflow, commit.events[entry.place].key) == stream_key;
    if (!fits)
      return Error(ErrorCode::corrupt,
                   fmt::format("stream {} has no event of version {} at position {}", stream_of(stream_key).text(),
                               number(version), number(entry.commit)));
    events.push_back(commit.events[entry.place]);
    version = version + 1;
  }
  return History(std::move(events), std::move(memory));
}

Result<History> read_slice(const Database& database, Position after, std::size_t events_max) {
  auto memory = std::make_shared<Rows>();
  std::vector<Event> events;
  CommitView copy;
  auto read = read_commits(database, after, true, [&](const LogRow& row, const CommitView& commit) -> Result<bool> {
    const Position first = commit.events.front().position;
    memory->rows.emplace_back(row.commit);
    if (auto decoded = decode_commit(memory->rows.back(), first, copy); !decoded) return std::move(decoded).error();
    for (const Event& event : copy.events)
      if (event.position > after) events.push_back(event);
    return events.size() < events_max;
  });
  if (!read) return std::move(read).error();
  return History(std::move(events), std::move(memory));
}

}  // namespace pavior::inline v0::store
