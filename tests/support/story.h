/// \file
/// A stream told fact by fact, without a store; what a command then does, as one line of text.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "pavior/proto.h"
#include "pavior/workflow.h"
#include "support/catch.h"

namespace pavior::testing {

/// `Dispatched{lead: "roads"}`.
inline std::string message_text(const std::string& type, const std::string& payload) {
  namespace pb = google::protobuf;
  const auto* descriptor = pb::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  REQUIRE(descriptor != nullptr);
  const std::unique_ptr<pb::Message> message(pb::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
  REQUIRE(message->ParseFromString(payload));
  pb::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  std::string fields;
  REQUIRE(printer.PrintToString(*message, &fields));
  if (!fields.empty()) fields.pop_back();  // A trailing space.
  return std::string(short_name(type)) + "{" + fields + "}";
}

/// `Dispatched{lead: "roads"} -> dispatched`, or `refused by has_reason: Void requires that a reason is given`.
inline std::string decision_text(const Workflow& workflow, const Result<Decision>& result) {
  if (!result) {
    const Error& error = result.error();
    const std::string by = error.rule().empty() ? "" : " by " + error.rule();
    return std::string(to_string(error.code())) + by + ": " + error.message();
  }
  std::string text;
  for (const Fact& fact : result->facts) {
    if (!text.empty()) text += "; ";
    text += message_text(fact.type, fact.payload) + " -> " + std::string(workflow.stage_name(fact.stage));
  }
  for (const Command& command : result->follow_ups)
    text += "; then " + command.stream().text() + " " + message_text(command.type(), command.payload());
  return text;
}

/// A stream, as its facts so far made it.
class Story {
 public:
  Story(std::shared_ptr<const Workflow> workflow, StreamId stream)
      : workflow_(std::move(workflow)), stream_(std::move(stream)) {}

  Story& at(Time now) { return now_ = now, *this; }
  Story& by(Actor actor) { return actor_ = std::move(actor), *this; }

  /// One more fact, at the present time.
  template <Message Fact>
  Story& fact(const Fact& message, Stage stage) {
    auto next = fold({message_type<Fact>(), message.SerializeAsString(), stage});
    REQUIRE(next);
    return *this;
  }

  template <Message C>
  [[nodiscard]] Result<Decision> decide(const C& message) const {
    return workflow_->decide(state_.get(), make_command(stream_, message).by(actor_), context());
  }

  template <Message C>
  [[nodiscard]] std::string when(const C& message) const {
    return decision_text(*workflow_, decide(message));
  }

  /// Decides and folds; the facts' reactions are joined.
  template <Message C>
  Reaction happens(const C& message) {
    const auto decision = decide(message);
    INFO(decision_text(*workflow_, decision));
    REQUIRE(decision);
    Reaction all;
    for (const pavior::Fact& fact : decision->facts) {
      REQUIRE(fold(fact));
      all = workflow_->react(*state_, event_of(fact));
    }
    return all;
  }

  Result<void> fold(const pavior::Fact& fact) {
    auto next = workflow_->evolve(state_, std::vector<Event>{event_of(fact)});
    if (!next) return std::move(next).error();
    state_ = *next;
    version_ = version_ + 1;
    return {};
  }

  [[nodiscard]] const State* state() const { return state_.get(); }
  [[nodiscard]] const Workflow& workflow() const { return *workflow_; }
  [[nodiscard]] const StreamId& stream() const { return stream_; }
  [[nodiscard]] const Actor& actor() const { return actor_; }
  [[nodiscard]] Context context() const { return {now_, version_}; }

  [[nodiscard]] Event event_of(const pavior::Fact& fact) const {
    Event event;
    event.position = Position{number(version_) + 1};
    event.version = version_ + 1;
    event.stage = fact.stage;
    event.time = now_;
    event.workflow = stream_.workflow();
    event.key = stream_.key();
    event.type = fact.type;
    event.payload = fact.payload;
    event.actor = actor_.id();
    event.principal = actor_.principal();
    return event;
  }

 private:
  std::shared_ptr<const Workflow> workflow_;
  StreamId stream_;
  Actor actor_;
  Time now_{};
  Version version_{};
  StatePtr state_;
};

/// `Open yes; Shut blocked by has_key`.
inline std::string possibilities_text(const Story& given, const Actor& actor) {
  std::string text;
  for (const auto& possible : given.workflow().possibilities(given.state(), actor, given.context())) {
    using Answer = Possibility::Answer;
    text += (text.empty() ? "" : "; ") + possible.command;
    text += possible.answer == Answer::yes       ? " yes"
            : possible.answer == Answer::depends ? " depends on"
                                                 : " blocked by";
    for (const auto& rule : possible.rules) text += " " + rule;
  }
  return text;
}

}  // namespace pavior::testing
