#include "city/order/joint.h"

#include <algorithm>
#include <string>
#include <utility>

#include "city/order/notices.h"
#include "city/order/requests.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using namespace v1;  // NOLINT

void end_assist(WorkOrder& order, std::string_view unit, Assist::State state, const Event& meta) {
  for (Assist& assist : *order.mutable_assists()) {
    if (assist.unit() != unit || assist.state() != Assist::WORKING) continue;
    assist.set_state(state);
    assist.set_ended_at(to_micros(meta.time));
  }
}

}  // namespace

const Assist* assist_of(const WorkOrder& order, std::string_view unit) {
  const auto& assists = order.assists();
  const auto last =
      std::find_if(assists.rbegin(), assists.rend(), [&](const Assist& assist) { return assist.unit() == unit; });
  return last == assists.rend() ? nullptr : &*last;
}

bool unit_is_free_to_assist::test(const AddAssist& command, const OrderView& view) {
  const Assist* assist = assist_of(view.data, command.unit());
  return command.unit() != view.data.lead() && (assist == nullptr || assist->state() != Assist::WORKING);
}

void JointRequests::apply(WorkOrder& order, JointRequested&& fact, const Event& meta) {
  *order.mutable_joint_request() = request_of(fact, meta);
  order.mutable_joint_request()->mutable_units()->Swap(fact.mutable_units());
}

void JointRequests::apply(WorkOrder& order, AssistAdded&& fact, const Event&) {
  Assist& assist = *order.add_assists();
  assist.set_unit(std::move(*fact.mutable_unit()));
  assist.set_duty(std::move(*fact.mutable_duty()));
  assist.set_state(Assist::WORKING);
  order.clear_joint_request();
}

void JointRequests::apply(WorkOrder& order, JointRefused&&, const Event&) { order.clear_joint_request(); }

void JointRequests::react(const WorkOrder& order, const AssistAdded& fact, const Event& meta, Reaction& reaction) {
  StaffNotice notice;
  notice.add_recipients(fact.unit());
  notice.set_text(fact.duty());
  tell_staff("assist", order, std::move(notice), meta, reaction);
}

void Assists::apply(WorkOrder& order, AssistDone&& fact, const Event& meta) {
  end_assist(order, fact.unit(), Assist::DONE, meta);
}

void Assists::apply(WorkOrder& order, AssistExcused&& fact, const Event& meta) {
  end_assist(order, fact.unit(), Assist::EXCUSED, meta);
}

}  // namespace pavior::city::inline v0::lifecycle
