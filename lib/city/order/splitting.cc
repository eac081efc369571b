#include "city/order/splitting.h"

#include <algorithm>
#include <utility>

#include "city/order/copied.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

const Child* child_of(const WorkOrder& order, std::string_view key) {
  const auto found = std::ranges::find_if(order.children(), [&](const Child& child) { return child.key() == key; });
  return found == order.children().end() ? nullptr : &*found;
}

/// The parent is told by the system on the actor's behalf; an order without one tells nobody.
std::vector<Command> tell_parent(Stage ended, const OrderView& view) {
  if (view.data.parent().empty()) return {};
  RecordChild record;
  record.set_child(view.stream.key());
  record.set_ended(ended);
  return by_system({make_command(work_order_id(view.data.parent()), record)}, view);
}

}  // namespace

bool parts_are_new_orders::test(const Split& command, const OrderView& view) {
  const auto& parts = command.parts();
  if (parts.empty()) return false;
  for (auto part = parts.begin(); part != parts.end(); ++part) {
    const bool twice =
        std::any_of(part + 1, parts.end(), [&](const Part& later) { return later.key() == part->key(); });
    if (part->key().empty() || part->title().empty() || part->key() == view.stream.key() || twice ||
        child_of(view.data, part->key()) != nullptr)
      return false;
  }
  return true;
}

bool is_its_child::test(const RecordChild& command, const OrderView& view) {
  return child_of(view.data, command.child()) != nullptr;
}

bool parent_waits::test(const RecordChild& command, const OrderView& view) {
  constexpr v1::Stage open[] = {STAGE_ACCEPTED,  STAGE_DISPATCHED, STAGE_ACKNOWLEDGED, STAGE_IN_PROGRESS,
                                STAGE_SUSPENDED, STAGE_HANDLED,    STAGE_VERIFYING,    STAGE_VERIFIED};
  return command.ended() != STAGE_ABSENT || std::ranges::find(open, view.data.stage()) != std::end(open);
}

ChildrenCreated Splitting::make(const Split& command, const OrderView& view, machine::tag<ChildrenCreated>) {
  auto fact = copied<ChildrenCreated>(command);
  for (Part& part : *fact.mutable_parts()) {
    if (part.category().empty()) {
      part.set_category(view.data.category());
      part.set_condition(view.data.condition());
    }
    if (part.grade() == GRADE_UNSPECIFIED) part.set_grade(view.data.grade());
  }
  return fact;
}

FiledAsChild Splitting::make(const FileChild& command, const OrderView&, machine::tag<FiledAsChild>) {
  auto fact = copied<FiledAsChild>(command);
  copy_common_fields(command.part(), fact);
  return fact;
}

void Splitting::apply(WorkOrder& order, ChildrenCreated&& fact, const Event&) {
  for (Part& part : *fact.mutable_parts()) order.add_children()->set_key(std::move(*part.mutable_key()));
}

void Splitting::apply(WorkOrder& order, FiledAsChild&& fact, const Event& meta) {
  fact.clear_clocks();  // Folded already, and not the same as the order's.
  copy_common_fields(fact, order);
  order.set_reported_at(to_micros(meta.time));
  order.set_accepted_at(to_micros(meta.time));
}

void Splitting::apply(WorkOrder& order, ChildRecorded&& fact, const Event&) {
  for (Child& child : *order.mutable_children())
    if (child.key() == fact.child()) child.set_ended(fact.ended());
}

std::vector<Command> Splitting::follow_up(const ChildrenCreated& fact, const OrderView& view) {
  std::vector<Command> commands;
  for (const Part& part : fact.parts()) {
    FileChild file;
    copy_common_fields(view.data, file);
    file.set_parent(view.stream.key());
    *file.mutable_part() = part;
    commands.push_back(make_command(work_order_id(part.key()), file));
  }
  return by_system(std::move(commands), view);
}

std::vector<Command> Splitting::follow_up(const Closed&, const OrderView& view) {
  return tell_parent(STAGE_CLOSED, view);
}
std::vector<Command> Splitting::follow_up(const ForceClosed&, const OrderView& view) {
  return tell_parent(STAGE_CLOSED, view);
}
std::vector<Command> Splitting::follow_up(const Voided&, const OrderView& view) {
  return tell_parent(STAGE_VOIDED, view);
}
std::vector<Command> Splitting::follow_up(const TransferredOut&, const OrderView& view) {
  return tell_parent(STAGE_TRANSFERRED_OUT, view);
}
std::vector<Command> Splitting::follow_up(const Reopened&, const OrderView& view) {
  return tell_parent(STAGE_ABSENT, view);
}
std::vector<Command> Splitting::follow_up(const ReopenedForDispatch&, const OrderView& view) {
  return tell_parent(STAGE_ABSENT, view);
}

}  // namespace pavior::city::inline v0::lifecycle
