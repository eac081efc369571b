/// \file
/// The log and its index by stream, as rows of a database.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/commit.h"
#include "core/digest.h"
#include "pavior/event.h"
#include "store/database.h"

namespace pavior::inline v0::store {

/// Where the log ends: the next commit takes the position after `last` and chains to `chain`.
struct LogEnd {
  Position last = Position::none;
  Digest chain{};
};

/// A row of the log: the chain value, and the commit's bytes.
struct LogRow {
  std::string_view chain;
  std::string_view commit;
};
/// Errors: corrupt (too short).
Result<LogRow> parse_log_row(std::string_view value, Position first);

/// The chain value of a commit: SHA-256 of the one before, the position and the bytes.
Digest chain(Sha256& sha256, std::string_view before, Position first, std::string_view commit);

Result<LogEnd> log_end(const Database& database, const Database::MomentPtr& at = {});

/// Commits in the order of their positions, from the one that holds `after + 1` on. Returns false to stop.
using CommitVisitor = std::function<Result<bool>(const LogRow& row, const CommitView& commit)>;
Result<void> read_commits(const Database& database, Position after, bool keep_cached, const CommitVisitor& visit,
                          const Database::MomentPtr& at = {});

/// A row of the log with its commit, as scans and lookups find it. `commit` points into `value`.
struct ReadCommit {
  LogRow row;
  CommitView commit;
};
/// Reads `key` and `value` into `read`, whose vector keeps its capacity. Errors: corrupt.
Result<void> read_commit(std::string_view key, std::string_view value, ReadCommit& read);

/// A command row: where its commit is, and the fingerprint of its content.
std::string command_row(Position first, std::uint64_t fingerprint);
/// Empty when `row` is none.
std::optional<Position> parse_command_row(std::string_view row);

/// An index row: at which commit, and where within it, a version of a stream is.
std::string index_value(Position commit, std::uint32_t place);
struct IndexEntry {
  Position commit{};
  std::uint32_t place = 0;
};
Result<IndexEntry> parse_index(std::string_view value);

/// The events of one stream from `from` on, oldest first, at most `events_max`; empty if there are none.
/// Errors: corrupt (gaps, wrong rows).
Result<History> read_stream(const Database& database, std::string_view stream_key, Version from,
                            const Database::MomentPtr& at = {},
                            std::size_t events_max = std::numeric_limits<std::size_t>::max());

/// Events after a position, of whole commits.
struct Slice {
  History events;
  bool at_end = false;  ///< The log had no more when it was read.
};
/// A slice's bytes and events are bounded, each by one commit more than this.
inline constexpr std::size_t slice_bytes_max = 8 << 20;
Result<Slice> read_slice(const Database& database, Position after, std::size_t events_max);

}  // namespace pavior::inline v0::store
