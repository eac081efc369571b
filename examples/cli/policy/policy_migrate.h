/// \file
/// Moving running orders to another version of the policy.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app.h"
#include "author.h"
#include "pavior/city/work_orders.h"

namespace pavior::cli {

struct MigratePolicy {
  std::vector<std::string> orders;  ///< None: all that run.
  std::string catalogue;            ///< May be left out if the store has one alone.
  std::uint32_t version = 0;        ///< 0: the one in force.
  bool dry_run = false;
  std::string reason;
  Author author{"cli", {std::string(city::roles::system)}};
};

Exit migrate_orders(const App& app, const MigratePolicy& wish);

}  // namespace pavior::cli
