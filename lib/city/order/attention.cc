#include "city/order/attention.h"

#include <algorithm>
#include <string>
#include <utility>

#include "city/order/copied.h"
#include "city/order/notices.h"
#include "city/order/told.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

/// What a rung of a ladder says of itself.
template <class Fact>
StaffNotice notice_of_rung(const Fact& fact, const std::string& text) {
  auto notice = to_roles_of(fact);
  notice.set_clock(fact.clock());
  notice.set_threshold(fact.threshold());
  notice.set_text(text);
  return notice;
}

}  // namespace

Reminded Attention::make(const Remind& command, const OrderView& view, machine::tag<Reminded>) {
  auto fact = copied<Reminded>(command);
  set_told(fact, command.roles(), view);
  return fact;
}

Escalated Attention::make(const Escalate& command, const OrderView& view, machine::tag<Escalated>) {
  auto fact = copied<Escalated>(command);
  set_told(fact, command.roles(), view);
  return fact;
}

MajorHazardDeclared Attention::make(const DeclareMajorHazard& command, const OrderView& view,
                                    machine::tag<MajorHazardDeclared>) {
  auto fact = copied<MajorHazardDeclared>(command);
  const auto& told = view.policy.policy.data().major_hazard_roles();
  if (told.empty()) {
    set_told(fact, std::vector{std::string(roles::principal_leader)}, view);
  } else {
    set_told(fact, told, view);
  }
  fact.set_grade(GRADE_MAJOR_HAZARD);
  return fact;
}

WarningSet Attention::make(const SetWarning& command, const OrderView& view, machine::tag<WarningSet>) {
  auto fact = copied<WarningSet>(command);
  fact.set_before(view.data.warning());
  return fact;
}

void Attention::apply(WorkOrder& order, Reminded&&, const Event&) { order.set_reminders(order.reminders() + 1); }

void Attention::apply(WorkOrder& order, Escalated&& fact, const Event&) {
  order.set_escalation(std::max(order.escalation(), fact.level()));
}

void Attention::apply(WorkOrder& order, MajorHazardDeclared&& fact, const Event& meta) {
  order.set_grade(fact.grade());
  order.set_major_hazard_at(to_micros(meta.time));
}

void Attention::apply(WorkOrder& order, WarningSet&& fact, const Event&) { order.set_warning(fact.colour()); }

void Attention::react(const WorkOrder& order, const Reminded& fact, const Event& meta, Reaction& reaction) {
  tell_staff("reminder", order, notice_of_rung(fact, fact.text()), meta, reaction);
}

void Attention::react(const WorkOrder& order, const Escalated& fact, const Event& meta, Reaction& reaction) {
  auto notice = notice_of_rung(fact, fact.reason());
  notice.set_level(fact.level());
  tell_staff("escalation", order, std::move(notice), meta, reaction);
}

void Attention::react(const WorkOrder& order, const MajorHazardDeclared& fact, const Event& meta, Reaction& reaction) {
  auto notice = to_roles_of(fact);
  notice.set_text(fact.reason());
  tell_staff("major_hazard", order, std::move(notice), meta, reaction);
}

std::vector<Command> declare_if_major(Grade grade, std::string_view reason, const OrderView& view) {
  if (grade != GRADE_MAJOR_HAZARD || view.data.major_hazard_at() != 0) return {};
  DeclareMajorHazard declare;
  declare.set_reason(std::string(reason));
  return by_system(declare, view);
}

}  // namespace pavior::city::inline v0::lifecycle
