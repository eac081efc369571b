/// \file
/// RocksDB alone: what an engine wrote, and writing the same again without the engine.
#pragma once

#include <rocksdb/db.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pavior/engine.h"

namespace pavior::bench {

/// The batches of a store that its idle engine still has open, each as RocksDB's own bytes, in the order they were written.
/// The store must have been written with `recording(options)`.
std::vector<std::string> recorded_batches(const std::filesystem::path& store);

/// The options for a store whose batches shall be recorded: nothing leaves the write-ahead log while it is open.
Options recording(Options options);

/// A database with an engine's families and settings, and no engine.
class RawStore {
 public:
  /// Makes an empty one with the settings that an engine with `options` chooses; `many_writers` instead lets RocksDB
  /// apply the rows of several threads at once, its default.
  static RawStore create(const std::filesystem::path& path, const Options& options, bool many_writers = false);
  /// Opens an engine's closed store.
  static RawStore open(const std::filesystem::path& path, bool many_writers = false);
  ~RawStore();
  RawStore(RawStore&&) = default;
  RawStore& operator=(RawStore&&) = delete;

  /// Ends the program if it fails.
  void write(const std::string& batch, bool sync);
  /// Bytes of table files once all is compacted.
  [[nodiscard]] std::uint64_t compacted_bytes();
  /// Visits the values of the family `name`; returns how many there are.
  [[nodiscard]] std::uint64_t scan(const std::string& name) const;

 private:
  RawStore() = default;
  std::unique_ptr<rocksdb::DB> database_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace pavior::bench
