/// \file
/// A folder of its own for each test, and files in it.
#pragma once

#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "support/catch.h"

namespace pavior::test {

class Folder {
 public:
  Folder() {
    auto name = (std::filesystem::temp_directory_path() / "pavior-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

  std::filesystem::path write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return path_ / name;
  }
  /// Gzips `content` and cuts the last `cut` bytes off.
  std::filesystem::path write_gzip(const std::string& name, const std::string& content, std::size_t cut = 0) const {
    gzFile file = gzopen((path_ / name).c_str(), "wb");
    gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
    gzclose(file);
    std::filesystem::resize_file(path_ / name, std::filesystem::file_size(path_ / name) - cut);
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace pavior::test
