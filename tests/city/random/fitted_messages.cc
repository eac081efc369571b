#include <algorithm>
#include <chrono>
#include <string>

#include "city/random/random_commands.h"
#include "pavior/city/clock.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/proto.h"

namespace pavior::city::tests {
namespace {

namespace pb = google::protobuf;

template <class M>
M* as(pb::Message& message) {
  return message.GetDescriptor() == M::descriptor() ? static_cast<M*>(&message) : nullptr;
}

/// Says a command as the order's state asks for.
class Fitting {
 public:
  Fitting(const Policy& policy, const v1::WorkOrder& order, Time now, std::uint64_t number)
      : policy_(policy), order_(order), now_(now), number_(number) {}

  void of_class(pb::Message& message) const {
    if (auto* command = as<v1::Report>(message); command != nullptr && number_ % 8 != 0)
      command->clear_alert();  // Few are a sensor's.
    if (auto* command = as<v1::Accept>(message)) {
      command->set_condition(condition_of(command->category()));
      if (command->deadline() != 0) command->set_deadline(later(20'000));
    }
    if (auto* command = as<v1::Reclassify>(message))
      command->set_condition(condition_of(command->category().empty() ? order_.category() : command->category()));
    if (auto* command = as<v1::Reopen>(message); command != nullptr && command->deadline() != 0)
      command->set_deadline(later(20'000));
    if (auto* command = as<v1::CompleteMilestone>(message))
      if (const auto* condition = policy_.condition(order_.category(), order_.condition()))
        for (const auto& milestone : condition->milestones())
          if (std::ranges::find(order_.milestones(), milestone.name()) == order_.milestones().end())
            return command->set_milestone(milestone.name());
  }

  void of_requests(pb::Message& message) const {
    if (auto* command = as<v1::RequestSuspension>(message); command != nullptr && command->until() != 0)
      command->set_until(later(9'000));
    if (auto* command = as<v1::ApproveSuspension>(message)) command->set_until(0);
    if (auto* command = as<v1::RequestJoint>(message)) keep_different(*command->mutable_units());
    if (auto* command = as<v1::BlowWhistle>(message)) keep_different(*command->mutable_targets());
    if (auto* command = as<v1::Dispatch>(message); command != nullptr && command->no_responsible_body())
      command->clear_lead();
    if (auto* command = as<v1::Dispatch>(message)) keep_one_assist(*command);
    if (auto* command = as<v1::Redispatch>(message)) keep_one_assist(*command);
  }

  void of_helpers(pb::Message& message) const {
    if (auto* command = as<v1::CompleteAssist>(message)) set_assist(*command);
    if (auto* command = as<v1::ExcuseAssist>(message)) set_assist(*command);
    if (auto* command = as<v1::ReportIn>(message)) set_target(*command);
    if (auto* command = as<v1::ExcuseTarget>(message)) set_target(*command);
    if (auto* command = as<v1::ConcludeWhistle>(message))
      for (const auto& whistle : order_.whistles())
        if (whistle.concluded_at() == 0) command->set_whistle(whistle.number());
    if (auto* command = as<v1::AnswerSupervision>(message))
      for (const auto& supervision : order_.supervisions())
        if (supervision.answered_at() == 0) command->set_cause(supervision.cause());
  }

  void of_clocks(pb::Message& message) const {
    if (auto* command = as<v1::Exempt>(message)) set_clock(*command, [](const auto& clock) { return missed(clock); });
    if (auto* command = as<v1::Appeal>(message)) set_clock(*command, [](const auto& clock) { return missed(clock); });
    if (auto* command = as<v1::RecountClock>(message))
      set_clock(*command, [](const auto& clock) { return is_open(clock); });
    if (auto* command = as<v1::RingClock>(message))
      set_clock(*command, [](const auto& clock) { return is_open(clock); });
    if (auto* command = as<v1::BreachDeadline>(message)) command->set_deadline(order_.deadline());
  }

  /// Parts have keys of their own, so that only a split makes an order of that name.
  void of_kin(pb::Message& message, const std::string& key) const {
    if (auto* command = as<v1::Split>(message)) {
      if (command->parts().empty()) return;
      v1::Part part = command->parts(0);
      part.set_key(key + std::to_string(order_.children_size() + 1));
      if (number_ % 2 == 0) part.clear_category();
      part.set_condition(part.category().empty() ? "" : condition_of(part.category()));
      command->clear_parts();
      *command->add_parts() = part;
    }
    if (auto* command = as<v1::Migrate>(message)) {
      command->mutable_to()->set_id(policy_.data().id());
      command->mutable_to()->set_version(order_.policy().version() == 1 ? 2 : 1);
    }
  }

 private:
  [[nodiscard]] std::int64_t later(std::uint64_t minutes_most) const {
    return to_micros(now_ + std::chrono::minutes(1 + number_ % minutes_most));
  }

  [[nodiscard]] std::string condition_of(const std::string& category) const {
    const auto* minor = policy_.category(category);
    if (minor == nullptr || minor->conditions().empty()) return "";
    return minor->conditions(static_cast<int>(number_ % static_cast<std::uint64_t>(minor->conditions_size()))).code();
  }

  static void keep_different(pb::RepeatedPtrField<std::string>& words) {
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
  }

  /// Several would seldom be different.
  void keep_one_assist(auto& command) const {
    if (number_ % 3 != 0) return command.clear_assists();
    while (command.assists_size() > 1) command.mutable_assists()->RemoveLast();
  }

  void set_assist(auto& command) const {
    for (const auto& assist : order_.assists())
      if (assist.state() == v1::Assist::WORKING) command.set_unit(assist.unit());
  }

  void set_target(auto& command) const {
    for (const auto& whistle : order_.whistles())
      for (const auto& target : whistle.targets()) {
        if (whistle.concluded_at() != 0 || target.state() != v1::Whistle::Target::SUMMONED) continue;
        command.set_whistle(whistle.number());
        command.set_unit(target.unit());
      }
  }

  void set_clock(auto& command, auto fits) const {
    for (const auto& clock : order_.clocks()) {
      if (!fits(clock)) continue;
      command.set_clock(clock.name());
      command.set_instance(clock.instance());
    }
  }

  const Policy& policy_;
  const v1::WorkOrder& order_;
  Time now_;
  std::uint64_t number_;
};

}  // namespace

void RandomCommands::fit(pb::Message& message, const v1::WorkOrder& order, const std::string& key, Time now) {
  if (one_in(30)) return;
  const Fitting fitting(city_.policies.front(), order, now, numbers_());
  fitting.of_class(message);
  fitting.of_requests(message);
  fitting.of_helpers(message);
  fitting.of_clocks(message);
  fitting.of_kin(message, key);
}

}  // namespace pavior::city::tests
