// What must not change unnoticed: the lifecycle as documented, and the matrix of stages, states and commands.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "city/cities.h"
#include "city/order/lifecycle.h"
#include "city/samples.h"
#include "city/standings.h"
#include "fmt/format.h"
#include "pavior/diagram.h"
#include "support/catch.h"
#include "support/chapter_states.h"
#include "support/golden.h"
#include "support/rules_text.h"

namespace pavior::city::tests {
namespace {

std::string permissions_text() {
  std::string text = "| command | roles |\n|---|---|\n";
  for (const auto& grant : default_grants()) {
    const bool any = grant.scope() == v1::Grant::ANY_ORDER || grant.scope() == v1::Grant::SCOPE_UNSPECIFIED;
    text += fmt::format("| {} | {}{} |\n", grant.command(), fmt::join(grant.roles(), ", "),
                        any ? "" : " (" + v1::Grant::Scope_Name(grant.scope()) + ")");
  }
  return text;
}

/// Commands that nobody is granted, in the order of the tables.
std::string left_to_the_system(const Workflow& workflow) {
  std::vector<std::string> left;
  const auto granted = default_grants();
  for (const auto& row : workflow.transitions())
    if (std::ranges::find(granted, row.command, &v1::Grant::command) == granted.end() &&
        std::ranges::find(left, row.command) == left.end())
      left.push_back(row.command);
  return fmt::format("{}", fmt::join(left, ", "));
}

std::string pictures_text(const Workflow& workflow) {
  std::string text;
  for (const auto& chapter : testing::chapters_with_states<lifecycle::WorkOrderLifecycle>()) {
    std::string name = chapter.name;
    std::ranges::replace(name, '_', ' ');
    text += fmt::format("The states of one {}:\n\n```mermaid\n{}```\n\n", name,
                        to_mermaid(workflow.transitions(), chapter.name));
  }
  return text;
}

/// What is around the tables.
constexpr std::string_view introduction = R"(# The lifecycle of a work order

Printed by a test from the tables in `lib/city/order`; do not edit.

A command is possible where a row says so and every rule of the row holds. Rows for one stage and one command are tried
from the top. The row's event is recorded with the stage it leads to, and replay reads nothing else.

**Ids.** `T01` to `T55` are the steps of the canonical lifecycle, and a letter tells apart several rows of one step. `C1`
to `C4` are what clocks ask of an order, and `P1` is its move to another version of the policy.

**Chapters.** The first table is the order's way from stage to stage. Every table below it is a chapter: what happens
beside the way and leaves the stage as it is. `while` are the stages in which its rows hold. Some chapters have states of
their own, which `from` and `to` name: a request is open or not, a unit that was summoned has arrived or has not. Where
an order can have several of a kind (assists, whistles, summonses, supervisions), the state is that of the one the
command names. In a wrong state, the refusal names the chapter as its rule.

**Profiles and automatic steps.** An order has a profile of the city's policy: by its channel, by its category, or the
city's first. A profile names commands that follow by themselves, in the same commit and as far as they are possible:
Accept, Dispatch, Acknowledge, StartWork, ConfirmResult, PassReply, PassVerification and Close. In a city without profiles
these are ConfirmResult and PassReply, so that SubmitResult leads to `verifying` at once; the rows in between are
recorded all the same. A profile without field checks goes from `handled` to `verified`. Some commands follow whatever
the profile is: the other side of a merge, the children of a split and what their parent learns of them, the report of a
major hazard, the supervision of work that fails again and again.

)";

constexpr std::string_view about_rules = R"(## Rules

A refusal names the rule and completes the sentence "the command requires that ..."; some rules tell more of the case at
hand, e.g. which units are waited for. Of several rows that say no, the one speaks that came nearest. These rules are in
no table: `role` (no role of the actor may submit the command) and `scope` (one may, but not for this order) are asked
first, `stage` (no row for the command holds in this stage) and the names of chapters (none starts from this state) come
last.

)";

constexpr std::string_view about_grants = R"(## Who may

These are the grants of a city whose policy has none. What is not granted is denied. A city's own grants take the place
of all of these, and may have a scope, which is asked once the order exists:

| scope | the actor may, if |
|---|---|
| ANY_ORDER | the role is granted, for whatever order |
| LEAD_UNIT | the role is one in the unit that leads, or in the unit below it that has the order |
| ASSIST_UNIT | the role is one in a unit that assists or was summoned |
| UNIT | either of the two |
| GRID | the order's grid lies in that of the role: `3411/05` lies in `3411` |
| OWN | the actor reported the order, in person or for someone, or handles it |

A role in a unit or grid is written `lead_department@water` or `grid_worker@3411/05`. The role `system`, for timers and
imports, may submit every command.

)";

TEST_CASE("docs/lifecycle.md is the table") {
  const auto workflow = make_work_order_workflow();
  const auto rows = workflow->transitions();
  testing::check_golden(
      "docs/lifecycle.md",
      fmt::format(
          "{}{}\n## Pictures\n\nThe order's way, without what stays where it is:\n\n```mermaid\n{}```\n\n{}{}{}\n{}{}\n"
          "Left to `system`: {}.\n",
          introduction, to_markdown(rows), to_mermaid(rows), pictures_text(*workflow), about_rules,
          testing::rules_text<lifecycle::WorkOrderLifecycle>(), about_grants, permissions_text(),
          left_to_the_system(*workflow)));
}

