/// \file
/// Catch2, whose headers and seed moved between 2 and 3.
#pragma once

#include <cstdint>

#if __has_include("catch2/catch_test_macros.hpp")
#include "catch2/catch_get_random_seed.hpp"
#include "catch2/catch_test_macros.hpp"
#else
#include "catch2/catch.hpp"
#endif

namespace pavior::test {

/// The seed of this run, as `--rng-seed` sets it.
inline std::uint32_t random_seed() {
#if __has_include("catch2/catch_test_macros.hpp")
  return Catch::getSeed();
#else
  return Catch::rngSeed();
#endif
}

}  // namespace pavior::test
