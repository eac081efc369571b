/// \file
/// How far a long task is, on stderr: a bar on a terminal, a line now and then elsewhere, nothing in the first 2 seconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace pavior::cli {

class Progress {
 public:
  /// `total` of 0: not known.
  Progress(std::string task, std::uint64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Cheap enough to be told every step.
  void reached(std::uint64_t done);

 private:
  void draw(std::uint64_t done);

  std::string task_;
  std::uint64_t total_;
  bool terminal_;
  bool drawn_ = false;
  std::uint64_t calls_ = 0;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace pavior::cli
