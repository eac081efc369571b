#include <algorithm>

#include "fmt/format.h"
#include "pavior/testing.h"

namespace pavior::inline v0 {
namespace {

std::string describe(const Fact& fact) {
  return fmt::format("{} leading to stage {} ({} bytes)", fact.type, number(fact.stage), fact.payload.size());
}

std::string describe(const std::vector<Fact>& facts) {
  if (facts.empty()) return "no fact";
  std::string text;
  for (const auto& fact : facts) text += (text.empty() ? "" : ", ") + describe(fact);
  return text;
}

std::string describe(const Error& error) {
  const auto rule = error.rule().empty() ? "" : fmt::format(" by '{}'", error.rule());
  return fmt::format("{}{}: {}", to_string(error.code()), rule, error.message());
}

bool same(const Fact& a, const Fact& b) { return a.type == b.type && a.payload == b.payload && a.stage == b.stage; }

}  // namespace

Verdict Outcome::then(const std::vector<Fact>& facts) const {
  if (!decision_) return Verdict("expected " + describe(facts) + ", but it was " + describe(decision_.error()));
  const auto& actual = decision_->facts;
  if (facts.size() == actual.size()) {
    const auto [wanted, got] = std::mismatch(facts.begin(), facts.end(), actual.begin(), same);
    if (wanted == facts.end()) return {};
    if (wanted->type == got->type && wanted->stage == got->stage) return Verdict(wanted->type + " has other content");
  }
  return Verdict("expected " + describe(facts) + ", but got " + describe(actual));
}

Verdict Outcome::refused_by(std::string_view rule) const {
  if (decision_)
    return Verdict(fmt::format("expected a refusal by '{}', but got {}", rule, describe(decision_->facts)));
  const auto& error = decision_.error();
  if (error.code() == ErrorCode::refused && error.rule() == rule) return {};
  return Verdict(fmt::format("expected a refusal by '{}', but it was {}", rule, describe(error)));
}

Outcome Given::when(const Command& command) const {
  std::vector<Event> events;
  for (const auto& fact : facts_) {
    Event event;
    event.position = Position{events.size() + 1};
    event.version = Version{events.size() + 1};
    event.stage = fact.stage;
    event.time = now_;
    event.workflow = command.stream().workflow();
    event.key = command.stream().key();
    event.type = fact.type;
    event.payload = fact.payload;
    events.push_back(event);
  }
  const Context context{.now = now_, .version = Version{events.size()}};
  if (events.empty()) return Outcome(workflow_.decide(nullptr, command, context));
  const auto state = workflow_.evolve(nullptr, events);
  if (!state) return Outcome(state.error());
  return Outcome(workflow_.decide(state->get(), command, context));
}

}  // namespace pavior::inline v0
