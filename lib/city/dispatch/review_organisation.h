/// \file
/// Whether those whom rows name are there, and have the duty.
#pragma once

#include <string>
#include <vector>

#include "pavior/city/dispatch_review.h"

namespace pavior::city::inline v0 {

/// Of the unit, or the listed units, that the row sends orders to. Without `world` by the catalogue alone.
void review_duties(const Policy& policy, const v1::DispatchRow& row, const DispatchWorld* world,
                   const std::string& path, std::vector<DispatchFinding>& findings);

void review_units(const v1::DispatchRow& row, const DispatchWorld& world, const std::string& path,
                  std::vector<DispatchFinding>& findings);

void review_fallback(const v1::DispatchRules& rules, const DispatchWorld& world,
                     std::vector<DispatchFinding>& findings);

}  // namespace pavior::city::inline v0
