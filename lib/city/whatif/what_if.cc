#include "pavior/city/what_if.h"

#include <optional>

#include "city/whatif/trial.h"

namespace pavior::city::inline v0 {

Result<WhatIf> what_if(const Engine& engine, const Proposal& proposal, const WhatIfOptions& options) {
  const auto rounds = whatif::Rounds::read(engine);
  if (!rounds) return rounds.error();
  auto trial = whatif::Trial::make(proposal, options, *rounds);
  if (!trial) return std::move(trial).error();
  std::optional<Error> error;
  const auto visited = whatif::visit_orders(engine, [&](const whatif::Passing& passing) {
    if (error) return;
    if (auto tried = trial->visit(passing); !tried) error = std::move(tried).error();
  });
  if (!visited) return visited.error();
  if (error) return *std::move(error);
  return (*std::move(trial)).finish();
}

}  // namespace pavior::city::inline v0
