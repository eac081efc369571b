#include "city/order/merging.h"

#include <algorithm>
#include <string>
#include <utility>

#include "city/order/copied.h"
#include "city/order/notices.h"
#include "city/order/order_timers.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

/// The other side is decided by the system on the actor's behalf: nobody may absorb an order that does not merge.
template <class C>
std::vector<Command> to_other(const std::string& key, const C& command, const OrderView& view) {
  return by_system({make_command(work_order_id(key), command)}, view);
}

}  // namespace

bool holds_that_order::test(const Release& command, const OrderView& view) {
  const auto& sources = view.data.merged_from();
  return std::ranges::find(sources, command.source()) != sources.end();
}

Unmerged Merging::make(const Unmerge& command, const OrderView& view, machine::tag<Unmerged>) {
  auto fact = copied<Unmerged>(command);
  fact.set_target(view.data.merged_into());
  return fact;
}

void Merging::apply(WorkOrder& order, MergedInto&& fact, const Event&) {
  order.set_merged_into(std::move(*fact.mutable_target()));
  order.set_end_reason(std::move(*fact.mutable_reason()));
}

void Merging::apply(WorkOrder& order, Absorbed&& fact, const Event&) {
  order.add_merged_from(std::move(*fact.mutable_source()));
  // Of an order without a reporter, too: followers stand in the order of their orders.
  *order.add_followers() = std::move(*fact.mutable_reporter());
}

void Merging::apply(WorkOrder& order, Unmerged&&, const Event&) {
  order.clear_merged_into();
  order.clear_end_reason();
  order.clear_merged_at();
}

void Merging::apply(WorkOrder& order, Released&& fact, const Event&) {
  const auto& sources = order.merged_from();
  const auto place = static_cast<int>(std::ranges::find(sources, fact.source()) - sources.begin());
  order.mutable_merged_from()->DeleteSubrange(place, 1);
  order.mutable_followers()->DeleteSubrange(place, 1);
}

void Merging::react(const WorkOrder& order, const MergedInto& fact, const Event& meta, Reaction& reaction) {
  reaction.disarm.emplace_back(deadline_timer);
  reaction.disarm.emplace_back(suspension_timer);
  auto notice = notice_of(merged::name, fact.reason());
  notice.set_target(fact.target());
  tell(order.reporter(), std::move(notice), meta, reaction);
}

void Merging::react(const WorkOrder& order, const Unmerged& fact, const Event& meta, Reaction& reaction) {
  const bool is_recorded = order.deadline() == order.breached_deadline();
  if (meta.stage != reported::number && meta.stage != precheck::number && !is_recorded)
    arm_deadline(order.deadline(), reaction);
  if (meta.stage == suspended::number) arm_suspension(order.suspended_until(), reaction);
  auto notice = notice_of("unmerged", fact.reason());
  notice.set_target(fact.target());
  tell(order.reporter(), std::move(notice), meta, reaction);
}

std::vector<Command> Merging::follow_up(const MergedInto& fact, const OrderView& view) {
  Absorb absorb;
  absorb.set_source(view.stream.key());
  if (view.data.has_reporter()) *absorb.mutable_reporter() = view.data.reporter();
  return to_other(fact.target(), absorb, view);
}

std::vector<Command> Merging::follow_up(const Unmerged& fact, const OrderView& view) {
  Release release;
  release.set_source(view.stream.key());
  return to_other(fact.target(), release, view);
}

}  // namespace pavior::city::inline v0::lifecycle
