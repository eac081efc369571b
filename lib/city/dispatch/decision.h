/// \file
/// One decision: which table decides, who wins, and the explanation of it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "city/dispatch/candidates.h"
#include "city/dispatch/facts.h"
#include "pavior/city/dispatch.h"

namespace pavior::city::inline v0 {

struct NamedRule {
  std::string name;
  std::shared_ptr<const DispatchRule> rule;
  double weight = 0;
};

struct RuleDispatcher::Parts {
  std::shared_ptr<const DispatchWorld> world;
  std::shared_ptr<const Workload> workload;
  std::vector<NamedRule> rules;
  UnitIndex units;
};

/// What a host's rules said about the units of one table.
struct HostVerdicts {
  std::vector<v1::HostRule> rules;       ///< In the order of the host's.
  std::vector<std::vector<Verdict>> of;  ///< By `FoundUnit::verdicts`, of each rule.
  bool failed = false;
};

// host_rules.cc
/// Takes away whom a rule vetoes, and adds what each scores. Stops where a rule fails; then `found` is empty.
[[nodiscard]] HostVerdicts ask_host(std::span<const NamedRule> rules, const Surroundings& around,
                                    std::vector<FoundUnit>& found, PassedUnits& passed);
void tell_host(std::span<const NamedRule> rules, std::span<const Verdict> verdicts, v1::Candidate& candidate);

class Decision {
 public:
  Decision(const RuleDispatcher::Parts& parts, const DispatchQuestion& question);
  [[nodiscard]] DispatchAnswer run();

 private:
  using Fitting = std::vector<const CompiledRow*>;

  /// Whether a table decided. The answer says what was asked, either way.
  bool ask_tables(bool allowed_again);
  bool ask(const CompiledTable& table, Candidates& candidates);
  /// The rows that decide; tells `asked` what each said.
  Fitting fitting(const CompiledTable& table, v1::AskedTable& asked);
  /// Among all that are left; tells the best ones. REQUIRES: some are.
  void choose(const CompiledTable& table, const Fitting& rows, std::vector<FoundUnit>& found,
              const HostVerdicts& verdicts);
  void add_assists(const Fitting& rows, Candidates& candidates);
  void add_assist(const std::string& unit, std::string why);
  bool fall_back();

  const RuleDispatcher::Parts& parts_;
  const DispatchTables::Compiled& tables_;
  Surroundings around_;
  DispatchFacts facts_;
  DispatchAnswer answer_;
  bool host_failed_ = false;
};

}  // namespace pavior::city::inline v0
