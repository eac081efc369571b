// Boost.MSM and the row walker must decide alike: every stage, every command, every outcome of every rule.
#include <algorithm>
#include <set>
#include <string>

#include "city/order/lifecycle.h"
#include "city/orders.h"
#include "city/samples.h"
#include "pavior/row_walker.h"
#include "support/catch.h"

namespace pavior::city::tests {
namespace {

using testing::decision_text;

/// Orders whose own past makes rules say no.
std::vector<Story> orders_with_a_past(const WorkOrderPolicy& policy) {
  const auto absorbed = build<v1::Absorbed>([](auto& m) { m.set_source("C3"); });
  const auto evaluated = build<v1::Evaluated>([](auto& m) { m.mutable_evaluation()->set_reached(true); });
  const auto breached = build<v1::DeadlineBreached>([](auto& m) { m.set_deadline(deadline); });
  const auto declared = build<v1::MajorHazardDeclared>([](auto& m) { m.set_reason("gas"); });
  return {after(accepted(policy), v1::STAGE_ACCEPTED, absorbed), after(closed(policy), v1::STAGE_CLOSED, evaluated),
          after(in_progress(policy), v1::STAGE_IN_PROGRESS, breached),
          after(reported(policy), v1::STAGE_REPORTED, declared)};
}

/// What was seen, so that a test that tries too little fails.
struct Coverage {
  std::set<std::string> refusals;
  std::set<std::string> rows;
};

void compare(const Story& given, const Workflow& walked, Coverage& seen) {
  for (const auto& sample : sample_commands()) {
    Command command = sample.command;
    command.by(given.actor());
    const auto decided = given.workflow().decide(given.state(), command, given.context());
    const auto expected = walked.decide(given.state(), command, given.context());
    const auto from = given.workflow().stage_name(given.state() ? given.state()->stage() : Stage::absent);
    INFO(command.type() << " in " << from);
    REQUIRE(decision_text(given.workflow(), decided) == decision_text(walked, expected));
    if (!decided) {
      seen.refusals.insert(decided.error().rule());
    } else {
      seen.rows.insert(std::string(from) + command.type() + decided->facts.at(0).type);
    }
  }
}

TEST_CASE("Boost.MSM and the row walker agree on every stage, command and outcome of the rules") {
  const auto strict = city_where_roads_need_evidence(0);
  Coverage seen;
  for (const auto& policy : {policy_with_new_calendar(), strict}) {
    const auto walked = machine::make_walked_workflow(lifecycle::WorkOrderLifecycle(policy));
    auto orders = orders_in_every_stage(policy);
    for (auto& order : orders_with_a_past(policy)) orders.push_back(order);
    for (auto& order : orders) {
      for (const auto& who : {machine_actor(), actor("verifier"), Actor(handler_id, {"verifier"})})
        for (const std::int64_t now : {reported_at, deadline + 1})
          compare(order.by(who).at(from_micros(now)), *walked, seen);
    }
  }

  const auto workflow = make_work_order_workflow();
  std::set<std::string> rules{"stage", "role"};
  for (const auto& row : workflow->transitions()) {
    CHECK(seen.rows.count(row.from + row.command_type + row.event_type) == 1);
    rules.insert(row.when.begin(), row.when.end());
  }
  // These only choose between two rows, so they never refuse a command.
  for (const char* choice : {"asks_for_dispatch", "reporter_was_reached", "not_reporter_was_reached"})
    rules.erase(choice);
  CHECK(seen.refusals == rules);
}

}  // namespace
}  // namespace pavior::city::tests
