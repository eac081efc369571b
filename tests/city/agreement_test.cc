// Boost.MSM and the row walker must decide alike: every stage, every state, every command, every outcome of every rule.
// And what is decided is what the tables say, row by row.
#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "city/cities.h"
#include "city/order/lifecycle.h"
#include "city/samples.h"
#include "city/standings.h"
#include "fmt/format.h"
#include "pavior/row_walker.h"
#include "support/catch.h"
#include "support/chapter_states.h"

namespace pavior::city::tests {
namespace {

using lifecycle::WorkOrderLifecycle;
using testing::decision_text;

std::string state_of(const Command& command, const Story& given) {
  return testing::chapter_state<WorkOrderLifecycle>(command,
                                                    given.state() ? order(given) : v1::WorkOrder::default_instance());
}

/// What was seen, so that a test that tries too little fails.
struct Coverage {
  std::set<std::string> refusals;
  std::set<std::string> rows;
};

std::string row_text(std::string_view from, std::string_view state, const std::string& command,
                     const std::string& event, std::string_view to) {
  return fmt::format("{} {} {} {} {}", from, state, command, event, to);
}

/// The rows of the tables, each once for every stage and state it starts from.
std::set<std::string> rows_of_the_tables() {
  std::set<std::string> rows;
  const auto workflow = make_work_order_workflow();
  for (const auto& row : workflow->transitions()) {
    for (const auto& state : row.state_from)
      rows.insert(row_text(row.from, state, row.command_type, row.event_type, row.to));
    if (row.state_from.empty()) rows.insert(row_text(row.from, "", row.command_type, row.event_type, row.to));
  }
  return rows;
}

/// Those that the tables name, save what only chooses between two rows and so never refuses a command.
std::set<std::string> rules_of_the_tables() {
  std::set<std::string> rules{"stage", "role"};
  const auto workflow = make_work_order_workflow();
  for (const auto& row : workflow->transitions()) {
    rules.insert(row.when.begin(), row.when.end());
    if (!row.state_from.empty()) rules.insert(row.chapter);
  }
  for (const char* choice :
       {"was_dispatched", "needs_no_field_check", "reporter_was_reached", "not_reporter_was_reached", "was_merged_in"})
    rules.erase(choice);
  return rules;
}

/// Of `wanted`, what is not in `there`.
std::vector<std::string> missing(const std::set<std::string>& there, const std::set<std::string>& wanted) {
  std::vector<std::string> names;
  std::ranges::set_difference(wanted, there, std::back_inserter(names));
  return names;
}

void compare(const Story& given, const Workflow& walked, Coverage& seen) {
  static const auto samples = sample_commands();
  const auto from = given.workflow().stage_name(given.state() ? given.state()->stage() : Stage::absent);
  for (const auto& sample : samples) {
    Command command = sample.command;
    command.by(given.actor());
    const auto decided = given.workflow().decide(given.state(), command, given.context());
    const auto expected = walked.decide(given.state(), command, given.context());
    const auto text = decision_text(given.workflow(), decided);
    const auto expected_text = decision_text(walked, expected);
    if (text != expected_text) FAIL(command.type() << " in " << from << ": " << text << ", walked: " << expected_text);
    if (!decided) {
      seen.refusals.insert(decided.error().rule());
    } else {
      const Fact& fact = decided->facts.at(0);
      seen.rows.insert(
          row_text(from, state_of(command, given), command.type(), fact.type, given.workflow().stage_name(fact.stage)));
    }
  }
}

std::vector<Story> all_orders(const WorkOrderPolicy& policy) {
  auto orders = orders_in_every_stage(policy);
  for (auto& order : orders_with_a_past(policy)) orders.push_back(std::move(order));
  for (const auto& standing : standings())
    for (auto& order : orders_in(standing, policy)) orders.push_back(std::move(order));
  return orders;
}

TEST_CASE("Boost.MSM and the row walker agree on every stage, state, command and outcome of the rules") {
  Coverage seen;
  for (const auto& policy : {plain_city(), careful_city(), strict_city()}) {
    const auto walked = machine::make_walked_workflow(WorkOrderLifecycle(policy));
    for (auto& order : orders_in_every_stage(policy)) {
      for (const auto& who : {Actor("someone", {"verifier", "street"}), Actor(handler_id, {"verifier"})})
        compare(order.by(who), *walked, seen);
    }
    for (auto& order : all_orders(policy)) {
      // Of another unit than those that assist or were summoned.
      compare(Story(order).by(Actor("someone", {"system", "assist_department@elsewhere"})), *walked, seen);
      for (const std::int64_t now : {reported_at, deadline + 1, std::int64_t{100'000'000}})
        compare(order.at(from_micros(now)), *walked, seen);
    }
  }
  CHECK(missing(seen.rows, rows_of_the_tables()) == std::vector<std::string>());
  CHECK(missing(rows_of_the_tables(), seen.rows) == std::vector<std::string>());
  CHECK(missing(seen.refusals, rules_of_the_tables()) == std::vector<std::string>());
  CHECK(missing(rules_of_the_tables(), seen.refusals) == std::vector<std::string>());
}

TEST_CASE("a fact of a small table leads to the state that its row names, and leaves the stage as it is") {
  const auto policy = careful_city();
  const auto workflow = make_work_order_workflow(policy);
  const auto row_of = [&](const std::string& from, const std::string& command, const std::string& event) {
    return *std::ranges::find_if(workflow->transitions(), [&](const Transition& row) {
      return row.from == from && row.command_type == command && row.event_type == event;
    });
  };
  std::set<std::string> checked;
  for (const Story& given : all_orders(policy)) {
    for (const auto& sample : sample_commands()) {
      if (given.state() == nullptr || !sample.sound) continue;
      Command command = sample.command;
      command.by(given.actor());
      const auto decided = workflow->decide(given.state(), command, given.context());
      if (!decided) continue;
      const Fact& fact = decided->facts.at(0);
      const auto row = row_of(std::string(workflow->stage_name(given.state()->stage())), command.type(), fact.type);
      if (row.state_to.empty()) continue;
      Story then = given;
      REQUIRE(then.fold(fact));
      // A whistle is named by those who answer it only.
      if (row.event == "WhistleBlown") {
        const int number = order(then).whistles_size();
        command = make_command(then.stream(), of<v1::ConcludeWhistle>(fmt::format("whistle: {}", number)));
      }
      INFO(row.id << " " << row.command << " while " << row.from);
      CHECK(fact.stage == given.state()->stage());
      CHECK(state_of(command, then) == (row.state_to == "same" ? state_of(command, given) : row.state_to));
      checked.insert(row.event);
    }
  }
  for (const auto& row : workflow->transitions())
    if (!row.state_to.empty()) CHECK(checked.count(row.event) == 1);
}

}  // namespace
}  // namespace pavior::city::tests
