/// \file
/// Work orders in every stage, as given by their facts.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "support/story.h"

namespace pavior::city::tests {

using pavior::testing::Story;

/// The order A1 is reported at 1000 us, its deadline is 5000 us, and it stays 1000 us until a test says otherwise.
inline constexpr std::int64_t reported_at = 1000;
inline constexpr std::int64_t deadline = 5000;
inline const std::string handler_id = "hand-1";

inline Actor actor(std::string_view role) { return Actor("someone", {std::string(role)}); }
inline Actor machine_actor() { return Actor("import", {std::string(roles::system)}); }

/// `build<v1::Void>([](auto& m) { m.set_reason("test"); })`.
template <class M, class Fill>
M build(Fill fill) {
  M message;
  fill(message);
  return message;
}

template <class Fact>
Story after(Story given, v1::Stage stage, const Fact& fact) {
  return given.fact(fact, static_cast<Stage>(stage));
}

inline Story no_order(WorkOrderPolicy policy = {}) {
  Story given(make_work_order_workflow(std::move(policy)), work_order_id("A1"));
  return given.at(from_micros(reported_at)).by(machine_actor());
}

inline Story reported(WorkOrderPolicy policy = {}) {
  return after(no_order(std::move(policy)), v1::STAGE_REPORTED, build<v1::Reported>([](auto& m) {
                 m.set_title("hole");
                 m.mutable_reporter()->set_id("r-1");
               }));
}

inline Story accepted(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_ACCEPTED, build<v1::Accepted>([](auto& m) {
                 m.set_category("roads");
                 m.set_deadline(deadline);
               }));
}

inline Story dispatched(WorkOrderPolicy policy = {}) {
  return after(accepted(std::move(policy)), v1::STAGE_DISPATCHED, build<v1::Dispatched>([](auto& m) {
                 m.set_lead("works");
                 m.set_first_receiver("works");
                 m.set_hop(1);
               }));
}

inline Story acknowledged(WorkOrderPolicy policy = {}) {
  return after(dispatched(std::move(policy)), v1::STAGE_ACKNOWLEDGED, v1::Acknowledged());
}

inline Story in_progress(WorkOrderPolicy policy = {}) {
  return after(acknowledged(std::move(policy)), v1::STAGE_IN_PROGRESS,
               build<v1::WorkStarted>([](auto& m) { m.set_handler(handler_id); }));
}

/// From any order in progress.
inline Story handled_from(Story given) {
  return after(std::move(given), v1::STAGE_HANDLED, build<v1::ResultSubmitted>([](auto& m) {
                 m.set_outcome(v1::OUTCOME_RESOLVED);
                 m.set_reply("filled");
               }));
}

inline Story verified_from(Story given) {
  return after(handled_from(std::move(given)), v1::STAGE_VERIFIED, v1::VerificationPassed());
}

inline Story closed_from(Story given) {
  return after(verified_from(std::move(given)), v1::STAGE_CLOSED, build<v1::Closed>([](auto& m) {
                 m.set_on_time(true);
                 m.set_deadline(deadline);
               }));
}

inline Story handled(WorkOrderPolicy policy = {}) { return handled_from(in_progress(std::move(policy))); }
inline Story verified(WorkOrderPolicy policy = {}) { return verified_from(in_progress(std::move(policy))); }
inline Story closed(WorkOrderPolicy policy = {}) { return closed_from(in_progress(std::move(policy))); }
inline Story rejected(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_REJECTED, v1::Rejected());
}
inline Story merged(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_MERGED, v1::MergedInto());
}
inline Story voided(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_VOIDED, v1::Voided());
}

/// One order in every stage, in the order of the stages' numbers.
inline std::vector<Story> orders_in_every_stage(const WorkOrderPolicy& policy = {}) {
  return {no_order(policy),     reported(policy),    accepted(policy), dispatched(policy),
          acknowledged(policy), in_progress(policy), handled(policy),  verified(policy),
          closed(policy),       rejected(policy),    merged(policy),   voided(policy)};
}

/// The order inside.
inline const v1::WorkOrder& order(const Story& given) { return *work_order(*given.state()); }

}  // namespace pavior::city::tests
