// How much each unit has to do at any instant of a trial.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "pavior/city/what_if.h"

namespace pavior::city::inline v0::whatif {

/// Instants are told in their order.
class Load {
 public:
  void begins(const std::string& unit, Time at);
  void ends(const std::string& unit, Time at);
  /// Fills in what was at work, up to `end`.
  void tell(Time end, std::map<std::string, UnitFigures>& units);

 private:
  struct AtWork {
    Time first{};
    Time changed{};
    std::uint64_t now = 0;
    std::uint64_t most = 0;
    double hours = 0;  // Of all its orders together.

    void count_to(Time at);
  };
  std::map<std::string, AtWork> units_;
};

}  // namespace pavior::city::inline v0::whatif
