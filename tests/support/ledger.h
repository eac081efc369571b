/// \file
/// A small workflow written by hand, with everything an engine must handle: accounts that receive, pay, transfer to
/// each other, wait and send letters. Commands and facts are plain words: `Deposit 5`.
#pragma once

#include <charconv>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/engine.h"

namespace pavior::test {

struct Account final : State {
  std::int64_t balance = 0;
  std::int64_t nudges = 0;
  bool closed = false;
  void set_stage(Stage stage) { stage_ = stage; }
};

inline constexpr Stage open_stage{1};
inline constexpr Stage closed_stage{2};

/// The words of a payload.
inline std::vector<std::string> words(std::string_view payload) {
  std::vector<std::string> out(1);
  for (const char c : payload) {
    if (c == ' ')
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

class Ledger final : public Workflow {
 public:
  std::string_view name() const noexcept override { return "ledger"; }

  Result<Decision> decide(const State* state, const Command& command, const Context& context) const override {
    const auto* account = static_cast<const Account*>(state);
    const auto arguments = words(command.payload());
    const std::string& type = command.type();
    if (type == "Throw") throw std::runtime_error("the host's own trouble");
    if (type == "Huge") return one("Deposited", std::string(std::stoul(arguments[0]), '1'));
    if (account != nullptr && account->closed) return Error::refused("stage", "the account is closed");
    if (type == "Deposit") return one("Deposited", command.payload());
    if (account == nullptr) return Error::refused("stage", "there is no account");
    if (type == "Withdraw" || type == "Transfer") {
      const std::string& amount = arguments[0];
      if (account->balance < std::stoll(amount)) return Error::refused("has_funds", "the balance is too small");
      auto decision = one("Withdrawn", amount);
      if (type == "Transfer") decision->follow_ups.emplace_back(StreamId("ledger", arguments[1]), "Deposit", amount);
      return decision;
    }
    if (type == "Wait") return one("Waiting", command.payload());
    if (type == "Nudge") {
      if (account->nudges == 3) return Error::refused("patience", "nudged often enough");
      return one("Nudged", std::to_string(context.now.time_since_epoch().count()));
    }
    if (type == "Send") return one("Sent", command.payload());
    if (type == "Undeliverable") return one("Returned", command.payload());
    if (type == "Close") return one("Closed", "", closed_stage);
    if (type == "Unfit") return one("Unfit", "");
    return Error(ErrorCode::invalid, "a ledger knows no command '" + type + "'");
  }

  Result<StatePtr> evolve(StatePtr before, std::span<const Event> events) const override {
    auto next = before ? std::make_shared<Account>(static_cast<const Account&>(*before)) : std::make_shared<Account>();
    for (const Event& event : events) {
      next->set_stage(event.stage);
      if (event.type == "Deposited")
        next->balance += number_of(event.payload);
      else if (event.type == "Withdrawn")
        next->balance -= number_of(event.payload);
      else if (event.type == "Nudged")
        ++next->nudges;
      else if (event.type == "Closed")
        next->closed = true;
      else if (event.type == "Unfit")
        return Error(ErrorCode::corrupt, "an Unfit fact fits nowhere");
    }
    return StatePtr(std::move(next));
  }

  /// `Wait NAME MICROSECONDS` arms a timer, `Send TOPIC TEXT` writes a letter; closing disarms all.
  Reaction react(const State&, const Event& event) const override {
    Reaction reaction;
    const auto arguments = words(event.payload);
    if (event.type == "Waiting")
      reaction.arm.push_back({arguments[0], Time(std::chrono::microseconds(std::stoll(arguments[1]))), "Nudge", ""});
    if (event.type == "Sent")
      reaction.effects.push_back({arguments[0], "Letter", arguments[1], "Undeliverable", arguments[1]});
    reaction.disarm_all = event.type == "Closed";
    return reaction;
  }

 private:
  static Result<Decision> one(std::string type, std::string payload, Stage stage = open_stage) {
    Decision decision;
    decision.facts.push_back({std::move(type), std::move(payload), stage});
    return decision;
  }
  static std::int64_t number_of(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
};

inline Command to(std::string account, std::string type, std::string payload = "") {
  return Command(StreamId("ledger", std::move(account)), std::move(type), std::move(payload));
}

inline std::int64_t balance(const Snapshot& snapshot) { return static_cast<const Account&>(*snapshot.state).balance; }
inline std::int64_t nudges(const Snapshot& snapshot) { return static_cast<const Account&>(*snapshot.state).nudges; }

}  // namespace pavior::test
