/// \file
/// Work orders in every stage, as given by their facts.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "city/clocks.h"
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
inline Story merged(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_MERGED, v1::MergedInto());
}
inline Story voided(WorkOrderPolicy policy = {}) {
  return after(reported(std::move(policy)), v1::STAGE_VOIDED, v1::Voided());
}

/// The same order with a clock TOT that runs until the deadline, a clock ACC that missed its limit, and an open
/// supervision.
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
  given.fact(build<v1::ClockRang>([&](auto& m) {
               start(*m.add_clocks(), "TOT", deadline);
               start(*m.add_clocks(), "ACC", reported_at);
               auto& breach = *m.add_clocks();
               breach.set_clock("ACC");
               breach.set_instance(1);
               breach.set_at(reported_at + 1);
               breach.mutable_breached()->set_due(reported_at);
             }),
             stage);
  return given.fact(build<v1::SupervisionOrdered>([](auto& m) { m.set_cause("ACC overdue"); }), stage);
}

/// One order in every stage, in the order of the stages' numbers; those that are not at an end are under watch.
inline std::vector<Story> orders_in_every_stage(const WorkOrderPolicy& policy = {}) {
  std::vector<Story> orders = {reported(policy),    accepted(policy),  dispatched(policy), acknowledged(policy),
                               in_progress(policy), suspended(policy), handled(policy),    verifying(policy),
                               verified(policy),    closed(policy)};
  for (Story& order : orders) order = under_watch(std::move(order));
  orders.insert(orders.begin(), no_order(policy));
  for (Story& order : std::vector{rejected(policy), merged(policy), voided(policy)}) orders.push_back(std::move(order));
  return orders;
}

/// A city whose calendar `plain` has a version that clocks do not have yet.
inline WorkOrderPolicy policy_with_new_calendar() {
  auto data = testing::plain_data("Asia/Shanghai", {"09:00-17:00"});
  data.set_version(2);
  WorkOrderPolicy policy;
  policy.policies = PolicyBook(testing::calendars_of(Calendar::make(data).value()));
  return policy;
}

/// A city whose catalogue is filled by `fill`, without categories unless it gives some.
template <class Fill>
WorkOrderPolicy city_with(Fill fill, Calendars calendars = {}) {
  v1::Catalogue catalogue;
  catalogue.set_id("test");
  catalogue.set_version(1);
  catalogue.set_zone("Asia/Shanghai");
  fill(catalogue);
  auto made = Policy::make(std::move(catalogue), calendars);
  if (!made) FAIL(made.error());
  WorkOrderPolicy policy;
  policy.policies = PolicyBook::of(*std::move(made), std::move(calendars));
  return policy;
}

/// A city that has one category, and wants a photograph of the place after the work.
inline WorkOrderPolicy city_where_roads_need_evidence(std::uint32_t reopens_max = 2) {
  return city_with([&](v1::Catalogue& catalogue) {
    catalogue.set_fallback_unit("street");
    catalogue.mutable_bounds()->set_reopens_max(reopens_max);
    auto& major = *catalogue.add_majors();
    major.set_code("city");
    major.set_name("city");
    auto& minor = *major.add_minors();
    minor.set_code("roads");
    minor.set_name("roads");
    minor.set_kind(v1::MinorCategory::COMPONENT);
    minor.set_after_evidence(true);
  });
}

/// The order inside.
inline const v1::WorkOrder& order(const Story& given) { return *work_order(*given.state()); }

}  // namespace pavior::city::tests
