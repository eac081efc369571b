/// \file
/// One sequence of commands in one city: played, judged, shortened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "city/random/invariants.h"
#include "city/random/random_commands.h"

namespace pavior::city::tests {

/// Asked after every command; more than what `Invariants` asks.
using Also = std::function<void(const OrderWorld&, const Commit&, Invariants&)>;

struct Verdict {
  std::optional<Violation> violation;  ///< The first.
  std::size_t accepted = 0;
  std::set<std::string> rows;  ///< That were taken.
};

/// A week after the beginning, the city learns of a holiday.
void learn_of_holiday(PolicyBook book, Time now);

/// Of commands made up on the way. `steps` are those that were played.
[[nodiscard]] Verdict play_random(const RandomCity& city, std::uint64_t seed, std::size_t commands,
                                  std::vector<Step>& steps, const Also& also = {});

/// Of these commands.
[[nodiscard]] Verdict play(const RandomCity& city, const std::vector<Step>& steps, const Also& also = {});

/// Those of the steps without which the same does not happen.
[[nodiscard]] std::vector<Step> shortest(const RandomCity& city, const std::vector<Step>& steps,
                                         const Violation& violation, const Also& also = {});

/// What fails, the seed, and the shortest sequence, a line for each command.
[[nodiscard]] std::string report(const RandomCity& city, std::uint64_t seed, const Violation& violation,
                                 const std::vector<Step>& shortest);

}  // namespace pavior::city::tests
