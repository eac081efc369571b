#include "city/organisation/organisation_lifecycle.h"

#include <utility>

#include "pavior/machine.h"

namespace pavior::city::inline v0 {

std::shared_ptr<const Workflow> make_organisation_workflow(Calendars host, PublishingPolicy policy) {
  return machine::make_workflow(publishing::OrganisationLifecycle({std::move(host), std::move(policy)}));
}

}  // namespace pavior::city::inline v0
