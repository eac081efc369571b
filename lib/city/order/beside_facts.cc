#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "city/order/lifecycle.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

/// A fact that is nothing but what its clock says.
template <class Fact>
Result<Fact> clock_fact(Result<v1::ClockChange> change) {
  if (!change) return std::move(change).error();
  Fact fact;
  *fact.add_clocks() = *std::move(change);
  return fact;
}

/// The rule of the row has found it.
ClockView clock_of(const auto& command, const OrderView& view) {
  return {*find_clock(view.data, command.clock(), command.instance()), view.policy.clocks.calendars()};
}

/// Who has any of the roles, each person once; nobody without a directory.
template <class Roles>
std::vector<std::string> holders(const Roles& roles, const OrderView& view) {
  std::vector<std::string> people;
  if (view.policy.directory == nullptr) return people;
  for (const std::string& role : roles)
    for (std::string& person : view.policy.directory->holders(role, view.data))
      if (std::ranges::find(people, person) == people.end()) people.push_back(std::move(person));
  return people;
}

/// The roles of a command, and who has them now.
template <class Fact, class Roles>
void set_told(Fact& fact, const Roles& roles, const OrderView& view) {
  *fact.mutable_roles() = {roles.begin(), roles.end()};
  for (auto& person : holders(roles, view)) fact.add_recipients(std::move(person));
}

}  // namespace

Suspended WorkOrderLifecycle::make(const Suspend& command, const OrderView&, tag<Suspended>) {
  Suspended fact;
  fact.set_reason(command.reason());
  fact.set_until(command.until());
  return fact;
}

Resumed WorkOrderLifecycle::make(const Resume& command, const OrderView&, tag<Resumed>) {
  Resumed fact;
  fact.set_remark(command.remark());
  return fact;
}

Reclassified WorkOrderLifecycle::make(const Reclassify& command, const OrderView& view, tag<Reclassified>) {
  Reclassified fact;
  fact.set_category(command.category().empty() ? view.data.category() : command.category());
  fact.set_grade(command.grade() == GRADE_UNSPECIFIED ? view.data.grade() : command.grade());
  fact.set_reason(command.reason());
  return fact;
}

ReporterContacted WorkOrderLifecycle::make(const RecordContact& command, const OrderView&, tag<ReporterContacted>) {
  ReporterContacted fact;
  fact.set_means(command.means());
  fact.set_remark(command.remark());
  return fact;
}

MilestoneDone WorkOrderLifecycle::make(const CompleteMilestone& command, const OrderView&, tag<MilestoneDone>) {
  MilestoneDone fact;
  fact.set_milestone(command.milestone());
  *fact.mutable_evidence() = command.evidence();
  return fact;
}

Reminded WorkOrderLifecycle::make(const Remind& command, const OrderView& view, tag<Reminded>) {
  Reminded fact;
  set_told(fact, command.roles(), view);
  fact.set_clock(command.clock());
  fact.set_threshold(command.threshold());
  fact.set_text(command.text());
  return fact;
}

Escalated WorkOrderLifecycle::make(const Escalate& command, const OrderView& view, tag<Escalated>) {
  Escalated fact;
  set_told(fact, command.roles(), view);
  fact.set_level(command.level());
  fact.set_clock(command.clock());
  fact.set_threshold(command.threshold());
  fact.set_reason(command.reason());
  return fact;
}

SupervisionOrdered WorkOrderLifecycle::make(const Supervise& command, const OrderView& view, tag<SupervisionOrdered>) {
  SupervisionOrdered fact;
  set_told(fact, command.roles(), view);
  fact.set_cause(command.cause());
  fact.set_reason(command.reason());
  return fact;
}

SupervisionAnswered WorkOrderLifecycle::make(const AnswerSupervision& command, const OrderView&,
                                             tag<SupervisionAnswered>) {
  SupervisionAnswered fact;
  fact.set_cause(command.cause());
  fact.set_answer(command.answer());
  return fact;
}

MajorHazardDeclared WorkOrderLifecycle::make(const DeclareMajorHazard& command, const OrderView& view,
                                             tag<MajorHazardDeclared>) {
  MajorHazardDeclared fact;
  set_told(fact, view.policy.major_hazard_roles, view);
  fact.set_reason(command.reason());
  fact.set_grade(GRADE_MAJOR_HAZARD);
  return fact;
}

Result<ClockRang> WorkOrderLifecycle::make(const RingClock& command, const OrderView& view, tag<ClockRang>) {
  auto changes = clock_of(command, view).ring(view.now);
  if (!changes) {
    // A calendar that is not loaded leaves the timer waiting.
    if (changes.error().code() == ErrorCode::not_found) return Error(ErrorCode::unavailable, changes.error().message());
    return std::move(changes).error();
  }
  ClockRang fact;
  fact.mutable_clocks()->Add(changes->begin(), changes->end());
  return fact;
}

Result<ClockRecounted> WorkOrderLifecycle::make(const RecountClock& command, const OrderView& view,
                                                tag<ClockRecounted>) {
  return clock_fact<ClockRecounted>(clock_of(command, view).recount(view.now));
}

Result<Exempted> WorkOrderLifecycle::make(const Exempt& command, const OrderView& view, tag<Exempted>) {
  return clock_fact<Exempted>(clock_of(command, view).exempt(view.now, command.reason()));
}

}  // namespace pavior::city::inline v0::lifecycle
