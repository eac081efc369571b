/// \file
/// A store's rows without an engine: to look at them, and to alter them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "store/database.h"
#include "support/catch.h"
#include "support/store_folder.h"

namespace pavior::test {

class RawStore {
 public:
  explicit RawStore(const std::filesystem::path& path, const Options& options = tiny_options())
      : database_(store::Database::open(path, options).value()) {}

  using RawRows = std::vector<std::pair<std::string, std::string>>;
  [[nodiscard]] RawRows rows(store::Family family) const {
    RawRows rows;
    REQUIRE(database_->scan(family, {}, [&](std::string_view key, std::string_view value) {
      rows.emplace_back(key, value);
      return true;
    }));
    return rows;
  }
  void put(store::Family family, const std::string& key, const std::string& value) {
    store::Batch batch(*database_);
    batch.put(family, key, value);
    REQUIRE(database_->write(batch, true));
  }
  void erase(store::Family family, const std::string& key) {
    store::Batch batch(*database_);
    batch.erase(family, key);
    REQUIRE(database_->write(batch, true));
  }

 private:
  std::unique_ptr<store::Database> database_;
};

}  // namespace pavior::test
