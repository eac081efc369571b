#include "scenario/expectations.h"

#include <algorithm>

#include "fmt/format.h"
#include "pavior/proto.h"
#include "text/event_text.h"

namespace pavior::scenario {
namespace {

using city::v1::Clock;

const Clock* find(const city::v1::WorkOrder& order, const ClockName& wanted) {
  const Clock* found = nullptr;
  for (const Clock& clock : order.clocks())
    if (clock.name() == wanted.name && (wanted.instance == 0 || clock.instance() == wanted.instance)) found = &clock;
  return found;
}

std::string text(const ClockName& name) {
  return name.instance == 0 ? name.name : fmt::format("{}#{}", name.name, name.instance);
}

std::string standing(const Clock& clock) {
  switch (clock.phase()) {
    case Clock::RUNNING: return "running";
    case Clock::PAUSED: return "paused";
    case Clock::STOPPED: return clock.met() ? "stopped met" : "stopped late";
    default: return "cancelled";
  }
}

std::vector<std::string> marks(const Clock& clock) {
  std::vector<std::string> marks;
  if (clock.breached_at() != 0) marks.emplace_back("breached");
  if (!clock.exemption().empty()) marks.emplace_back("exempt");
  return marks;
}

std::string line_text(const std::string& standing, const std::vector<std::string>& marks,
                      const std::optional<std::string>& due) {
  return fmt::format("{}{}{}{}", standing, marks.empty() ? "" : " ", fmt::join(marks, " "), due ? " due " + *due : "");
}

std::string event_text(const std::string& name, const std::optional<Time>& time, const std::string& actor,
                       const cli::CityClock& clock) {
  return fmt::format("{}{}{}{}", time ? time_text(*time, clock) + ' ' : "", name, actor.empty() ? "" : " by ", actor);
}

std::string events_text(const std::vector<std::string>& events) {
  return events.empty() ? "none" : fmt::format("{}", fmt::join(events, " "));
}

// Whether the notice begins as it is told and has all the pieces.
bool says(const Notice& notice, const WantedNotice& wanted) {
  return notice.head == wanted.head && std::ranges::all_of(wanted.pieces, [&](const std::string& piece) {
           return notice.rest.find(piece) != std::string::npos;
         });
}

std::string text(const WantedNotice& notice) {
  return notice.pieces.empty() ? notice.head : fmt::format("{}: {}", notice.head, fmt::join(notice.pieces, ", "));
}

}  // namespace

Verdict Expectations::check(std::size_t line, const ExpectOrder& expected) const {
  const auto order = world_.order(expected.order);
  if (!order) return Failure{line, order.error().message()};
  if (*order == nullptr) return Failure{line, fmt::format("expected an order {}, there is none", expected.order)};
  const auto difference = first_difference(expected.wanted, **order, clock_);
  if (!difference) return std::nullopt;
  return Failure{difference->line, fmt::format("expected {} of {} to be {}, was {}", difference->field, expected.order,
                                               difference->wanted, difference->was)};
}

Verdict Expectations::check(std::size_t line, const ExpectStage& expected) const {
  const auto snapshot = world_.engine().load(city::work_order_id(expected.order));
  if (!snapshot)
    return Failure{line,
                   fmt::format("expected {} to be {}, {}", expected.order, expected.stage, snapshot.error().message())};
  const auto stage = cli::stage_text(world_.engine(), city::work_order_workflow, snapshot->stage);
  if (stage == expected.stage) return std::nullopt;
  return Failure{line, fmt::format("expected {} to be {}, was {}", expected.order, expected.stage, stage)};
}

Verdict Expectations::check(std::size_t line, const ExpectNoOrder& expected) const {
  const auto order = world_.order(expected.order);
  if (!order) return Failure{line, order.error().message()};
  if (*order == nullptr) return std::nullopt;
  return Failure{line, fmt::format("expected no order {}, there is one", expected.order)};
}

Verdict Expectations::check(std::size_t line, const ExpectClock& expected) const {
  const auto order = world_.order(expected.order);
  if (!order) return Failure{line, order.error().message()};
  const auto* clock = *order == nullptr ? nullptr : find(**order, expected.clock);
  const auto name = fmt::format("the clock {} of {}", text(expected.clock), expected.order);
  const auto wanted = line_text(expected.standing, expected.marks,
                                expected.due ? std::optional(time_text(*expected.due, clock_)) : std::nullopt);
  if (clock == nullptr) return Failure{line, fmt::format("expected {} to be {}, there is none", name, wanted)};
  const auto due = from_micros(clock->course().due());
  const auto has = marks(*clock);
  const bool as_told =
      standing(*clock) == expected.standing && (!expected.due || *expected.due == due) &&
      std::ranges::all_of(expected.marks, [&](const auto& mark) { return std::ranges::find(has, mark) != has.end(); });
  if (as_told) return std::nullopt;
  return Failure{line, fmt::format("expected {} to be {}, was {}", name, wanted,
                                   line_text(standing(*clock), has, time_text(due, clock_)))};
}

Verdict Expectations::check(std::size_t line, const ExpectNoClock& expected) const {
  const auto order = world_.order(expected.order);
  if (!order) return Failure{line, order.error().message()};
  const auto* clock = *order == nullptr ? nullptr : find(**order, expected.clock);
  if (clock == nullptr) return std::nullopt;
  return Failure{line, fmt::format("expected no clock {} of {}, there is one, {}", text(expected.clock), expected.order,
                                   standing(*clock))};
}

Verdict Expectations::check(std::size_t line, const ExpectEvents& expected) {
  Version& told = told_[expected.order];
  const auto history = world_.engine().history(city::work_order_id(expected.order), told + 1);
  std::vector<std::string> wanted, was;
  bool same = !history ? expected.events.empty() : history->size() == expected.events.size();
  for (std::size_t i = 0; i < expected.events.size(); ++i) {
    const auto& [name, time, actor] = expected.events[i];
    wanted.push_back(event_text(name, time, actor, clock_));
    if (!same) continue;
    const Event& event = (*history)[i];
    same = short_name(event.type) == name && (actor.empty() || event.actor == actor) &&
           (!time || std::chrono::floor<std::chrono::seconds>(event.time) == *time);
  }
  if (!history) return same ? std::nullopt : Verdict(Failure{line, history.error().message()});
  const bool timed = std::ranges::any_of(expected.events, [](const auto& event) { return event.time.has_value(); });
  const bool acted = std::ranges::any_of(expected.events, [](const auto& event) { return !event.actor.empty(); });
  for (const Event& event : *history) {
    was.push_back(event_text(std::string(short_name(event.type)), timed ? std::optional(event.time) : std::nullopt,
                             acted ? std::string(event.actor) : "", clock_));
    told = event.version;
  }
  if (same) return std::nullopt;
  return Failure{line, fmt::format("expected the events of {} to be {}, were {}", expected.order, events_text(wanted),
                                   events_text(was))};
}

Verdict Expectations::check(std::size_t line, const ExpectNotices& expected) {
  const auto& notices = world_.notices();
  for (const WantedNotice& wanted : expected.notices) {
    if (notices_told_ == notices.size())
      return Failure{wanted.line, fmt::format("expected the notice '{}', there is no further one", text(wanted))};
    const Notice& notice = notices[notices_told_++];
    if (!says(notice, wanted))
      return Failure{wanted.line, fmt::format("expected the notice '{}', was '{}'", text(wanted), notice.text())};
  }
  if (notices_told_ == notices.size()) return std::nullopt;
  return Failure{line, fmt::format("expected no {}notice, there is '{}'", expected.notices.empty() ? "" : "further ",
                                   notices[notices_told_].text())};
}

Verdict Expectations::check(std::size_t line, const ExpectAllowed& expected, const Actor& actor) const {
  const auto possible =
      world_.engine().possibilities(city::work_order_id(expected.order), expected.actor.value_or(actor));
  if (!possible) return Failure{line, possible.error().message()};
  for (const WantedPossibility& wanted : expected.wanted) {
    const auto found = std::ranges::find(*possible, wanted.command, &Possibility::command);
    // What the list leaves out, no row of the stage begins with.
    const bool blocked = found == possible->end() || found->answer == Possibility::Answer::blocked;
    const auto rules = found == possible->end() ? std::vector<std::string>{"stage"} : found->rules;
    const bool by_rule = wanted.rule.empty() || std::ranges::find(rules, wanted.rule) != rules.end();
    if (blocked == (wanted.answer == "blocked") && by_rule) continue;
    return Failure{
        line, fmt::format("expected {} of {} to be {}{}{}, was {}", wanted.command, expected.order,
                          wanted.answer == "yes" ? "allowed" : "blocked", wanted.rule.empty() ? "" : " by ",
                          wanted.rule, blocked ? fmt::format("blocked by {}", fmt::join(rules, ", ")) : "allowed")};
  }
  return std::nullopt;
}

Verdict Expectations::check(std::size_t line, const ExpectSound&) const {
  const auto verified = world_.engine().verify();
  if (!verified) return Failure{line, verified.error().message()};
  if (verified->problems.empty()) return std::nullopt;
  return Failure{line, "expected the store to be sound: " + verified->problems.front()};
}

}  // namespace pavior::scenario
