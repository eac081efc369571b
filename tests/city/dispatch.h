/// \file
/// A small city that dispatches by tables, for tests.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "google/protobuf/text_format.h"
#include "pavior/city/dispatch.h"
#include "support/catch.h"

namespace pavior::city::tests {

inline const std::string dispatch_town = R"(id: "town"
version: 2
zone: "Asia/Shanghai"
majors {
  code: "01" name: "Roads"
  minors {
    code: "01.01" name: "Pothole" duty_units: ["works", "street"]
    conditions { code: "a" text: "Deep" } conditions { code: "b" text: "Any other" }
  }
  minors { code: "01.02" name: "Bicycles in the way" }
}
majors { code: "02" name: "Water" minors { code: "02.01" name: "Burst pipe" duty_units: "water" } }
channels { name: "12345" } channels { name: "snap" }
profiles { id: "plain" } profiles { id: "emergency" }
calendars {
  id: "works" version: 3 zone: "Asia/Shanghai" work_week: [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY]
  office_hours { spans: "09:00-17:00" } valid_from: "2024-01-01" valid_to: "2024-12-31"
}
fallback_unit: "grid_centre"
)";

template <class Message>
Message parsed(const std::string& text) {
  Message message;
  INFO(text);
  REQUIRE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

/// What is wrong with the town that has these rules; empty if nothing is.
inline std::string mistake_of(const std::string& rules) {
  const auto read = read_catalogue(dispatch_town + "dispatch {\n" + rules + "\n}", Calendars());
  return read ? std::string() : read.error().message();
}

/// The town with these rules.
inline Policy town_policy(const std::string& rules) {
  const auto read = read_catalogue(dispatch_town + "dispatch {\n" + rules + "\n}");
  if (!read) FAIL(read.error());
  return Policy::make(*read).value();
}

/// One table of this policy and these rows.
inline std::string one_table(const std::string& hit, const std::string& rows, const std::string& more = "") {
  return fmt::format("tables {{ id: \"main\" hit: {} {} }} {}", hit, rows, more);
}

inline std::string row(const std::string& id, const std::string& when, const std::string& then) {
  return fmt::format("rows {{ id: \"{}\" when {{ {} }} then {{ {} }} }}\n", id, when, then);
}

inline std::vector<v1::HandlingUnit> town_units() {
  std::vector<v1::HandlingUnit> units;
  for (
      const auto* text : {
          R"(id: "works" kind: "department" skills: "digging" position { latitude: 31.80 longitude: 117.30 } capacity: 10)",
          R"(id: "water" kind: "department" skills: ["digging", "pipes"])",
          R"(id: "street" kind: "street" grids: "3411/05" duties: "01.02")",
          R"(id: "north" kind: "crew" grids: "3411/05" skills: "digging" position { latitude: 31.82 longitude: 117.30 }
              capacity: 2 duties: "01")",
          R"(id: "south" kind: "crew" grids: ["3411/05/002", "3411/06"] skills: ["digging", "paving", "rope"]
              position { latitude: 31.801 longitude: 117.30 } capacity: 2)",
          R"(id: "east" kind: "crew" grids: "3411/07" position { latitude: 31.80 longitude: 117.40 })",
          R"(id: "gone" kind: "crew" closed: true)",
          R"(id: "grid_centre" kind: "centre" grids: "3411")",
      })
    units.push_back(parsed<v1::HandlingUnit>(text));
  return units;
}

/// Monday 2024-05-06 10:00 in Shanghai: the calendar works.
inline constexpr Time monday_morning = std::chrono::sys_days(std::chrono::year(2024) / 5 / 6) + std::chrono::hours(2);

/// Whoever sits at the dispatcher's desk.
struct Desk {
  explicit Desk(std::vector<v1::HandlingUnit> units = town_units())
      : world(std::make_shared<MemoryWorld>(parsed<v1::PolicyVersion>("id: \"town\" version: 7"), std::move(units))),
        workload(std::make_shared<MemoryWorkload>(world->unit_count())) {
    v1::JointGroup group;
    group.set_id("bus_21");
    group.set_lead("street");
    for (const auto* unit : {"street", "works", "water", "gone"}) group.add_members(unit);
    world->add_joint_group(group);
    world->add_grid("3411", "grid_centre");
    world->add_grid("3411/05", "street");
    world->add_grid("3411/05/002", "");
    world->add_grid("3411/06", "gone");
    for (const auto* unit : {"north", "water"})
      world->add_duty(unit, monday_morning - std::chrono::hours(1), monday_morning + std::chrono::hours(7));
  }

  Desk& busy(std::string_view unit, std::uint32_t at_work, std::int64_t last = 0) {
    workload->set(*world->number_of(unit), {at_work, last});
    return *this;
  }

  DispatchAnswer ask(const Policy& policy, const std::string& order, Time at = monday_morning,
                     std::vector<std::string> handed_back = {}) const {
    const auto dispatcher = RuleDispatcher::make(world, workload, rules).value();
    const auto data = parsed<v1::WorkOrder>(order);
    return dispatcher.choose({data, policy, at, std::move(handed_back)});
  }

  /// "south + street, works by row c of main", "grid_centre by fallback", "manual queue".
  std::string said(const Policy& policy, const std::string& order, Time at = monday_morning,
                   std::vector<std::string> handed_back = {}) const {
    const auto answer = ask(policy, order, at, std::move(handed_back));
    if (answer.in_manual_queue()) return "manual queue";
    std::string text = answer.lead;
    for (const auto& assist : answer.assists) text += (assist == answer.assists.front() ? " + " : ", ") + assist;
    const auto& why = answer.explanation;
    text += why.fallback() ? " by fallback" : fmt::format(" by row {} of {}", why.row(), why.table());
    return text + (why.handed_back_again() ? ", again" : "");
  }

  std::shared_ptr<MemoryWorld> world;
  std::shared_ptr<MemoryWorkload> workload;
  std::vector<WeightedRule> rules;
};

}  // namespace pavior::city::tests
