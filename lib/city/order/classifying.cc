#include "city/order/classifying.h"

#include <utility>

#include "city/order/intake.h"
#include "city/share.h"
#include "pavior/city/classifier.h"

namespace pavior::city::inline v0::lifecycle {

using namespace v1;  // NOLINT

bool says_how_sure_it_is::test(const RecordClassification& command, const OrderView&) {
  const Classification& answer = command.classification();
  return !answer.category().empty() && !answer.model().empty() && is_share(answer.confidence());
}

void Classifying::apply(WorkOrder& order, Classified&& fact, const Event&) {
  *order.mutable_classification() = std::move(*fact.mutable_classification());
}

void Classifying::react(const WorkOrder& order, const Reported& fact, const Event&, Reaction& reaction) {
  if (!fact.asks_classifier()) return;
  ClassificationRequest request;
  request.set_title(order.title());
  request.set_description(order.description());
  request.set_channel(order.channel());
  *request.mutable_attachments() = order.evidence();
  reaction.effects.push_back(classification_effect(request));
}

std::vector<Command> Classifying::follow_up(const Classified& fact, const OrderView& view) {
  const double least = view.policy.policy.data().classification_min();
  const Classification& answer = fact.classification();
  if (least == 0 || answer.confidence() < least || view.stage != reported::number) return {};
  return accept_by_itself(answer.category(), view.data.profile(), view);
}

}  // namespace pavior::city::inline v0::lifecycle
