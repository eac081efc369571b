/// \file
/// Text that is kept in the tree and compared. With PAVIOR_UPDATE_GOLDEN=1 in the environment it is written instead.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "support/catch.h"

namespace pavior::testing {

/// `path` is relative to the top of the source tree.
inline void check_golden(const std::string& path, const std::string& text) {
  const std::string file = std::string(PAVIOR_SOURCE_DIR) + "/" + path;
  if (const char* update = std::getenv("PAVIOR_UPDATE_GOLDEN"); update != nullptr && std::string(update) == "1") {
    std::ofstream out(file, std::ios::binary);
    out << text;
    REQUIRE(out.good());
    return;
  }
  std::ifstream in(file, std::ios::binary);
  INFO(path << " differs; if that is meant, set PAVIOR_UPDATE_GOLDEN=1 and say why in the commit");
  REQUIRE(in.good());
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == text);
}

}  // namespace pavior::testing
