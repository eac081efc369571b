/// \file
/// A directory made of an organisation: whom an order's notices go to.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/city/organisation_book.h"
#include "pavior/city/work_orders.h"
#include "pavior/event.h"
#include "pavior/export.h"

namespace pavior::city::v1 {
class WorkOrder;
}

namespace pavior::city::inline v0 {

/// Who has `role` for an order on a day, in the order of the data. The first of these places that has anybody decides:
/// 1. the order's handler, for the role `handler`, once it has one;
/// 2. the unit below the lead that has the order, the lead unit, and each unit above it, from below;
/// 3. the order's grid, then the unit responsible for it, and the same of each level above;
/// 4. the city.
/// A role with a place, `grid_leader@3411/05` or `leader@water`, is asked of that unit or grid and those above it alone.
[[nodiscard]] PAVIOR_EXPORT std::vector<std::string> holders(const Organisation& organisation, std::string_view role,
                                                             const v1::WorkOrder& order, Date day);

/// By the organisation in force at `now()`, which is the host's clock: that of its `Runtime`. Nobody stands in for
/// anybody. Threads: as `now`.
[[nodiscard]] PAVIOR_EXPORT std::shared_ptr<const Directory> make_directory(OrganisationBook organisations,
                                                                            std::function<Time()> now);

}  // namespace pavior::city::inline v0
