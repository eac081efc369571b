// One walk through history with other rules beside the recorded ones.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "city/whatif/load.h"
#include "city/whatif/rounds.h"
#include "city/whatif/tried_clock.h"

namespace pavior::city::inline v0::whatif {

class Trial {
 public:
  /// Lifetime: proposal, options and rounds outlive the trial. Errors: invalid.
  [[nodiscard]] static Result<Trial> make(const Proposal& proposal, const WhatIfOptions& options, const Rounds& rounds);

  /// Events come in their order. Errors: the calendars'.
  Result<void> visit(const Passing& passing);
  [[nodiscard]] WhatIf finish() &&;

 private:
  /// Where an order would be.
  struct Standing {
    std::size_t rounds = 0;
    bool counts = false;    // The round began within the time that is asked about.
    bool has_unit = false;  // As tried: somebody has it.
    std::string unit;       // The one that would have got it last.
    Tried tried;
    std::size_t turn = 0;  // Of `unit`: what was planned for an earlier one does not happen.
  };
  struct End {
    Time at{};
    std::string order;
    std::size_t turn;
    friend bool operator>(const End& a, const End& b) { return std::tie(a.at, a.order) > std::tie(b.at, b.order); }
  };

  Trial(const Proposal& proposal, const WhatIfOptions& options, const Rounds& rounds, TriedClock clock,
        RuleDispatcher dispatcher, std::shared_ptr<MemoryWorkload> workload);

  void let_work_end(Time until);
  void record(const Passing& passing, Standing& standing);
  void try_rules(const Passing& passing, Standing& standing);
  void give(const Passing& passing, Standing& standing);
  void compare(const Passing& passing, const DispatchAnswer& answer, const Round& round);
  void take(Standing& standing, Time at);
  [[nodiscard]] Length work(const std::string& unit, const std::string& category, const Round& round) const;
  Result<void> measure(const Passing& passing, const Standing& standing);

  const Proposal& proposal_;
  const WhatIfOptions& options_;
  const Rounds& rounds_;
  TriedClock clock_;
  RuleDispatcher dispatcher_;
  std::shared_ptr<MemoryWorkload> workload_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::unordered_map<std::string, Standing> standings_;
  std::priority_queue<End, std::vector<End>, std::greater<>> ends_;
  Load recorded_load_;
  Load tried_load_;
  std::vector<Length> recorded_lengths_;
  std::vector<Length> tried_lengths_;
  std::map<std::pair<std::string, std::string>, std::vector<MovedOrder>> moved_examples_;
  using Ways = std::map<std::pair<std::string, std::string>, std::uint64_t>;
  Ways moved_;
  std::map<std::string, Ways> moved_of_category_;
  WhatIf answer_;
};

}  // namespace pavior::city::inline v0::whatif
