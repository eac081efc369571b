/// \file
/// What the harness is told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pavior::bench {

struct Settings {
  bool quick = false;                                        ///< Small runs: the figures are only a sign of life.
  double seconds = 3;                                        ///< Of what is measured by time.
  std::size_t rounds = 3;                                    ///< Runs of what is short, of which the median is told.
  std::filesystem::path dir;                                 ///< Where stores are made and removed.
  std::vector<std::uint64_t> pending = {10'000, 1'000'000};  ///< Timers that wait while others are measured.
  std::uint64_t due = 100'000;                               ///< Timers due at one instant, for the rate of firing.
  std::uint64_t storm = 1'000'000;                           ///< Timers due within `storm_seconds`.
  double storm_seconds = 60;
  std::uint64_t orders_a_day = 1'443'000;
  std::vector<std::string> only;  ///< Parts to run; empty: all.
  std::filesystem::path csv;      ///< Empty: none.
  std::filesystem::path svg;

  /// Whether `part` is to be run.
  [[nodiscard]] bool runs(std::string_view part) const;
};

/// Ends the program with the usage text when the arguments are wrong, or after `--help`.
Settings parse_settings(int argc, char** argv);

}  // namespace pavior::bench
