/// \file
/// What moving an order to another version of the policy does. docs/catalogue.md.
#pragma once

#include <string>
#include <vector>

#include "pavior/city/policy.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/export.h"

namespace pavior::city::inline v0 {

/// The effects of a migration on one order. Clocks that are open keep the rule they were started with, and so what is
/// left of their time; those that the new version does not know are cancelled, since nothing would ever stop them.
struct MigrationEffects {
  std::string category;   ///< In the new version; empty: it has no successor, and the migration is refused.
  std::string condition;  ///< Empty: the new category has several and the old one is not among them, or it has none.
  std::string profile;    ///< Empty: the first one of the new version.
  std::vector<std::string> kept;       ///< Clocks.
  std::vector<std::string> cancelled;  ///< Clocks.
};

/// Pure: a dry run of the command `Migrate`, which decides by the same function.
[[nodiscard]] PAVIOR_EXPORT MigrationEffects migration_effects(const v1::WorkOrder& order, const Policy& to);

}  // namespace pavior::city::inline v0
