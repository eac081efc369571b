/// \file
/// What every benchmark is told, and the folder it works in.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

#include "pavior/result.h"

namespace pavior::bench {

struct Arguments {
  bool quick = false;         ///< Small enough for a build server; the figures are then only a sign of life.
  double seconds = 3;         ///< Of each measurement.
  std::size_t rounds = 5;     ///< Runs of each measurement, of which the median is told.
  std::filesystem::path dir;  ///< Where the stores are made and removed; on the disk to be measured.
};

/// Ends the program, with a usage text that begins with `about`, when the arguments are wrong or `--help`.
Arguments parse_arguments(int argc, char** argv, std::string_view about);

/// Ends the program with the error's text.
[[noreturn]] void give_up(const Error& error);

template <class T>
T or_give_up(Result<T> result) {
  if (!result) give_up(result.error());
  return *std::move(result);
}
inline void or_give_up(const Result<void>& result) {
  if (!result) give_up(result.error());
}

/// A folder of its own below `Arguments::dir`, removed at the end.
class Scratch {
 public:
  explicit Scratch(const std::filesystem::path& dir);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// The path of an entry that does not exist (any more).
  [[nodiscard]] std::filesystem::path fresh(std::string_view name) const;
  [[nodiscard]] std::filesystem::path path(std::string_view name) const { return folder_ / name; }

 private:
  std::filesystem::path folder_;
};

double median(std::vector<double> values);

}  // namespace pavior::bench
