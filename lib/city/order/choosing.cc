#include "city/order/choosing.h"

#include <utility>

#include "fmt/format.h"
#include "pavior/city/dispatch.h"
#include "pavior/city/v1/commands.pb.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

/// The one unit that has the duty of the category; empty if it is none or several.
std::string unit_with_the_duty(const WorkOrder& order, const OrderView& view) {
  const MinorCategory* minor = view.policy.policy.category(order.category());
  return minor == nullptr || minor->duty_units_size() != 1 ? "" : minor->duty_units(0);
}

/// Never empty: a unit without the duty needs one.
std::string reason_of(const DispatchExplanation& why) {
  if (!why.reason().empty()) return why.reason();
  return why.row().empty() ? std::string("by the city's dispatch rules")
                           : fmt::format("by row {} of table {}", why.row(), why.table());
}

template <class C>
std::vector<Command> choose(const WorkOrder& order, const OrderView& view) {
  DispatchQuestion question{order, view.policy.policy, view.now};
  question.handed_back.assign(order.handed_back().begin(), order.handed_back().end());
  DispatchAnswer answer = view.policy.host.dispatcher->choose(question);
  if (answer.in_manual_queue()) {
    LeaveToDispatcher leave;
    *leave.mutable_explanation() = std::move(answer.explanation);
    return by_system(leave, view);
  }
  C command;
  command.set_lead(std::move(answer.lead));
  command.set_reason(reason_of(answer.explanation));
  for (Assisting& assisting : *answer.explanation.mutable_assists()) {
    AssistingUnit& assist = *command.add_assists();
    assist.set_unit(assisting.unit());
    assist.set_duty(assisting.why());
  }
  *command.mutable_explanation() = std::move(answer.explanation);
  return by_system(command, view);
}

}  // namespace

std::vector<Command> dispatch_by_rules(const WorkOrder& order, const OrderView& view) {
  if (!is_automatic("Dispatch", order.profile(), view)) return {};
  if (view.policy.host.dispatcher != nullptr) return choose<Dispatch>(order, view);
  Dispatch dispatch;
  dispatch.set_lead(unit_with_the_duty(order, view));
  return dispatch.lead().empty() ? std::vector<Command>() : by_system(dispatch, view);
}

std::vector<Command> redispatch_by_rules(const WorkOrder& order, const OrderView& view) {
  const bool hops_left = order.hops() < bounds(view).hops_max;
  if (!hops_left || view.policy.host.dispatcher == nullptr || !is_automatic("Redispatch", order.profile(), view))
    return {};
  return choose<Redispatch>(order, view);
}

}  // namespace pavior::city::inline v0::lifecycle
