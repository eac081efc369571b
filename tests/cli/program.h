/// \file
/// The CLI driver as other programs see it: run, killed, and read.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/struct.pb.h"

namespace pavior::test {

struct Ran {
  int code = 0;  ///< The exit code, or minus the signal that ended it.
  std::string out;
  std::string err;

  /// The last line of `out`, which must be a JSON object.
  [[nodiscard]] google::protobuf::Struct json() const;
  [[nodiscard]] double number(const std::string& name) const;
  [[nodiscard]] std::string text(const std::string& name) const;
};

/// Whether the text has that part.
inline bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Runs `pavior arguments...` to its end, with `input` on its standard input.
[[nodiscard]] Ran run(const std::vector<std::string>& arguments, const std::string& input = {});

/// As `run`, but kills it after `patience` unless it has ended.
[[nodiscard]] Ran run_and_kill(const std::vector<std::string>& arguments, std::chrono::microseconds patience);

}  // namespace pavior::test
