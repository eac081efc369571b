/// \file
/// Whether what is to be is so.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "scenario/world.h"

namespace pavior::scenario {

/// Where a story did not go as it was told.
struct Failure {
  std::size_t line = 0;
  std::string text;
};
using Verdict = std::optional<Failure>;

/// Asks the world, and remembers what it was told already.
class Expectations {
 public:
  Expectations(World& world, const cli::CityClock& clock) : world_(world), clock_(clock) {}

  // `line` is that of the statement.
  [[nodiscard]] Verdict check(std::size_t line, const ExpectOrder& expected) const;
  [[nodiscard]] Verdict check(std::size_t line, const ExpectStage& expected) const;
  [[nodiscard]] Verdict check(std::size_t line, const ExpectNoOrder& expected) const;
  [[nodiscard]] Verdict check(std::size_t line, const ExpectClock& expected) const;
  [[nodiscard]] Verdict check(std::size_t line, const ExpectNoClock& expected) const;
  [[nodiscard]] Verdict check(std::size_t line, const ExpectEvents& expected);
  [[nodiscard]] Verdict check(std::size_t line, const ExpectNotices& expected);
  [[nodiscard]] Verdict check(std::size_t line, const ExpectAllowed& expected, const Actor& actor) const;
  [[nodiscard]] Verdict check(std::size_t line, const ExpectSound& expected) const;

 private:
  World& world_;
  const cli::CityClock& clock_;
  std::map<std::string, Version> told_;  ///< Of each order's events.
  std::size_t notices_told_ = 0;
};

}  // namespace pavior::scenario
