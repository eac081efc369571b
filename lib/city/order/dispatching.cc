#include "city/order/dispatching.h"

#include <algorithm>
#include <utility>

#include "city/order/choosing.h"
#include "city/order/copied.h"
#include "city/order/notices.h"
#include "city/order/requests.h"
#include "city/order/told.h"
#include "fmt/format.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

/// The first receiver answers for the order whoever gets it later. 首接负责制
template <class Fact>
Fact to_unit(const std::string& unit, const OrderView& view, Fact fact) {
  fact.set_lead(unit);
  fact.set_first_receiver(view.data.first_receiver().empty() ? unit : view.data.first_receiver());
  fact.set_hop(view.data.dispatches() + 1);
  return fact;
}

/// Nobody leads until the next dispatch, so nothing can be asked of one or be owed to one.
void take_back(WorkOrder& order) {
  order.clear_lead();
  order.clear_handler();
  order.clear_subordinate();
  order.clear_assists();
  order.clear_return_request();
  let_requests_lapse(order);
  order.clear_result();
}

/// Also to another unit than the one that has it, where one is designated without a return.
template <class Fact>
void give(WorkOrder& order, Fact& fact, const Event& meta) {
  take_back(order);
  order.set_lead(std::move(*fact.mutable_lead()));
  order.set_first_receiver(std::move(*fact.mutable_first_receiver()));
  order.set_dispatches(fact.hop());
  order.set_hops(order.hops() + 1);
  order.set_dispatched_at(to_micros(meta.time));
  order.clear_tier();
  order.clear_extensions();
  order.clear_waits_for_dispatcher();
}

}  // namespace

bool assists_are_others::are_others(const google::protobuf::RepeatedPtrField<AssistingUnit>& assists,
                                    std::string_view lead) {
  for (auto assist = assists.begin(); assist != assists.end(); ++assist) {
    const bool twice =
        std::any_of(assist + 1, assists.end(), [&](const auto& later) { return later.unit() == assist->unit(); });
    if (assist->unit().empty() || assist->duty().empty() || assist->unit() == lead || twice) return false;
  }
  return true;
}

bool lead_has_the_duty_or_a_reason::has_duty(const std::string& unit, const OrderView& view) {
  const MinorCategory* minor = view.policy.policy.category(view.data.category());
  return minor == nullptr || minor->duty_units().empty() ||
         std::ranges::find(minor->duty_units(), unit) != minor->duty_units().end();
}

std::string lead_has_the_duty_or_a_reason::duties(const OrderView& view) {
  const MinorCategory* minor = view.policy.policy.category(view.data.category());
  if (minor == nullptr) return std::string(explanation);
  return fmt::format("the lead is a unit with the duty of {} ({}), or a reason is given", minor->code(),
                     fmt::join(minor->duty_units(), ", "));
}

Dispatched Dispatching::make(const Dispatch& command, const OrderView& view, machine::tag<Dispatched>) {
  const std::string& unit = command.no_responsible_body() ? view.policy.policy.data().fallback_unit() : command.lead();
  return to_unit(unit, view, copied<Dispatched>(command));
}

Dispatched Dispatching::make(const Redispatch& command, const OrderView& view, machine::tag<Dispatched>) {
  return to_unit(command.lead(), view, copied<Dispatched>(command));
}

LeftToDispatcher Dispatching::make(const LeaveToDispatcher& command, const OrderView& view,
                                   machine::tag<LeftToDispatcher>) {
  auto fact = copied<LeftToDispatcher>(command);
  set_told(fact, std::vector{std::string(roles::dispatcher)}, view);
  return fact;
}

Designated Dispatching::make(const Designate& command, const OrderView& view, machine::tag<Designated>) {
  return to_unit(command.lead(), view, copied<Designated>(command));
}

Returned Dispatching::make(const ApproveReturn& command, const OrderView& view, machine::tag<Returned>) {
  auto fact = copied<Returned>(command);
  fact.set_from(view.data.lead());
  fact.set_nth(view.data.returns() + 1);
  return fact;
}

EscalatedByCapability Dispatching::make(const CannotSolve& command, const OrderView& view,
                                        machine::tag<EscalatedByCapability>) {
  auto fact = copied<EscalatedByCapability>(command);
  fact.set_unit(view.data.lead());
  return fact;
}

void Dispatching::apply(WorkOrder& order, Dispatched&& fact, const Event& meta) {
  order.set_no_responsible_body(fact.no_responsible_body());
  give(order, fact, meta);
}

void Dispatching::apply(WorkOrder& order, LeftToDispatcher&&, const Event&) { order.set_waits_for_dispatcher(true); }

void Dispatching::apply(WorkOrder& order, Designated&& fact, const Event& meta) {
  give(order, fact, meta);
  order.mutable_return_request()->set_state(REQUEST_BARRED);
}

void Dispatching::apply(WorkOrder& order, Returned&& fact, const Event&) {
  order.add_handed_back(order.lead());
  take_back(order);
  order.set_returns(fact.nth());
}

void Dispatching::apply(WorkOrder& order, EscalatedByCapability&& fact, const Event&) {
  order.add_handed_back(order.lead());
  take_back(order);
  order.set_tier(std::move(*fact.mutable_tier()));
}

void Dispatching::react(const WorkOrder& order, const LeftToDispatcher& fact, const Event& meta, Reaction& reaction) {
  auto notice = to_roles_of(fact);
  notice.set_text(fact.explanation().reason());
  tell_staff("manual_dispatch", order, std::move(notice), meta, reaction);
}

std::vector<Command> Dispatching::follow_up(const Returned&, const OrderView& view) {
  WorkOrder order = view.data;
  order.add_handed_back(order.lead());
  return redispatch_by_rules(order, view);
}

std::vector<Command> Dispatching::follow_up(const Dispatched& fact, const OrderView& view) {
  std::vector<Command> commands;
  for (const AssistingUnit& assist : fact.assists()) {
    AddAssist add;
    add.set_unit(assist.unit());
    add.set_duty(assist.duty());
    for (Command& command : by_system(add, view)) commands.push_back(std::move(command));
  }
  for (Command& command : if_automatic(Acknowledge(), view)) commands.push_back(std::move(command));
  return commands;
}

std::vector<Command> Dispatching::follow_up(const Acknowledged&, const OrderView& view) {
  return if_automatic(StartWork(), view);
}

}  // namespace pavior::city::inline v0::lifecycle
