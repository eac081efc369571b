#include "city/order/lifecycle.h"

#include "fmt/format.h"
#include "pavior/machine.h"

namespace pavior::city::inline v0 {

std::shared_ptr<const Workflow> make_work_order_workflow(WorkOrderPolicy policy) {
  return machine::make_workflow(lifecycle::WorkOrderLifecycle(std::move(policy)));
}

StreamId work_order_id(std::string key) { return {std::string(work_order_workflow), std::move(key)}; }

const v1::WorkOrder* work_order(const State& state) noexcept { return state_data<v1::WorkOrder>(state); }

namespace lifecycle {

Result<OrderPolicy> WorkOrderLifecycle::policy(const WorkOrder& order, Time now) const {
  auto versions = policy_.policies.versions();
  const pavior::city::Policy* kept = &versions->in_force(now);
  if (order.has_policy()) {
    kept = versions->find(order.policy().id(), order.policy().version());
    if (kept == nullptr)
      return Error(ErrorCode::unavailable,
                   fmt::format("the order is decided by the policy {} version {}, which is not loaded; load the "
                               "published policies before orders are decided",
                               order.policy().id(), order.policy().version()));
  }
  auto policy = *kept;
  return OrderPolicy{std::move(versions), std::move(policy), policy_};
}

}  // namespace lifecycle
}  // namespace pavior::city::inline v0
