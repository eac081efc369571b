/// \file
/// A small workflow that asks for a category: sure answers count, unsure ones and none go to a person, and what a person
/// says counts beside them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pavior/city/classifier.h"
#include "pavior/proto.h"
#include "pavior/testing.h"
#include "support/catch.h"
#include "support/store_folder.h"

namespace pavior::city::tests {

inline constexpr Stage asked{1};
inline constexpr Stage classified{2};
inline constexpr Stage left_to_person{3};
inline constexpr Stage decided{4};  ///< By a person.

inline constexpr double sure = 0.8;

struct IntakeState final : State {
  void enter(Stage stage) { stage_ = stage; }
};

/// Commands: `Ask` with a request, `Decide` with a category, and those of the courier.
class Intake final : public Workflow {
 public:
  [[nodiscard]] std::string_view name() const noexcept override { return "intake"; }

  [[nodiscard]] Result<Decision> decide(const State* state, const Command& command, const Context&) const override {
    const auto type = short_name(command.type());
    if (type == "Ask") return one("Asked", command.payload(), asked);
    if (type == "Decide") return one("Decided", command.payload(), decided);
    if (state->stage() != asked) return Error::refused("is_asked", "nobody asks for a category any more");
    if (type == "GiveUpClassification") return one("GivenUp", "", left_to_person);
    const auto record = unpack<v1::RecordClassification>(command.type(), command.payload());
    if (!record) return record.error();
    const auto& answer = record->classification();
    return one("Classified", answer.SerializeAsString(), answer.confidence() >= sure ? classified : left_to_person);
  }

  [[nodiscard]] Result<StatePtr> evolve(StatePtr, std::span<const Event> events) const override {
    auto next = std::make_shared<IntakeState>();
    next->enter(events.back().stage);
    return StatePtr(std::move(next));
  }

  [[nodiscard]] Reaction react(const State&, const Event& event) const override {
    Reaction reaction;
    v1::ClassificationRequest request;
    if (event.type == "Asked" && parse(event.payload, request))
      reaction.effects.push_back(classification_effect(request));
    return reaction;
  }

 private:
  static Result<Decision> one(std::string type, std::string payload, Stage stage) {
    Decision decision;
    decision.facts.push_back({std::move(type), std::move(payload), stage});
    return decision;
  }
};

inline const StreamId report("intake", "1");

inline Command ask(const std::string& title, const StreamId& stream = report) {
  v1::ClassificationRequest request;
  request.set_title(title);
  return {stream, "Ask", request.SerializeAsString()};
}

inline v1::Classification answer_of(const std::string& category, double confidence) {
  v1::Classification answer;
  answer.set_category(category);
  answer.set_confidence(confidence);
  answer.set_model("model");
  answer.set_model_version("7");
  return answer;
}

}  // namespace pavior::city::tests
