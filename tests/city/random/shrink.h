/// \file
/// The shortest part of a sequence that still fails.
#pragma once

#include <cstddef>
#include <vector>

namespace pavior::city::tests {

/// Drops elements one by one, from the end, until none can be dropped. `fails` is asked of every shorter sequence.
template <class Step, class Fails>
std::vector<Step> shrunk(std::vector<Step> steps, Fails fails) {
  for (bool dropped = true; dropped;) {
    dropped = false;
    for (std::size_t i = steps.size(); i-- > 0;) {
      auto shorter = steps;
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
      if (!fails(shorter)) continue;
      steps = std::move(shorter);
      dropped = true;
    }
  }
  return steps;
}

}  // namespace pavior::city::tests
