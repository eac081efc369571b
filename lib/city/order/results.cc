#include "city/order/results.h"

#include <algorithm>
#include <utility>

#include "city/order/copied.h"
#include "fmt/format.h"

namespace pavior::city::inline v0::lifecycle {

using namespace v1;  // NOLINT

bool has_after_evidence_if_required::test(const SubmitResult& command, const OrderView& view) {
  const MinorCategory* minor = view.policy.policy.category(view.data.category());
  return minor == nullptr || !minor->after_evidence() || !command.evidence().empty();
}

bool assists_are_done::test(const OrderView& view) {
  return std::ranges::none_of(view.data.assists(),
                              [](const Assist& assist) { return assist.state() == Assist::WORKING; });
}

std::string assists_are_done::waiting_for(const OrderView& view) {
  std::vector<std::string> units;
  for (const Assist& assist : view.data.assists())
    if (assist.state() == Assist::WORKING) units.push_back(assist.unit());
  return fmt::format("every assisting unit has done its duty or was excused; this waits for {}",
                     fmt::join(units, ", "));
}

ResultSubmitted Results::make(const SubmitResult& command, const OrderView& view, machine::tag<ResultSubmitted>) {
  auto fact = copied<ResultSubmitted>(command);
  fact.set_reply(reply_text(command, view));
  if (const ReplyTemplate* chosen = template_of(command.basis(), view))
    fact.mutable_basis()->set_template_version(chosen->version());
  return fact;
}

void Results::apply(WorkOrder& order, ResultSubmitted&& fact, const Event& meta) {
  if (order.handler().empty()) order.set_handler(std::string(meta.actor));
  order.set_outcome(fact.outcome());
  order.set_reply(std::move(*fact.mutable_reply()));
  order.mutable_after_evidence()->Swap(fact.mutable_evidence());
  if (fact.has_basis()) {
    *order.mutable_reply_basis() = std::move(*fact.mutable_basis());
  } else {
    order.clear_reply_basis();
  }
  order.set_result(RESULT_SUBMITTED);
  order.set_results(order.results() + 1);
}

void Results::apply(WorkOrder& order, ReturnedToHandler&&, const Event&) { order.clear_result(); }

std::vector<Command> Results::follow_up(const ResultSubmitted&, const OrderView& view) {
  return if_automatic(ConfirmResult(), view);
}

}  // namespace pavior::city::inline v0::lifecycle
