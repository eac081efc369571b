#include "timers/alarms.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <unordered_set>
#include <utility>

#include "fmt/core.h"
#include "support/arguments.h"
#include "support/orders.h"

namespace pavior::bench {
namespace alarms {
namespace {

constexpr Stage stage{1};
constexpr std::array<std::string_view, alarms_max> alarm_names = {"deadline", "reminder", "response", "visit"};

std::string bytes_of(Time due) {
  const std::int64_t number = due.time_since_epoch().count();
  std::string bytes(sizeof number, '\0');
  std::memcpy(bytes.data(), &number, sizeof number);
  return bytes;
}

Time due_of(std::string_view bytes) {
  std::int64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return Time(std::chrono::microseconds(number));
}

struct Idle final : State {
  void lead_to(Stage next) { stage_ = next; }
};

struct Alarms final : Workflow {
  std::string_view name() const noexcept override { return "alarms"; }

  Result<Decision> decide(const State*, const Command& command, const Context&) const override {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> facts = {{{"bench.Arm", "bench.Armed"},
                                                                                     {"bench.Disarm", "bench.Disarmed"},
                                                                                     {"bench.Ring", rang_type},
                                                                                     {"bench.Note", "bench.Noted"}}};
    for (const auto& [type, fact] : facts) {
      if (command.type() != type) continue;
      Decision decision;
      decision.facts.push_back({std::string(fact), command.payload(), stage});
      return decision;
    }
    return Error(ErrorCode::invalid, "alarms know no command " + command.type());
  }

  Result<StatePtr> evolve(StatePtr before, std::span<const Event> events) const override {
    if (before) return before;
    auto state = std::make_shared<Idle>();
    state->lead_to(events.back().stage);
    return StatePtr(std::move(state));
  }

  Reaction react(const State&, const Event& event) const override {
    Reaction reaction;
    if (event.type == "bench.Armed") {
      for (std::size_t i = 0; (i + 1) * sizeof(std::int64_t) <= event.payload.size(); ++i) {
        const Time due = due_of(event.payload.substr(i * sizeof(std::int64_t)));
        reaction.arm.push_back(
            {std::string(alarm_names.at(i)), due, "bench.Ring", bytes_of(due) + static_cast<char>(i)});
      }
    } else if (event.type == "bench.Disarmed") {
      reaction.disarm_all = event.payload.empty();
      for (const char alarm : event.payload)
        reaction.disarm.emplace_back(alarm_names.at(static_cast<std::size_t>(alarm)));
    }
    return reaction;
  }
};

}  // namespace

std::shared_ptr<const Workflow> make_workflow() { return std::make_shared<Alarms>(); }

StreamId stream(std::string_view group, std::uint64_t number) {
  return {"alarms", fmt::format("{}-{:09}", group, number)};
}

Command arm(StreamId stream, const std::vector<Time>& dues) {
  std::string payload;
  for (const Time due : dues) payload += bytes_of(due);
  return {std::move(stream), "bench.Arm", std::move(payload)};
}
Command disarm(StreamId stream, std::size_t alarm) {
  return {std::move(stream), "bench.Disarm", std::string(1, static_cast<char>(alarm))};
}
Command disarm(StreamId stream) { return {std::move(stream), "bench.Disarm", ""}; }
Command note(StreamId stream) { return {std::move(stream), "bench.Note", ""}; }

Rang parse_rang(const Event& event) {
  return {due_of(event.payload), static_cast<std::size_t>(event.payload[sizeof(std::int64_t)])};
}

}  // namespace alarms

Options engine_options(Durability durability) {
  Options options = Orders::options();
  options.workflows.push_back(alarms::make_workflow());
  options.durability = durability;
  return options;
}

std::string_view text_of(Durability durability) {
  return durability == Durability::power_loss ? "power_loss" : "process_crash";
}

std::vector<std::uint32_t> lateness_us(const Engine& engine, Position from, std::uint64_t expected) {
  std::vector<std::uint32_t> late;
  late.reserve(expected);
  std::unordered_set<std::string> rung;
  (void)or_give_up(engine.read(from, [&](const Event& event) {
    if (event.type != alarms::rang_type) return true;
    const alarms::Rang rang = alarms::parse_rang(event);
    if (event.time < rang.due) give_up(Error(ErrorCode::corrupt, "an alarm rang early: " + event.stream().text()));
    if (!rung.insert(fmt::format("{}#{}", event.key, rang.alarm)).second)
      give_up(Error(ErrorCode::corrupt, "an alarm rang twice: " + event.stream().text()));
    late.push_back(static_cast<std::uint32_t>((event.time - rang.due).count()));
    return true;
  }));
  if (late.size() != expected)
    give_up(Error(ErrorCode::corrupt, fmt::format("{} alarms rang, not {}", late.size(), expected)));
  std::ranges::sort(late);
  return late;
}

}  // namespace pavior::bench
