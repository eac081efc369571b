#include <sstream>

#include "pavior/testing.h"
#include "support/catch.h"

using pavior::Command;
using pavior::Context;
using pavior::Decision;
using pavior::Error;
using pavior::Event;
using pavior::Fact;
using pavior::given;
using pavior::Result;
using pavior::Stage;
using pavior::State;
using pavior::StatePtr;

namespace {

// A lamp that breaks when switched on a third time.
class Lamp final : public pavior::Workflow {
 public:
  struct Lit : State {
    std::size_t times = 0;
  };

  std::string_view name() const noexcept override { return "lamp"; }

  Result<Decision> decide(const State* state, const Command& command, const Context& context) const override {
    const auto times = state == nullptr ? 0 : static_cast<const Lit*>(state)->times;
    if (times == 2) return Error::refused("not_worn", "the lamp has been lit twice");
    return Decision{{Fact{"Lit", command.payload(), Stage{static_cast<int>(number(context.version)) + 1}}}, {}};
  }

  Result<StatePtr> evolve(StatePtr, std::span<const Event> events) const override {
    for (const auto& event : events) {
      if (event.type != "Lit") return Error(pavior::ErrorCode::corrupt, "what is this");
    }
    auto state = std::make_shared<Lit>();
    state->times = events.size();
    return StatePtr(std::move(state));
  }
};

const Lamp lamp;
const Command light({"lamp", "1"}, "Light", "60 W");
const Fact lit{"Lit", "60 W", Stage{1}};

std::string text(const pavior::Verdict& verdict) {
  std::ostringstream out;
  out << verdict;
  return out.str();
}

}  // namespace

TEST_CASE("a sentence about a workflow holds or says what was different") {
  CHECK(given(lamp).when(light).then({lit}));
  CHECK(given(lamp, {lit}).when(light).then({{"Lit", "60 W", Stage{2}}}));
  CHECK(given(lamp, {lit, lit}).when(light).refused_by("not_worn"));

  CHECK(text(given(lamp).when(light).then({lit})) == "as expected");
  CHECK(text(given(lamp).when(light).then({})) == "expected no fact, but got Lit leading to stage 1 (4 bytes)");
  CHECK(text(given(lamp).when(light).then({{"Lit", "40 W", Stage{1}}})) == "Lit has other content");
  CHECK(text(given(lamp, {lit, lit}).when(light).then({lit})) ==
        "expected Lit leading to stage 1 (4 bytes), but it was refused by 'not_worn': the lamp has been lit twice");
  CHECK(text(given(lamp, {lit, lit}).when(light).refused_by("dark")) ==
        "expected a refusal by 'dark', but it was refused by 'not_worn': the lamp has been lit twice");
  CHECK(text(given(lamp, {{"Dimmed", "", Stage{1}}}).when(light).refused_by("dark")) ==
        "expected a refusal by 'dark', but it was corrupt: what is this");
  CHECK(text(given(lamp).when(light).refused_by("dark")) ==
        "expected a refusal by 'dark', but got Lit leading to stage 1 (4 bytes)");
}
