#include "city/whatif/passing.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "pavior/city/work_orders.h"

namespace pavior::city::inline v0::whatif {
namespace {

/// Nothing more happens to orders in these.
bool is_over(v1::Stage stage) {
  return stage == v1::STAGE_ARCHIVED || stage == v1::STAGE_REJECTED || stage == v1::STAGE_VOIDED ||
         stage == v1::STAGE_TRANSFERRED_OUT;
}

}  // namespace

bool Passing::is_at_work(const v1::WorkOrder& order) {
  return order.stage() >= v1::STAGE_DISPATCHED && order.stage() <= v1::STAGE_SUSPENDED;
}

bool Passing::is_open(const v1::WorkOrder& order) {
  return order.stage() >= v1::STAGE_REPORTED && order.stage() <= v1::STAGE_VERIFIED;
}

Result<void> visit_orders(const Engine& engine, const std::function<void(const Passing&)>& visit) {
  const Workflow* workflow = engine.workflow(work_order_workflow);
  if (workflow == nullptr)
    return Error(ErrorCode::invalid, "the engine has no work orders; add make_work_order_workflow to its options");
  std::unordered_map<std::string, StatePtr> states;
  std::optional<Error> error;
  const auto read = engine.read(Position::none, [&](const Event& event) {
    if (event.workflow != work_order_workflow) return true;
    const auto [place, is_new] = states.try_emplace(std::string(event.key));
    const StatePtr before = place->second;
    auto after = workflow->evolve(before, {&event, 1});
    if (!after) return error = after.error(), false;
    visit({event.key, before ? *work_order(*before) : v1::WorkOrder::default_instance(), *work_order(**after),
           event.time});
    if (is_over(work_order(**after)->stage())) {
      states.erase(place);
    } else {
      place->second = *std::move(after);
    }
    return true;
  });
  if (error) return *std::move(error);
  if (!read) return read.error();
  return {};
}

}  // namespace pavior::city::inline v0::whatif
