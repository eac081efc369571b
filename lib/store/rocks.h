/// \file
/// What the two halves of Database share: opening, and reading and writing.
#pragma once

#include <rocksdb/db.h>

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

/// What RocksDB says, as an error of ours.
Error error_of(const rocksdb::Status& status, std::string_view doing);

struct Database::Impl {
  std::unique_ptr<rocksdb::DB> database;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  bool follows = false;
  std::filesystem::path scratch;  // a follower's own, removed with it

  rocksdb::ColumnFamilyHandle* family(Family which) const { return families[index(which)]; }
  ~Impl() {
    if (database) {
      for (rocksdb::ColumnFamilyHandle* handle : families) database->DestroyColumnFamilyHandle(handle);
      database.reset();
    }
    std::error_code ignored;  // a folder left in the temporary ones harms nobody
    if (!scratch.empty()) std::filesystem::remove_all(scratch, ignored);
  }
};

}  // namespace pavior::inline v0::store
