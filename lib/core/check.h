/// \file
/// CHECK: what must not happen, on in every build.
#pragma once

#include <string>

#include "fmt/format.h"
#include "pavior/export.h"

namespace pavior::inline v0::detail {

[[noreturn]] PAVIOR_EXPORT void check_failed(const char* file, int line, const char* expression,
                                             const std::string& detail) noexcept;

}  // namespace pavior::inline v0::detail

/// Ends the program with the place, the expression and `...` (a fmt string and its arguments) unless it holds.
#define PAVIOR_CHECK(expression, ...)                                                              \
  do {                                                                                             \
    if (!(expression)) [[unlikely]]                                                                \
      ::pavior::detail::check_failed(__FILE__, __LINE__, #expression, ::fmt::format(__VA_ARGS__)); \
  } while (false)
