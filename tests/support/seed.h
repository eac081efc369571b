/// \file
/// The seed of randomised tests, which they print.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>

namespace pavior::test {

/// PAVIOR_SEED if it is set, or one of chance.
inline std::uint64_t seed_of_the_day() {
  const char* given = std::getenv("PAVIOR_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

}  // namespace pavior::test
