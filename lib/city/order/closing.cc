#include "city/order/closing.h"

#include <algorithm>
#include <utility>

#include "city/order/copied.h"
#include "city/order/notices.h"
#include "city/order/order_timers.h"
#include "city/order/requests.h"
#include "pavior/city/clock.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

/// Whether a person waits to be called back: nobody has to call one who is not known.
bool callback_is_due(const WorkOrder& order) {
  const Clock* callback = find_clock(order, callback_clock);
  return callback != nullptr && is_open(*callback) && !order.reporter().id().empty();
}

/// The results of the earlier round stay in the log; the order starts a new one.
template <class Fact>
void start_new_round(WorkOrder& order, const Fact& fact) {
  order.set_reopens(fact.reopen());
  order.set_deadline(fact.deadline());
  order.clear_outcome();
  order.clear_reply();
  order.clear_reply_basis();
  order.clear_after_evidence();
  order.clear_closed_at();
  order.clear_evaluation();
  order.clear_unanswered_callbacks();
  order.clear_extensions();
  order.clear_result();
  order.clear_results();
  let_requests_lapse(order);  // After a forced close.
  order.clear_suspended_until();
  order.clear_forced();
  order.clear_self_handled();
  order.clear_reopening_requested();
}

template <class Fact>
Fact next_round(const Reopen& command, const OrderView& view) {
  auto fact = copied<Fact>(command);
  fact.set_reopen(view.data.reopens() + 1);
  return fact;
}

}  // namespace

bool children_have_ended::test(const OrderView& view) {
  return std::ranges::none_of(view.data.children(), [](const Child& child) { return child.ended() == STAGE_ABSENT; });
}

bool nothing_is_asked::test(const OrderView& view) {
  return view.data.joint_request().state() != REQUEST_PENDING &&
         std::ranges::none_of(view.data.whistles(), [](const Whistle& whistle) { return whistle.concluded_at() == 0; });
}

bool supervisions_are_answered::test(const OrderView& view) {
  return std::ranges::none_of(view.data.supervisions(),
                              [](const Supervision& supervision) { return supervision.answered_at() == 0; });
}

bool may_close(const OrderView& view) {
  return children_have_ended::test(view) && nothing_is_asked::test(view) && supervisions_are_answered::test(view);
}

bool reopening_window_is_open::test(const OrderView& view) {
  const Clock* window = find_clock(view.data, window_clock);
  return window == nullptr || (is_open(*window) && window->breached_at() == 0);
}

bool window_is_over::test(const OrderView& view) {
  const Clock* window = find_clock(view.data, window_clock);
  return (window == nullptr || !is_open(*window) || window->breached_at() != 0) && !callback_is_due(view.data);
}

bool may_archive_after(const ClockChanges& changes, const OrderView& view) {
  if (view.stage != closed::number) return false;
  WorkOrder after = view.data;
  fold_clocks(after, changes);
  return window_is_over::test(
      OrderView{after, view.policy, view.stage, view.stream, view.actor, view.now, view.version});
}

Closed Closing::make(const Close& command, const OrderView& view, machine::tag<Closed>) {
  const auto deadline = view.data.deadline();
  auto fact = copied<Closed>(command);
  fact.set_on_time(deadline == 0 || to_micros(view.now) <= deadline);
  fact.set_deadline(deadline);
  return fact;
}

ReopenedForDispatch Closing::make(const Reopen& command, const OrderView& view, machine::tag<ReopenedForDispatch>) {
  return next_round<ReopenedForDispatch>(command, view);
}

Reopened Closing::make(const Reopen& command, const OrderView& view, machine::tag<Reopened>) {
  return next_round<Reopened>(command, view);
}

void Closing::apply(WorkOrder& order, Closed&& fact, const Event& meta) {
  order.set_closed_at(to_micros(meta.time));
  if (!fact.on_time()) order.set_breached(true);  // Also when closing came before the timer.
}

void Closing::apply(WorkOrder& order, ForceClosed&& fact, const Event& meta) {
  order.set_closed_at(to_micros(meta.time));
  if (order.deadline() != 0 && order.closed_at() > order.deadline()) order.set_breached(true);
  order.set_forced(true);
  order.set_end_reason(std::move(*fact.mutable_reason()));
}

void Closing::apply(WorkOrder& order, ReopenedForDispatch&& fact, const Event&) {
  start_new_round(order, fact);
  order.clear_lead();
  order.clear_subordinate();
  order.clear_handler();
  order.clear_assists();
  order.clear_hops();
  order.clear_handed_back();
  order.clear_return_request();
}

void Closing::apply(WorkOrder& order, Reopened&& fact, const Event&) { start_new_round(order, fact); }

void Closing::apply(WorkOrder& order, Voided&& fact, const Event&) {
  order.set_end_reason(std::move(*fact.mutable_reason()));
}

void Closing::react(const WorkOrder& order, const Closed&, const Event& meta, Reaction& reaction) {
  reaction.disarm.emplace_back(deadline_timer);
  tell_all(order, notice_of(closed::name, order.reply()), meta, reaction);
}

void Closing::react(const WorkOrder& order, const ForceClosed& fact, const Event& meta, Reaction& reaction) {
  reaction.disarm.emplace_back(deadline_timer);
  reaction.disarm.emplace_back(suspension_timer);
  tell_all(order, notice_of(closed::name, fact.reason()), meta, reaction);
}

void Closing::react(const WorkOrder&, const ReopenedForDispatch& fact, const Event&, Reaction& reaction) {
  arm_deadline(fact.deadline(), reaction);
}

void Closing::react(const WorkOrder&, const Reopened& fact, const Event&, Reaction& reaction) {
  arm_deadline(fact.deadline(), reaction);
}

void Closing::react(const WorkOrder&, const Voided&, const Event&, Reaction& reaction) { reaction.disarm_all = true; }

}  // namespace pavior::city::inline v0::lifecycle
