/// \file
/// SHA-256, by the processor's own instructions where it has them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pavior/export.h"

namespace pavior::inline v0 {

using Digest = std::array<std::uint8_t, 32>;

/// Hashes many short inputs with one reused context.
/// Threads: one at a time.
class PAVIOR_EXPORT Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  Sha256& add(std::string_view bytes);
  /// The digest of what was added since the last call.
  Digest finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

PAVIOR_EXPORT std::string hex(const Digest& digest);
inline std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace pavior::inline v0
