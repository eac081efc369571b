/// \file
/// A city whose orders have the clocks of the shipped plan, in simulated time and a store of its own.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "city/calendars.h"
#include "city/clocks.h"
#include "city/orders.h"
#include "fmt/format.h"
#include "pavior/city/clock.h"
#include "pavior/engine.h"
#include "pavior/testing.h"
#include "support/store_folder.h"

namespace pavior::city::tests {

inline std::string shipped_plan() {
  std::ifstream file(PAVIOR_SOURCE_DIR "/examples/clocks/district.textproto", std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

inline ClockPlan plan_of(const std::string& text, Calendars calendars) {
  auto data = read_clock_plan(text);
  if (!data) FAIL(data.error());
  auto plan = ClockPlan::make(*data, std::move(calendars));
  if (!plan) FAIL(plan.error());
  return *plan;
}

/// Two people for every role: "leader_in_charge of works", and the city's own.
struct Offices final : Directory {
  [[nodiscard]] std::vector<std::string> holders(std::string_view role, const v1::WorkOrder& order) const override {
    ++asked;
    return {std::string(role) + " of " + order.lead(), std::string(role) + " of the city"};
  }
  mutable int asked = 0;
};

/// `HND stops, met`, as tests read it.
inline std::string change_text(const v1::ClockChange& change, const Calendar& calendar) {
  const auto due = [&](const v1::Course& course) {
    return "due " + testing::wall(calendar, from_micros(course.due())).substr(5);
  };
  const auto what = [&]() -> std::string {
    switch (change.what_case()) {
      case v1::ClockChange::kStarted: return "starts, " + due(change.started().course());
      case v1::ClockChange::kPaused: return "pauses";
      case v1::ClockChange::kResumed: return "resumes, " + due(change.resumed().course());
      case v1::ClockChange::kStopped: return change.stopped().met() ? "stops, met" : "stops, late";
      case v1::ClockChange::kCancelled: return "is cancelled";
      case v1::ClockChange::kRecomputed: return "is recomputed, " + due(change.recomputed().course());
      case v1::ClockChange::kBreached: return "is breached";
      case v1::ClockChange::kReached: return "reaches " + change.reached().threshold();
      case v1::ClockChange::kPutOff:
        return change.put_off().threshold() + " waits until " +
               testing::wall(calendar, from_micros(change.put_off().until())).substr(5);
      case v1::ClockChange::kExempted: return "is exempted";
      default: return "?";
    }
  }();
  return fmt::format("{}{} {}", change.clock(), change.instance() == 1 ? "" : "#" + std::to_string(change.instance()),
                     what);
}

inline v1::Clock find_clock_of(const v1::WorkOrder& order, std::string_view name, std::uint32_t instance) {
  for (const auto& clock : order.clocks())
    if (clock.name() == name && clock.instance() == instance) return clock;
  FAIL("no clock " << name);
  return {};
}

class ClockedCity {
 public:
  explicit ClockedCity(const std::string& start, const std::string& plan = shipped_plan(), std::uint64_t seed = 1)
      : calendar(testing::shipped("cn")), runtime(testing::at(calendar, start), seed) {
    set_plan(plan_of(plan, testing::calendars_of(calendar)));
    policy.directory = offices;
    open();
  }

  void set_plan(const ClockPlan& plan) { policy.policies = PolicyBook::of(Policy::of_clocks(plan), plan.calendars()); }

  /// In place of the plan.
  ClockedCity& set_catalogue(const std::string& text) {
    const auto calendars = testing::calendars_of(calendar);
    auto read = read_catalogue(text, calendars);
    if (!read) FAIL(read.error());
    auto made = Policy::make(*std::move(read), calendars);
    if (!made) FAIL(made.error());
    policy.policies = PolicyBook::of(*std::move(made), calendars);
    return open(), *this;
  }

  void open() {
    engine.reset();
    Options options;
    options.workflows = {make_work_order_workflow(policy)};
    options.durability = Durability::process_crash;
    auto opened = Engine::open(folder.path(), options, runtime);
    if (!opened) FAIL(opened.error());
    engine = *std::move(opened);
    runtime.run_ready();
  }

  template <class M>
  Result<Receipt> try_it(const M& message, const std::string& order = "A1") {
    auto receipt = engine->submit_and_wait(make_command(work_order_id(order), message).by(machine_actor()));
    runtime.run_ready();
    return receipt;
  }
  template <class M>
  ClockedCity& act(const M& message, const std::string& order = "A1") {
    const auto receipt = try_it(message, order);
    if (!receipt) FAIL(receipt.error());
    return *this;
  }
  ClockedCity& at(const std::string& wall) { return runtime.advance_to(testing::at(calendar, wall)), *this; }

  /// To a unit at work.
  ClockedCity& start_work(v1::Grade grade = v1::GRADE_GENERAL, const std::string& category = "roads") {
    act(build<v1::Report>([](auto& m) {
      m.set_title("hole");
      m.mutable_reporter()->set_id("r-1");
    }));
    act(build<v1::Accept>([&](auto& m) {
      m.set_category(category);
      m.set_grade(grade);
    }));
    act(build<v1::Dispatch>([](auto& m) { m.set_lead("works"); })).act(v1::Acknowledge());
    return act(build<v1::StartWork>([](auto& m) { m.set_handler(handler_id); }));
  }
  /// As was asked for, and approved at once.
  ClockedCity& suspend_until(const std::string& wall) {
    act(build<v1::RequestSuspension>([&](auto& m) {
      m.set_reason("waits for parts");
      m.set_until(to_micros(testing::at(calendar, wall)));
    }));
    return act(v1::ApproveSuspension());
  }
  /// As far as the profile lets it go by itself: to the field check.
  ClockedCity& finish_work() {
    return act(build<v1::SubmitResult>([](auto& m) {
      m.set_outcome(v1::OUTCOME_RESOLVED);
      m.set_reply("filled");
    }));
  }

  /// What happened since the last time this was asked: `03-08 10:00 Dispatched: ACK starts, due 03-11 17:30`.
  std::vector<std::string> news(const std::string& order = "A1") {
    std::vector<std::string> lines;
    const auto history = engine->history(work_order_id(order), Version{told_ + 1});
    if (!history) return lines;
    for (const Event& event : *history) {
      ++told_;
      lines.push_back(fmt::format("{} {}", testing::wall(calendar, event.time).substr(5), short_name(event.type)));
      auto changes = changes_of(event);
      for (std::size_t i = 0; i < changes.size(); ++i) lines.back() += (i == 0 ? ": " : "; ") + changes[i];
    }
    return lines;
  }
  /// Only those after the present.
  ClockedCity& quiet() { return (void)news(), *this; }

  [[nodiscard]] v1::WorkOrder order(const std::string& key = "A1") const {
    return *work_order(*engine->load(work_order_id(key)).value().state);
  }
  /// The last instance's due time on the wall.
  [[nodiscard]] std::string due(const std::string& clock) const {
    std::string due = "no clock";
    const auto now = order();
    for (const auto& one : now.clocks())
      if (one.name() == clock) due = testing::wall(calendar, from_micros(one.course().due()));
    return due;
  }
  void check_sound() const {
    const auto verified = engine->verify().value();
    CHECK(verified.problems == std::vector<std::string>());
  }

  std::shared_ptr<Offices> offices = std::make_shared<Offices>();
  Calendar calendar;
  WorkOrderPolicy policy;
  SimulatedRuntime runtime;
  test::StoreFolder folder;
  std::unique_ptr<Engine> engine;

 private:
  /// Every fact has its changes in the same field.
  std::vector<std::string> changes_of(const Event& event) const {
    v1::ClockRang fact;
    REQUIRE(parse(event.payload, fact));
    std::vector<std::string> texts;
    for (const auto& change : fact.clocks()) texts.push_back(change_text(change, calendar));
    return texts;
  }

  std::uint64_t told_ = 0;
};

}  // namespace pavior::city::tests
