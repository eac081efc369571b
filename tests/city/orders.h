/// \file
/// Work orders in every stage, as given by their facts.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/text_format.h"
#include "pavior/city/v1/classification.pb.h"
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

/// `of<v1::Void>("reason: 'test'")`: of protobuf's text.
template <class M>
M of(const std::string& text = "") {
  M message;
  INFO(text);
  REQUIRE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

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

inline Story suspended(WorkOrderPolicy policy = {}) {
  return after(in_progress(std::move(policy)), v1::STAGE_SUSPENDED, build<v1::Suspended>([](auto& m) {
                 m.set_reason("waits for parts");
                 m.set_until(deadline + 1000);
               }));
}

/// From any order in progress.
inline Story handled_from(Story given) {
  given = after(std::move(given), v1::STAGE_IN_PROGRESS, build<v1::ResultSubmitted>([](auto& m) {
                  m.set_outcome(v1::OUTCOME_RESOLVED);
                  m.set_reply("filled");
                }));
  return after(std::move(given), v1::STAGE_HANDLED, v1::ResultConfirmed());
}

inline Story verifying_from(Story given) {
  return after(handled_from(std::move(given)), v1::STAGE_VERIFYING, v1::ReplyPassed());
}

inline Story verified_from(Story given) {
  return after(verifying_from(std::move(given)), v1::STAGE_VERIFIED, v1::VerificationPassed());
}

inline Story closed_from(Story given) {
  return after(verified_from(std::move(given)), v1::STAGE_CLOSED, build<v1::Closed>([](auto& m) {
                 m.set_on_time(true);
                 m.set_deadline(deadline);
               }));
}

inline Story handled(WorkOrderPolicy policy = {}) { return handled_from(in_progress(std::move(policy))); }
inline Story verifying(WorkOrderPolicy policy = {}) { return verifying_from(in_progress(std::move(policy))); }
inline Story verified(WorkOrderPolicy policy = {}) { return verified_from(in_progress(std::move(policy))); }
inline Story closed(WorkOrderPolicy policy = {}) { return closed_from(in_progress(std::move(policy))); }
inline Story rejected(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_REJECTED, v1::Rejected());
}
inline Story precheck(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_PRECHECK, of<v1::PrecheckOrdered>("missing: 'how deep it is'"));
}
inline Story archived(WorkOrderPolicy policy = {}) {
  return after(closed(std::move(policy)), v1::STAGE_ARCHIVED, v1::Archived());
}
inline Story transferred_out(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_TRANSFERRED_OUT, of<v1::TransferredOut>("body: 'province'"));
}
inline Story merged(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_MERGED, of<v1::MergedInto>("target: 'B2'"));
}
inline Story voided(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_VOIDED, v1::Voided());
}

/// The same order with a clock TOT that runs until the deadline, and a clock ACC that missed its limit.
inline Story under_watch(Story given) {
  const auto start = [](v1::ClockChange& change, const char* clock, std::int64_t due) {
    change.set_clock(clock);
    change.set_instance(1);
    change.set_at(reported_at);
    auto& started = *change.mutable_started();
    started.mutable_rule()->mutable_limit()->set_amount(1);
    started.mutable_rule()->mutable_limit()->set_unit(v1::UNIT_HOUR);
    started.mutable_calendar()->set_id("plain");
    started.mutable_calendar()->set_version(1);
    started.set_from(reported_at);
    started.mutable_course()->set_due(due);
    started.mutable_course()->add_alarms()->set_due(due + 1);
  };
  const Stage stage = given.state()->stage();
  return given.fact(build<v1::ClockRang>([&](auto& m) {
                      start(*m.add_clocks(), "TOT", deadline);
                      start(*m.add_clocks(), "ACC", reported_at);
                      auto& breach = *m.add_clocks();
                      breach.set_clock("ACC");
                      breach.set_instance(1);
                      breach.set_at(reported_at + 1);
                      breach.mutable_breached()->set_due(reported_at);
                    }),
                    stage);
}

/// One order in every stage, in the order of the stages' numbers. Those whose clocks may run are under watch.
inline std::vector<Story> orders_in_every_stage(const WorkOrderPolicy& policy = {}) {
  std::vector<Story> orders = {reported(policy),     precheck(policy),    accepted(policy),  dispatched(policy),
                               acknowledged(policy), in_progress(policy), suspended(policy), handled(policy),
                               verifying(policy),    verified(policy),    closed(policy)};
  for (Story& order : orders) order = under_watch(std::move(order));
  orders.push_back(after(orders.back(), v1::STAGE_ARCHIVED, v1::Archived()));
  orders.insert(orders.begin(), no_order(policy));
  for (Story& order : std::vector{rejected(policy), merged(policy), voided(policy), transferred_out(policy)})
    orders.push_back(std::move(order));
  return orders;
}

/// The order inside.
inline const v1::WorkOrder& order(const Story& given) { return *work_order(*given.state()); }

}  // namespace pavior::city::tests
