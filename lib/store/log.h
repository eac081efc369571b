/// \file
/// The log and its index by stream, as rows of a database.
#pragma once

#include <functional>
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

/// A command row: where its commit is, and the fingerprint of its content.
std::string command_row(Position first, std::uint64_t fingerprint);

/// An index row: at which commit, and where within it, a version of a stream is.
std::string index_value(Position commit, std::uint32_t place);
struct IndexEntry {
  Position commit{};
  std::uint32_t place = 0;
};
Result<IndexEntry> parse_index(std::string_view value);

/// The events of one stream from `from` on, oldest first; empty if there are none. Errors: corrupt (gaps, wrong rows).
Result<History> read_stream(const Database& database, std::string_view stream_key, Version from,
                            const Database::MomentPtr& at = {});

/// Events after `after`: of whole commits, until there are `events_max` or more.
Result<History> read_slice(const Database& database, Position after, std::size_t events_max);

}  // namespace pavior::inline v0::store
