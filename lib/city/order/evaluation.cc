#include "city/order/evaluation.h"

#include <algorithm>
#include <string>
#include <utility>

#include "city/order/closing.h"
#include "city/order/copied.h"

namespace pavior::city::inline v0::lifecycle {

using namespace v1;  // NOLINT

namespace {

/// The window said that the order is to be archived, and only the callback was waited for.
template <class Fact>
std::vector<Command> archive_if_waiting(const Fact& fact, const OrderView& view) {
  const Clock* window = find_clock(view.data, window_clock);
  if (window == nullptr || window->breached_at() == 0) return {};
  const auto& ladder = window->rule().thresholds();
  const bool was_asked = std::ranges::any_of(ladder, [&](const Threshold& threshold) {
    return threshold.step() == ARCHIVE &&
           std::ranges::find(window->reached(), threshold.name()) != window->reached().end();
  });
  if (!was_asked || !may_archive_after(fact.clocks(), view)) return {};
  return by_system(Archive(), view);
}

}  // namespace

bool names_party_and_scores::test(const EvaluateAsParty& command, const OrderView&) {
  const auto& scores = command.evaluation().scores();
  if (command.evaluation().party().empty() || scores.empty()) return false;
  for (auto score = scores.begin(); score != scores.end(); ++score) {
    const bool twice = std::any_of(score + 1, scores.end(),
                                   [&](const auto& later) { return later.dimension() == score->dimension(); });
    if (score->dimension().empty() || score->value() > 100 || twice) return false;
  }
  return true;
}

ReporterUnreachable Callbacks::make(const RecordCallback& command, const OrderView& view,
                                    machine::tag<ReporterUnreachable>) {
  ReporterUnreachable fact;
  fact.set_remark(command.evaluation().remark());
  fact.set_attempt(view.data.unanswered_callbacks() + 1);
  return fact;
}

void Callbacks::apply(WorkOrder& order, Evaluated&& fact, const Event&) {
  *order.mutable_evaluation() = std::move(*fact.mutable_evaluation());
}

void Callbacks::apply(WorkOrder& order, ReporterUnreachable&& fact, const Event&) {
  order.set_unanswered_callbacks(fact.attempt());
}

void Callbacks::apply(WorkOrder& order, ReopeningRequested&&, const Event&) { order.set_reopening_requested(true); }

/// 不满意的重办: where the city wants it, and as often as an order may be reopened at all.
std::vector<Command> Callbacks::follow_up(const Evaluated& fact, const OrderView& view) {
  if (!view.policy.policy.data().bounds().reopen_when_dissatisfied() || fact.evaluation().satisfied() ||
      view.stage != closed::number || !reopens_left::test(view) || !reopening_window_is_open::test(view))
    return archive_if_waiting(fact, view);
  Reopen reopen;
  reopen.set_reason("the reporter is not satisfied" +
                    (fact.evaluation().remark().empty() ? "" : ": " + fact.evaluation().remark()));
  reopen.set_dispatch_anew(!was_dispatched::test(view));
  return by_system(reopen, view);
}

std::vector<Command> Callbacks::follow_up(const ReporterUnreachable& fact, const OrderView& view) {
  return archive_if_waiting(fact, view);
}

void Assessments::apply(WorkOrder& order, ExcludedFromAssessment&& fact, const Event&) {
  Exclusion& exclusion = *order.add_exclusions();
  exclusion.set_rule(std::move(*fact.mutable_rule()));
  exclusion.set_reason(std::move(*fact.mutable_reason()));
}

void Assessments::apply(WorkOrder& order, Assessed&& fact, const Event&) {
  *order.add_assessments() = std::move(*fact.mutable_assessment());
}

void Assessments::apply(WorkOrder& order, PartyEvaluated&& fact, const Event&) {
  *order.add_party_evaluations() = std::move(*fact.mutable_evaluation());
}

}  // namespace pavior::city::inline v0::lifecycle