TEST_CASE("every command that is granted is one of the lifecycle") {
  const auto workflow = make_work_order_workflow();
  for (const auto& grant : default_grants()) {
    INFO(grant.command());
    CHECK(std::ranges::count(workflow->transitions(), grant.command(), &Transition::command) > 0);
  }
}

/// What an order answers to a sample.
std::string answer_text(const Story& order, const Sample& sample) {
  Command command = sample.command;
  command.by(machine_actor());
  const auto decided = order.workflow().decide(order.state(), command, order.context());
  if (!decided) return "refused by " + decided.error().rule();
  const Fact& fact = decided->facts.at(0);
  return fmt::format("{} -> {}", short_name(fact.type), order.workflow().stage_name(fact.stage));
}

/// `words` in lines that can be read.
std::string wrapped(std::string text, const std::vector<std::string>& words) {
  const std::string indent(5, ' ');
  std::size_t column = text.size();
  for (const auto& word : words) {
    if (column + word.size() > 116) {
      text += "\n" + indent;
      column = indent.size();
    }
    text += " " + word;
    column += word.size() + 1;
  }
  return text + "\n";
}

std::string stage_text(const Story& order) {
  return std::string(order.workflow().stage_name(order.state() ? order.state()->stage() : Stage::absent));
}

std::string matrix_of_stages(const WorkOrderPolicy& policy) {
  std::string text;
  for (auto& order : orders_in_every_stage(policy)) {
    order.at(from_micros(deadline + 1));
    text += fmt::format("in {}\n", stage_text(order));
    std::vector<std::string> elsewhere;
    for (const auto& sample : sample_commands()) {
      if (!sample.sound) continue;
      const std::string command(short_name(sample.command.type()));
      const auto answer = answer_text(order, sample);
      if (answer != "refused by stage")
        text += fmt::format("  {:<22} {}\n", command, answer);
      else if (elsewhere.empty() || elsewhere.back() != command)
        elsewhere.push_back(command);
    }
    text += wrapped("  refused by stage:", elsewhere);
  }
  return text;
}

/// What one command does in one state of a chapter: by its answers, the stages in which it answers so.
std::map<std::string, std::vector<std::string>> answers_in(const std::string& state, const Sample& sample,
                                                           const std::vector<Story>& orders) {
  std::map<std::string, std::vector<std::string>> answers;
  std::set<std::string> seen;
  for (const Story& order : orders) {
    const auto& data = order.state() ? tests::order(order) : v1::WorkOrder::default_instance();
    if (testing::chapter_state<lifecycle::WorkOrderLifecycle>(sample.command, data) != state) continue;
    const auto answer = answer_text(order, sample);
    if (answer == "refused by stage" || !seen.insert(stage_text(order)).second) continue;
    answers[answer.substr(0, answer.find(" -> "))].push_back(stage_text(order));
  }
  return answers;
}

/// Orders in every stage, then those that have something of the chapter beside.
std::vector<Story> orders_of(const std::string& chapter, const WorkOrderPolicy& policy) {
  auto orders = orders_in_every_stage(policy);
  for (const auto& standing : standings())
    if (standing.name.starts_with(chapter + " "))
      for (auto& order : orders_in(standing, policy)) orders.push_back(std::move(order));
  return orders;
}

std::string matrix_of_chapter(const testing::ChapterStates& chapter, const WorkOrderPolicy& policy) {
  const auto workflow = make_work_order_workflow(policy);
  const auto orders = orders_of(chapter.name, policy);
  std::string text = fmt::format("{}\n", chapter.name);
  for (const auto& state : chapter.states) {
    text += fmt::format("  {}\n", state);
    for (const auto& sample : sample_commands()) {
      const auto row = std::ranges::find(workflow->transitions(), sample.command.type(), &Transition::command_type);
      if (!sample.sound || row->chapter != chapter.name) continue;
      const auto answers = answers_in(state, sample, orders);
      INFO(chapter.name << " " << state << " " << row->command);
      if (row->command != "BlowWhistle" || state == "none") CHECK(!answers.empty());
      for (const auto& [answer, stages] : answers)
        text += wrapped(fmt::format("    {:<22} {:<38} in", row->command, answer), stages);
    }
  }
  return text;
}

TEST_CASE("every command in every stage either leads where it always led or is refused as it always was") {
  const auto policy = careful_city();
  std::string text = "Every command in every stage.\n\n" + matrix_of_stages(policy) +
                     "\nThe commands of every chapter in each of its states, where the stage allows them.\n\n";
  for (const auto& chapter : testing::chapters_with_states<lifecycle::WorkOrderLifecycle>())
    text += matrix_of_chapter(chapter, policy);
  testing::check_golden("tests/golden/work_order_matrix.txt", text);
}

}  // namespace
}  // namespace pavior::city::tests
