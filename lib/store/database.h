/// \file
/// The one place that sees RocksDB: named families of ordered rows, atomic batches, scans.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/engine.h"
#include "pavior/result.h"

namespace rocksdb {
class WriteBatch;
}

namespace pavior::inline v0::store {

/// One RocksDB column family each; docs/storage.md describes their rows.
enum class Family : std::uint8_t { meta, log, streams, heads, commands, timers, outbox, views };
inline constexpr std::size_t family_count = 8;

[[nodiscard]] std::string_view name_of(Family family);

/// The number in the row `format` of the family `meta`. Raise it when older code must not open newer data.
inline constexpr std::uint32_t format_version = 1;

/// Rows to be written as one.
class Batch {
 public:
  explicit Batch(const class Database& database);
  ~Batch();
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;

  void put(Family family, std::string_view key, std::string_view value);
  void erase(Family family, std::string_view key);
  /// Erases every row with `from <= key < until`.
  void erase_range(Family family, std::string_view from, std::string_view until);
  void clear();
  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  friend class Database;
  const Database* database_;
  std::unique_ptr<rocksdb::WriteBatch> rows_;
};

/// A moment of the database that scans can share.
class Moment {
 public:
  virtual ~Moment() = default;
};

/// Threads: reads from any thread; one writer at a time is the caller's duty only for the order of writes.
class Database {
 public:
  /// Visits a row; returns false to stop.
  using Visitor = std::function<bool(std::string_view key, std::string_view value)>;
  using MomentPtr = std::shared_ptr<const Moment>;

  struct Range {
    std::string_view from;    ///< The first key.
    std::string_view until;   ///< The key after the last; empty for the family's end.
    bool keep_cached = true;  ///< False for long scans that would wash the block cache out.
  };

  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, const Options& options);
  ~Database();

  [[nodiscard]] Result<std::optional<std::string>> get(Family family, std::string_view key,
                                                       const MomentPtr& at = {}) const;
  /// The values of `keys`, which should be sorted; every key must exist.
  [[nodiscard]] Result<std::vector<std::string>> get_all(Family family, const std::vector<std::string>& keys,
                                                         const MomentPtr& at = {}) const;
  [[nodiscard]] Result<void> scan(Family family, Range range, const Visitor& visit, const MomentPtr& at = {}) const;
  /// The last row whose key is at most `key`.
  [[nodiscard]] Result<std::optional<std::pair<std::string, std::string>>> at_or_before(Family family,
                                                                                        std::string_view key,
                                                                                        const MomentPtr& at = {}) const;
  /// Null, which stands for the present, in a follower.
  [[nodiscard]] MomentPtr moment() const;

  /// Gives how long the write-ahead log took, `sync` and all: the part of a write that leaves the processor free.
  /// Errors: unavailable. After one, every later write fails too; reopening settles which batches are there.
  [[nodiscard]] Result<std::chrono::nanoseconds> write(Batch& batch, bool sync);
  [[nodiscard]] Result<void> sync();
  /// Follower only.
  [[nodiscard]] Result<void> refresh();

 private:
  friend class Batch;
  struct Impl;
  Result<void> settle_format(const std::filesystem::path& path);
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pavior::inline v0::store
