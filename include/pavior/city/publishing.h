/// \file
/// What publishing catalogues, organisations and grid maps has in common.
#pragma once

#include <string>
#include <vector>

#include "pavior/city/work_orders.h"

namespace pavior::city::inline v0 {

/// Who may publish and withdraw, besides `system`.
struct PublishingPolicy {
  std::vector<std::string> publishers = {std::string(roles::leader), std::string(roles::principal_leader)};
};

}  // namespace pavior::city::inline v0
