/// \file
/// What the two halves of Database share: opening, and reading and writing.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/slice_transform.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace pavior::inline v0::store {

inline constexpr std::array<const char*, family_count> family_names = {"default",  "log",    "streams", "heads",
                                                                       "commands", "timers", "outbox",  "views"};

inline rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view view(const rocksdb::Slice& text) { return {text.data(), text.size()}; }
inline std::size_t index(Family family) { return static_cast<std::size_t>(family); }

/// Tells a memtable that rows whose keys differ in the last `tail` bytes only come one after the other: it then looks
/// for their place where the last one went. Kept in memory only, and not part of the format.
class SamePlace final : public rocksdb::SliceTransform {
 public:
  explicit SamePlace(std::size_t tail) : tail_(tail) {}
  const char* Name() const override { return "pavior.SamePlace"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override { return {key.data(), key.size() - tail_}; }
  bool InDomain(const rocksdb::Slice& key) const override { return key.size() >= tail_; }

 private:
  std::size_t tail_;
};

/// The versions of a stream follow each other, and a head is written over and over.
inline std::shared_ptr<const rocksdb::SliceTransform> insert_hints(Family family) {
  if (family == Family::streams) return std::make_shared<SamePlace>(sizeof(std::uint64_t));
  if (family == Family::heads) return std::make_shared<SamePlace>(0);
  return nullptr;
}

/// What RocksDB says, as an error of ours.
Error error_of(const rocksdb::Status& status, std::string_view doing);

struct Database::Impl {
  std::unique_ptr<rocksdb::DB> database;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  bool follows = false;
  std::filesystem::path scratch;  // a follower's own, removed with it

  rocksdb::ColumnFamilyHandle* family(Family which) const { return families[index(which)]; }
  /// Closing in order leaves the next opening little of the write-ahead log to read again.
  void spare_recovery() {
    constexpr std::uint64_t worth_bytes = 4 << 20;  // a fraction of a second
    std::uint64_t unflushed_bytes = 0;
    if (follows || !database->GetAggregatedIntProperty("rocksdb.cur-size-all-mem-tables", &unflushed_bytes)) return;
    // If it fails, the rows are still in the log.
    if (unflushed_bytes > worth_bytes) (void)database->Flush(rocksdb::FlushOptions(), families);
  }
  ~Impl() {
    if (database) {
      spare_recovery();
      for (rocksdb::ColumnFamilyHandle* handle : families) database->DestroyColumnFamilyHandle(handle);
      database.reset();
    }
    std::error_code ignored;  // a folder left in the temporary ones harms nobody
    if (!scratch.empty()) std::filesystem::remove_all(scratch, ignored);
  }
};

}  // namespace pavior::inline v0::store
