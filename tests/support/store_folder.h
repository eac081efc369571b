/// \file
/// A folder of its own for each test, gone afterwards; and stores that are made to hurt.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "pavior/engine.h"
#include "support/ledger.h"

namespace pavior::test {

class StoreFolder {
 public:
  StoreFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "pavior-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~StoreFolder() { std::filesystem::remove_all(path_); }
  StoreFolder(const StoreFolder&) = delete;
  StoreFolder& operator=(const StoreFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Options of a ledger with tiny buffers, so that files, flushes and evictions happen in a short test.
inline Options tiny_options() {
  Options options;
  options.workflows = {std::make_shared<Ledger>()};
  options.write_buffer_bytes = 64 << 10;
  options.block_cache_bytes = 64 << 10;
  options.cache_streams_max = 4;
  return options;
}

}  // namespace pavior::test
