#include "city/order/records.h"

#include <algorithm>
#include <utility>

#include "city/order/attention.h"
#include "city/order/copied.h"
#include "city/order/locating.h"
#include "fmt/format.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

bool is_done(std::string_view milestone, const OrderView& view) {
  const auto& done = view.data.milestones();
  return std::ranges::find(done, milestone) != done.end();
}

/// The milestones of the order's filing condition; empty: any will do.
std::vector<std::string> planned(const OrderView& view) {
  std::vector<std::string> names;
  if (const FilingCondition* condition = view.policy.policy.condition(view.data.category(), view.data.condition()))
    for (const Milestone& milestone : condition->milestones()) names.push_back(milestone.name());
  return names;
}

std::string next_milestone(const OrderView& view) {
  for (const std::string& name : planned(view))
    if (!is_done(name, view)) return name;
  return {};
}

}  // namespace

bool has_new_class::test(const Reclassify& command, const OrderView& view) {
  return (!command.category().empty() && command.category() != view.data.category()) ||
         (!command.condition().empty() && command.condition() != view.data.condition()) ||
         (command.grade() != GRADE_UNSPECIFIED && command.grade() != view.data.grade());
}

bool milestone_is_new::test(const CompleteMilestone& command, const OrderView& view) {
  return !command.milestone().empty() && !is_done(command.milestone(), view);
}

bool milestone_is_next::test(const CompleteMilestone& command, const OrderView& view) {
  return planned(view).empty() || command.milestone() == next_milestone(view);
}

std::string milestone_is_next::explain(const CompleteMilestone&, const OrderView& view) {
  const std::string next = next_milestone(view);
  return fmt::format("it is the next milestone of the order's filing condition, {}",
                     next.empty() ? "of which none is left" : next);
}

Reclassified Records::make(const Reclassify& command, const OrderView& view, machine::tag<Reclassified>) {
  Reclassified fact;
  const bool same_category = command.category().empty() || command.category() == view.data.category();
  fact.set_category(same_category ? view.data.category() : command.category());
  if (const FilingCondition* condition = filing_condition(fact.category(), command.condition(), view)) {
    fact.set_condition(condition->code());
  } else if (same_category) {
    fact.set_condition(view.data.condition());
  }
  fact.set_grade(command.grade() == GRADE_UNSPECIFIED ? view.data.grade() : command.grade());
  fact.set_reason(command.reason());
  return fact;
}

Corrected Records::make(const Correct& command, const OrderView& view, machine::tag<Corrected>) {
  auto fact = copied<Corrected>(command);
  locate(fact, view);
  return fact;
}

void Records::apply(WorkOrder& order, Reclassified&& fact, const Event&) {
  order.set_category(std::move(*fact.mutable_category()));
  order.set_condition(std::move(*fact.mutable_condition()));
  order.set_grade(fact.grade());
}

void Records::apply(WorkOrder& order, ReporterContacted&&, const Event& meta) {
  if (order.contacted_at() == 0) order.set_contacted_at(to_micros(meta.time));
}

void Records::apply(WorkOrder& order, MilestoneDone&& fact, const Event&) {
  order.add_milestones(std::move(*fact.mutable_milestone()));
}

void Records::apply(WorkOrder& order, NoteAdded&&, const Event&) { order.set_notes(order.notes() + 1); }

void Records::apply(WorkOrder& order, Attached&& fact, const Event&) {
  for (auto& evidence : *fact.mutable_evidence()) *order.add_evidence() = std::move(evidence);
}

void Records::apply(WorkOrder& order, Corrected&& fact, const Event&) {
  if (!fact.title().empty()) order.set_title(std::move(*fact.mutable_title()));
  if (!fact.description().empty()) order.set_description(std::move(*fact.mutable_description()));
  if (!fact.external_reference().empty()) order.set_external_reference(std::move(*fact.mutable_external_reference()));
  if (!fact.has_location()) return;
  *order.mutable_location() = std::move(*fact.mutable_location());
  if (!fact.has_whereabouts()) return;
  order.set_grid(std::move(*fact.mutable_grid()));
  *order.mutable_whereabouts() = fact.whereabouts();
}

std::vector<Command> Records::follow_up(const Reclassified& fact, const OrderView& view) {
  return declare_if_major(fact.grade(), fact.reason(), view);
}

}  // namespace pavior::city::inline v0::lifecycle
