#include "city/order/checking.h"

#include <algorithm>
#include <string>
#include <utility>

#include "city/order/closing.h"
#include "city/order/copied.h"
#include "city/order/supervisions.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

/// What closing waits for does not make the check before it fail.
std::vector<Command> close_if_possible(const OrderView& view) {
  return may_close(view) ? if_automatic(Close(), view) : std::vector<Command>();
}

}  // namespace

bool verifies_by_the_profile::test(const OrderView& view) {
  const auto& verifiers = profile_of(view).verifiers();
  return verifiers.empty() || view.actor.has_role(roles::system) ||
         std::ranges::any_of(verifiers, [&](const std::string& role) { return has_role(view.actor, role); });
}

ReworkOrdered Checking::make(const FailVerification& command, const OrderView& view, machine::tag<ReworkOrdered>) {
  auto fact = copied<ReworkOrdered>(command);
  fact.set_rework(view.data.reworks() + 1);
  return fact;
}

void Checking::apply(WorkOrder& order, VerificationPassed&& fact, const Event&) {
  order.set_field_check(std::move(*fact.mutable_remark()));
}

void Checking::apply(WorkOrder& order, ReworkOrdered&& fact, const Event&) {
  order.set_reworks(fact.rework());
  order.set_field_check(std::move(*fact.mutable_reason()));
}

std::vector<Command> Checking::follow_up(const ReplyPassed&, const OrderView& view) {
  return if_automatic(PassVerification(), view);
}

std::vector<Command> Checking::follow_up(const ReplySufficed&, const OrderView& view) {
  return close_if_possible(view);
}

std::vector<Command> Checking::follow_up(const VerificationPassed&, const OrderView& view) {
  return close_if_possible(view);
}

std::vector<Command> Checking::follow_up(const ReworkOrdered& fact, const OrderView& view) {
  if (fact.rework() < bounds(view).reworks_max || is_supervised(view.data, "rework")) return {};
  Supervise supervise;
  supervise.set_cause("rework");
  supervise.set_reason("sent back again and again");
  supervise.add_roles(std::string(roles::supervisor));
  return by_system(supervise, view);
}

}  // namespace pavior::city::inline v0::lifecycle
