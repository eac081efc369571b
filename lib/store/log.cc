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

Result<void> read_commit(std::string_view key, std::string_view value, ReadCommit& read) {
  const auto first = parse_position_key(key);
  if (!first)
    return Error(ErrorCode::corrupt, fmt::format("the log has a row '{}', which is no position", readable(key)));
  auto row = parse_log_row(value, *first);
  if (!row) return std::move(row).error();
  read.row = *row;
  return decode_commit(row->commit, *first, read.commit);
}

Result<LogEnd> log_end(const Database& database, const Database::MomentPtr& at) {
  auto row = database.at_or_before(Family::log, std::string(8, '\xff'), at);
  if (!row) return std::move(row).error();
  if (!row->has_value()) return LogEnd{};
  ReadCommit read;
  if (auto outcome = read_commit((*row)->first, (*row)->second, read); !outcome) return std::move(outcome).error();
  LogEnd end{read.commit.events.back().position, {}};
  std::ranges::copy(read.row.chain, end.chain.begin());
  return end;
}

Result<void> read_commits(const Database& database, Position after, bool keep_cached, const CommitVisitor& visit,
                          const Database::MomentPtr& at) {
  if (number(after) == std::numeric_limits<std::uint64_t>::max()) return {};
  std::string from = position_key(after + 1);
  auto before = database.at_or_before(Family::log, from, at);
  if (!before) return std::move(before).error();
  if (before->has_value()) from = (*before)->first;  // the commit that may hold `after + 1` somewhere inside

  ReadCommit read;
  Result<void> outcome;
  const auto one_row = [&](std::string_view key, std::string_view value) {
    outcome = read_commit(key, value, read);
    if (!outcome) return false;
    if (read.commit.events.back().position <= after) return true;
    auto more = visit(read.row, read.commit);
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

std::optional<Position> parse_command_row(std::string_view row) {
  if (row.size() != 16) return std::nullopt;
  return Position{read_u64(row)};
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

namespace {

/// A part of a stream's index.
struct IndexPart {
  std::vector<IndexEntry> entries;
  std::vector<std::string> keys;  // of distinct commits, in order
};

Result<IndexPart> read_index(const Database& database, std::string_view stream_key, Version from,
                             std::size_t entries_max, const Database::MomentPtr& at) {
  IndexPart part;
  Result<void> outcome;
  const std::string first = version_key(stream_key, from);
  const std::string end = prefix_end(std::string(stream_key) + '\0');
  auto scanned = database.scan(
      Family::streams, {first, end},
      [&](std::string_view, std::string_view value) {
        auto entry = parse_index(value);
        if (!entry)
          return outcome = Error(ErrorCode::corrupt,
                                 fmt::format("an index row of {} cannot be read", stream_of(stream_key).text())),
                 false;
        if (part.entries.empty() || part.entries.back().commit != entry->commit)
          part.keys.push_back(position_key(entry->commit));
        part.entries.push_back(*entry);
        return part.entries.size() < entries_max;
      },
      at);
  if (!scanned) return std::move(scanned).error();
  if (!outcome) return std::move(outcome).error();
  return part;
}

bool fits(const CommitView& commit, const IndexEntry& entry, std::string_view stream_key, Version version) {
  if (entry.place >= commit.events.size()) return false;
  const Event& event = commit.events[entry.place];
  return event.version == version && store::stream_key(event.workflow, event.key) == stream_key;
}

}  // namespace

Result<History> read_stream(const Database& database, std::string_view stream_key, Version from,
                            const Database::MomentPtr& at, std::size_t events_max) {
  Version version = std::max(from, Version{1});
  auto index = read_index(database, stream_key, version, events_max, at);
  if (!index) return std::move(index).error();
  auto rows = database.get_all(Family::log, index->keys, at);
  if (!rows) return std::move(rows).error();
  auto memory = std::make_shared<Rows>();
  for (std::string& row : *rows) memory->rows.push_back(std::move(row));

  std::vector<Event> events;
  events.reserve(index->entries.size());
  ReadCommit read;
  std::size_t next_row = 0;
  for (const IndexEntry& entry : index->entries) {
    if (events.empty() || read.commit.events.front().position != entry.commit) {
      auto outcome = read_commit(position_key(entry.commit), memory->rows[next_row++], read);
      if (!outcome) return std::move(outcome).error();
    }
    if (!fits(read.commit, entry, stream_key, version))
      return Error(ErrorCode::corrupt,
                   fmt::format("stream {} has no event of version {} at position {}", stream_of(stream_key).text(),
                               number(version), number(entry.commit)));
    events.push_back(read.commit.events[entry.place]);
    version = version + 1;
  }
  return History(std::move(events), std::move(memory));
}

Result<Slice> read_slice(const Database& database, Position after, std::size_t events_max) {
  auto memory = std::make_shared<Rows>();
  std::vector<Event> events;
  CommitView copy;
  std::size_t bytes = 0;
  bool at_end = true;
  const auto keep = [&](const LogRow& row, const CommitView& commit) -> Result<bool> {
    const Position first = commit.events.front().position;
    memory->rows.emplace_back(row.commit);
    if (auto decoded = decode_commit(memory->rows.back(), first, copy); !decoded) return std::move(decoded).error();
    for (const Event& event : copy.events)
      if (event.position > after) events.push_back(event);
    bytes += row.commit.size();
    at_end = events.size() < events_max && bytes < slice_bytes_max;
    return at_end;
  };
  if (auto read = read_commits(database, after, true, keep); !read) return std::move(read).error();
  return Slice{History(std::move(events), std::move(memory)), at_end};
}

}  // namespace pavior::inline v0::store
