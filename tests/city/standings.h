/// \file
/// Orders in every state of every small table, and orders whose past makes rules say no.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "city/orders.h"

namespace pavior::city::tests {

/// Facts that leave the stage as it is. What they lead to is told by the samples that speak of it: the unit `parks`, the
/// first whistle, the cause `quality`.
struct Standing {
  std::string name;
  std::vector<Fact> facts;
};

template <class F>
Fact beside(const std::string& text = "") {
  return {message_type<F>(), of<F>(text).SerializeAsString(), {}};
}

/// Clocks that started, as a ladder or a plan would have them, or that missed their limit too.
inline Fact window(bool over) {
  const std::string clock = "clocks { clock: 'WIN' instance: 1 at: 1000 ";
  return beside<v1::ClockRang>(
      clock +
      "started { rule { limit { amount: 1 unit: UNIT_HOUR } } calendar { id: 'plain' version: 1 } from: 1000 "
      "course { due: 4000 alarms { due: 4001 } } } }" +
      (over ? clock + "breached { due: 4000 } }" : ""));
}

inline std::vector<Standing> standings() {
  const auto returning = beside<v1::ReturnRequested>("reason: 'not ours'");
  const auto extending = beside<v1::ExtensionRequested>("reason: 'rain'");
  const auto suspending = beside<v1::SuspensionRequested>("reason: 'rain' until: 6000");
  const auto assisting = beside<v1::AssistAdded>("unit: 'parks' duty: 'cut the tree'");
  const auto whistle = beside<v1::WhistleBlown>("number: 1 kind: 'emergency' targets: 'parks'");
  const auto arrival = beside<v1::ReportedIn>("whistle: 1 unit: 'parks' place: 'main street 1'");
  const auto supervision = beside<v1::SupervisionOrdered>("cause: 'quality'");
  const auto appeal = beside<v1::Appealed>("clock: 'ACC' instance: 1 reason: 'a storm'");
  const auto review = beside<v1::AppealReviewed>("opinion: 'there was one'");
  return {
      {"return_request requested", {returning}},
      {"return_request barred", {returning, beside<v1::ReturnRefused>("reason: 'yours'")}},
      {"extension_request requested", {extending}},
      {"extension_request endorsed", {extending, beside<v1::ExtensionEndorsed>()}},
      {"suspension_request requested", {suspending}},
      {"suspension_request endorsed", {suspending, beside<v1::SuspensionEndorsed>()}},
      {"joint_request requested", {beside<v1::JointRequested>("units: 'parks' reason: 'a tree'")}},
      {"assist working", {assisting}},
      {"assist done", {assisting, beside<v1::AssistDone>("unit: 'parks'")}},
      {"assist excused", {assisting, beside<v1::AssistExcused>("unit: 'parks'")}},
      {"assignment assigned", {beside<v1::HandlerAssigned>("handler: 'hand-2'")}},
      {"assignment nobody", {beside<v1::HandlerRevoked>("handler: 'hand-1'")}},
      {"whistle blown", {whistle, arrival}},
      {"whistle concluded", {whistle, arrival, beside<v1::WhistleConcluded>("whistle: 1 result: 'done'")}},
      {"summons summoned", {whistle}},
      {"summons arrived", {whistle, arrival}},
      {"summons excused", {whistle, beside<v1::TargetExcused>("whistle: 1 unit: 'parks'")}},
      {"result submitted", {beside<v1::ResultSubmitted>("outcome: OUTCOME_RESOLVED reply: 'filled'")}},
      {"supervision open", {supervision}},
      {"supervision answered", {supervision, beside<v1::SupervisionAnswered>("cause: 'quality' answer: 'yes'")}},
      {"evaluation unreachable", {beside<v1::ReporterUnreachable>("attempt: 1")}},
      {"evaluation evaluated", {beside<v1::Evaluated>("evaluation { reached: true satisfied: true }")}},
      {"appeal filed", {appeal}},
      {"appeal reviewed", {appeal, review}},
      {"appeal decided", {appeal, review, beside<v1::AppealDecided>("granted: true")}},
      {"reopening requested", {beside<v1::ReopeningRequested>("reason: 'again'")}},
      {"order absorbed", {beside<v1::Absorbed>("source: 'C3'")}},
      {"order split", {beside<v1::ChildrenCreated>("parts { key: 'D4' title: 'the lamp' }")}},
      {"evidence of before", {beside<v1::Attached>("evidence { id: 'before' }")}},
      {"condition a", {beside<v1::Reclassified>("category: 'roads' condition: 'a'")}},
      {"deadline missed", {beside<v1::DeadlineBreached>("deadline: 5000")}},
      {"hazard declared", {beside<v1::MajorHazardDeclared>("reason: 'gas' grade: GRADE_MAJOR_HAZARD")}},
      {"window open", {window(false)}},
      {"window over", {window(true)}},
  };
}

/// Nothing if the table has no such facts where the order stands.
inline std::optional<Story> in_standing(Story order, const Standing& standing) {
  if (order.state() == nullptr) return std::nullopt;
  for (Fact fact : standing.facts) {
    fact.stage = order.state()->stage();
    if (!order.fold(fact)) return std::nullopt;
  }
  return order;
}

/// The stages an order can go on to with what it has beside them.
inline std::vector<Story> going_on(const Story& order) {
  std::vector<Story> on;
  switch (static_cast<v1::Stage>(order.state()->stage())) {
    case v1::STAGE_ACCEPTED:
      on.push_back(after(order, v1::STAGE_VOIDED, v1::Voided()));
      on.push_back(after(order, v1::STAGE_TRANSFERRED_OUT, v1::TransferredOut()));
      break;
    case v1::STAGE_IN_PROGRESS: {
      on.push_back(after(order, v1::STAGE_SUSPENDED, of<v1::Suspended>("until: 6000")));
      on.push_back(handled_from(order));
      on.push_back(verifying_from(order));
      on.push_back(verified_from(order));
      on.push_back(closed_from(order));
      on.push_back(after(on.back(), v1::STAGE_ARCHIVED, v1::Archived()));
      break;
    }
    case v1::STAGE_CLOSED: on.push_back(after(order, v1::STAGE_ARCHIVED, v1::Archived())); break;
    default: break;
  }
  return on;
}

/// Of one standing, in every stage where it can be.
inline std::vector<Story> orders_in(const Standing& standing, const WorkOrderPolicy& policy) {
  std::vector<Story> orders;
  for (const Story& order : orders_in_every_stage(policy)) {
    const auto stands = in_standing(order, standing);
    if (!stands) continue;
    orders.push_back(*stands);
    for (Story& on : going_on(*stands)) orders.push_back(std::move(on));
  }
  return orders;
}

/// Orders that got where they stand another way than the others.
inline std::vector<Story> orders_with_a_past(const WorkOrderPolicy& policy) {
  std::vector<Story> orders;
  // Merged wherever that can be.
  for (const Story& order : orders_in_every_stage(policy)) {
    if (order.state() == nullptr) continue;
    Story merging = order;
    if (merging.fold({message_type<v1::MergedInto>(), of<v1::MergedInto>("target: 'B2'").SerializeAsString(),
                      static_cast<Stage>(v1::STAGE_MERGED)}))
      orders.push_back(std::move(merging));
  }
  // Rejected with another order in it, which can be taken out.
  orders.push_back(after(after(reported(policy), v1::STAGE_REPORTED, of<v1::Absorbed>("source: 'C3'")),
                         v1::STAGE_REJECTED, v1::Rejected()));
  orders.push_back(after(dispatched(policy), v1::STAGE_ACCEPTED, of<v1::Returned>("from: 'works' nth: 1")));
  orders.push_back(after(no_order(policy), v1::STAGE_ACCEPTED,
                         of<v1::FiledAsChild>("parent: 'P0' title: 'the lamp' category: 'roads'")));
  const auto nobodys = after(no_order(policy), v1::STAGE_REPORTED, of<v1::Reported>("title: 'hole'"));
  orders.push_back(after(nobodys, v1::STAGE_CLOSED, of<v1::HandledOnSpot>("category: 'roads'")));
  return orders;
}

}  // namespace pavior::city::tests
