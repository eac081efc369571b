#include "city/place/grid_map_lifecycle.h"

#include <utility>

#include "pavior/machine.h"

namespace pavior::city::inline v0 {

std::shared_ptr<const Workflow> make_grid_map_workflow(PublishingPolicy policy) {
  return machine::make_workflow(publishing::GridMapLifecycle({{}, std::move(policy)}));
}

}  // namespace pavior::city::inline v0
