#include "pavior/result.h"

#include <cstdio>

#include "core/check.h"

namespace pavior::inline v0 {

std::string_view to_string(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::refused: return "refused";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::invalid: return "invalid";
    case ErrorCode::corrupt: return "corrupt";
    case ErrorCode::unavailable: return "unavailable";
    case ErrorCode::closed: return "closed";
    case ErrorCode::limit: return "limit";
  }
  return "unknown";
}

std::ostream& operator<<(std::ostream& out, const Error& error) {
  out << to_string(error.code());
  if (!error.rule().empty()) out << " by " << error.rule();
  return out << ": " << error.message();
}

namespace detail {

void missing_value(const Error& error) noexcept {
  std::fprintf(stderr, "pavior: the value of an error was read: %s: %s\n", std::string(to_string(error.code())).c_str(),
               error.message().c_str());
  std::abort();
}

void check_failed(const char* file, int line, const char* expression, const std::string& detail) noexcept {
  std::fprintf(stderr, "pavior: %s:%d: CHECK(%s) failed: %s\n", file, line, expression, detail.c_str());
  std::abort();
}

}  // namespace detail
}  // namespace pavior::inline v0
