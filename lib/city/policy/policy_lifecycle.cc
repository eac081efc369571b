#include "city/policy/policy_lifecycle.h"

#include <utility>

#include "pavior/machine.h"

namespace pavior::city::inline v0 {

std::shared_ptr<const Workflow> make_policy_workflow(Calendars host, PublishingPolicy policy) {
  return machine::make_workflow(publishing::PolicyLifecycle({std::move(host), std::move(policy)}));
}

}  // namespace pavior::city::inline v0
