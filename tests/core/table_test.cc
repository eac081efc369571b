#include "door.h"
#include "pavior/diagram.h"
#include "pavior/row_walker.h"
#include "support/catch.h"
#include "support/story.h"

namespace pavior::tests {
namespace {

using testing::message_text;
using testing::possibilities_text;
using testing::Story;

template <class M>
M with_key(const char* key) {
  M message;
  message.set_key(key);
  return message;
}

Story door() { return {make_door_workflow(), StreamId("door", "front")}; }

Story shut_door() { return door().fact(with_key<Built>("brass"), shut::number); }

TEST_CASE("a command records the fact of its row") {
  CHECK(door().when(with_key<Build>("brass")) == "Built{key: \"brass\"} -> shut");
  CHECK(shut_door().when(with_key<Open>("brass")) == "Opened{times: 1} -> open");
}

TEST_CASE("a rule that does not hold is named with its explanation") {
  CHECK(shut_door().when(with_key<Open>("lead")) == "refused by fits: Open requires that the key fits");
}

TEST_CASE("rules are asked from the left") {
  Opened twice;
  twice.set_times(2);
  auto worn = shut_door().fact(twice, open::number).fact(Closed(), shut::number);
  CHECK(worn.when(with_key<Open>("lead")) == "refused by fits: Open requires that the key fits");
  CHECK(worn.when(with_key<Open>("brass")) ==
        "refused by not_worn_out: Open requires that it is not so that the door was opened twice");
}

TEST_CASE("a command in the wrong stage is told where it is possible") {
  CHECK(door().when(Shut()) == "refused by stage: Shut is not possible in stage absent, only in open");
  CHECK(door().when(Brick()) == "refused by stage: Brick is not possible in stage absent, only in shut, open");
  const auto bricked = shut_door().fact(Bricked(), wall::number);
  CHECK(bricked.when(Brick()) == "refused by stage: Brick is not possible in stage wall, only in shut, open");
}

TEST_CASE("an unknown command and garbage bytes are invalid, not refused") {
  const auto workflow = make_door_workflow();
  const auto decide = [&](std::string type, std::string payload) {
    const Command command(StreamId("door", "front"), std::move(type), std::move(payload));
    return testing::decision_text(*workflow, workflow->decide(nullptr, command, {}));
  };
  CHECK(decide("pavior.tests.Kick", "") == "invalid: door has no command \"pavior.tests.Kick\"");
  CHECK(decide("", "") == "invalid: door has no command \"\"");
  CHECK(decide("pavior.tests.Build", "\xff\xff\xff") ==
        "invalid: the 3 bytes of the payload are not a pavior.tests.Build");
}

TEST_CASE("what is possible now is told per command, in the order of the table") {
  const Actor nobody;
  CHECK(possibilities_text(door(), nobody) == "Build yes");
  CHECK(possibilities_text(shut_door(), nobody) == "Open depends on fits; Brick yes");
  Opened twice;
  twice.set_times(2);
  const auto worn = shut_door().fact(twice, open::number).fact(Closed(), shut::number);
  CHECK(possibilities_text(worn, nobody) == "Open blocked by not_worn_out; Brick yes");
  CHECK(possibilities_text(shut_door().fact(Bricked(), wall::number), nobody).empty());
}

TEST_CASE("folding takes the stage from the fact and leaves the state before untouched") {
  auto workflow = make_door_workflow();
  const auto before = shut_door();
  Story after = before;
  after.fact(Opened(), open::number);
  CHECK(before.state()->stage() == shut::number);
  CHECK(after.state()->stage() == open::number);
  CHECK(state_data<Door>(*after.state())->key() == "brass");
}

TEST_CASE("a state that nobody else can see is folded in place") {
  const auto workflow = make_door_workflow();
  const auto given = shut_door();
  const Fact opened = make_fact(Opened(), open::number);
  StatePtr state = workflow->evolve(nullptr, std::vector{given.event_of(make_fact(Built(), shut::number))}).value();
  const State* place = state.get();
  state = workflow->evolve(std::move(state), std::vector{given.event_of(opened)}).value();
  CHECK(state.get() == place);
  CHECK(state->stage() == open::number);
}

TEST_CASE("folding no events gives back the state, null for a stream without any") {
  CHECK(make_door_workflow()->evolve(nullptr, {}).value() == nullptr);
}

TEST_CASE("an event that only old streams hold is still folded") {
  auto given = shut_door().fact(Painted(), shut::number);
  CHECK(state_data<Door>(*given.state())->painted());
  CHECK(given.state()->stage() == shut::number);
}

TEST_CASE("an event that cannot belong here is corrupt, and the error says where it lies") {
  auto given = shut_door();
  const auto fold = [&](pavior::Fact fact) {
    const auto result = given.fold(fact);
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::corrupt);
    return result.error().message();
  };
  CHECK(fold({"pavior.tests.Kicked", "", open::number}) ==
        "door/front version 2 (position 2): pavior.tests.Kicked from stage shut to open: door has no such event");
  CHECK(fold({"pavior.tests.Closed", "", shut::number}) ==
        "door/front version 2 (position 2): pavior.tests.Closed from stage shut to shut: door has no such transition");
  CHECK(fold({"pavior.tests.Opened", "", Stage{9}}) ==
        "door/front version 2 (position 2): pavior.tests.Opened from stage shut to number 9: door has no such "
        "transition");
  CHECK(fold({"pavior.tests.Opened", "\xff", open::number}) ==
        "door/front version 2 (position 2): pavior.tests.Opened from stage shut to open: its 1 bytes are not such a "
        "message");
}

TEST_CASE("the walker and the machine answer alike for the door") {
  const auto walked = machine::make_walked_workflow<DoorLifecycle>();
  const auto shut_state = shut_door();
  for (const char* key : {"brass", "lead"}) {
    const Command command = make_command(StreamId("door", "front"), with_key<Open>(key));
    CHECK(testing::decision_text(*walked, walked->decide(shut_state.state(), command, {})) ==
          shut_state.when(with_key<Open>(key)));
  }
}

TEST_CASE("a table is printed as Markdown, Mermaid and Graphviz") {
  const auto workflow = make_door_workflow();
  CHECK(to_markdown(workflow->transitions()) ==
        "| from | command | when | event | to |\n"
        "|---|---|---|---|---|\n"
        "| absent | Build | always | Built | shut |\n"
        "| shut | Open | fits, not_worn_out | Opened | open |\n"
        "| open | Shut | always | Closed | shut |\n"
        "| shut, open | Brick | worn_out_or_not_worn_out | Bricked | wall |\n");
  CHECK(to_mermaid(workflow->transitions()) ==
        "stateDiagram-v2\n"
        "  [*] --> shut : Build\n"
        "  shut --> open : Open\n"
        "  open --> shut : Shut\n"
        "  shut --> wall : Brick\n"
        "  open --> wall : Brick\n");
  CHECK(to_graphviz(workflow->transitions()) ==
        "digraph lifecycle {\n"
        "  node [shape=box, style=rounded];\n"
        "  \"absent\" [shape=point];\n"
        "  \"absent\" -> \"shut\" [label=\"Build\"];\n"
        "  \"shut\" -> \"open\" [label=\"Open\"];\n"
        "  \"open\" -> \"shut\" [label=\"Shut\"];\n"
        "  \"shut\" -> \"wall\" [label=\"Brick\"];\n"
        "  \"open\" -> \"wall\" [label=\"Brick\"];\n"
        "}\n");
}

}  // namespace
}  // namespace pavior::tests
