/// \file
/// Catch2, whose headers moved between 2 and 3.
#pragma once

#if __has_include("catch2/catch_test_macros.hpp")
#include "catch2/catch_test_macros.hpp"
#else
#include "catch2/catch.hpp"
#endif
