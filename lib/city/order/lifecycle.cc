#include "city/order/lifecycle.h"

#include <algorithm>

#include "core/check.h"
#include "pavior/machine.h"

namespace pavior::city::inline v0 {

std::shared_ptr<const Workflow> make_work_order_workflow(WorkOrderPolicy policy) {
  auto workflow = machine::make_workflow(lifecycle::WorkOrderLifecycle(policy));
  for (const auto& permission : policy.permissions)
    PAVIOR_CHECK(std::ranges::count(workflow->transitions(), permission.command, &Transition::command) > 0,
                 "a permission names \"{}\", which is no command of a work order", permission.command);
  return workflow;
}

}  // namespace pavior::city::inline v0
