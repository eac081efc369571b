/// \file
/// Catalogues of a small city, for tests.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "city/calendars.h"
#include "fmt/format.h"
#include "google/protobuf/text_format.h"
#include "pavior/city/policy.h"
#include "pavior/event.h"
#include "support/catch.h"

namespace pavior::city::tests {

/// A sound catalogue that has something of everything.
inline const std::string town_text = R"(id: "town"
version: 1
name: "A small town"
zone: "Asia/Shanghai"
effective_from: "2024-05-01T09:00"
majors {
  code: "01" name: "Roads"
  minors {
    code: "01.01" name: "Pothole" kind: COMPONENT duty_units: "works" after_evidence: true profile: "careful"
    conditions {
      code: "a" text: "Deeper than 10 cm" grade: GRADE_COMPLEX limit { amount: 3 unit: UNIT_WORK_DAY }
      closing: "Filled and level"
      milestones { name: "fenced" limit { amount: 3 unit: UNIT_HOUR } }
    }
    conditions { code: "b" text: "Any other" }
  }
  minors { code: "01.02" name: "Bicycles in the way" kind: EVENT_ITEM self_handling: true }
}
channels { name: "12345" required: [TITLE, DESCRIPTION] }
channels { name: "snap" required: [PHOTO, POSITION] profile: "careful" }
profiles { id: "plain" automatic: ["ConfirmResult", "PassReply"] }
profiles {
  id: "careful"
  nodes { name: "accepted" stages: [STAGE_ACCEPTED] }
  nodes { name: "handling" stages: [STAGE_ACKNOWLEDGED, STAGE_IN_PROGRESS] }
}
templates { id: "done" version: 1 text: "We {measures} by {limit}." outcomes: OUTCOME_RESOLVED categories: ["01", "01.02"] }
templates { id: "done" version: 2 text: "{measures}" }
reply_rules { id: "no_blame" forbidden_phrase: "not our business" }
reply_rules { id: "contact" required_element: CONTACT }
grants { command: "Accept" roles: "acceptor" }
grants { command: "Accept" roles: "mayor" scope: GRID }
grants { command: "Read" roles: "acceptor" }
clocks {
  clocks { name: "HND" calendar: "works" limits { limit { amount: 24 unit: UNIT_HOUR } } starts: "Dispatched" }
}
calendars {
  id: "works" version: 1 zone: "Asia/Shanghai" work_week: [MONDAY, TUESDAY] office_hours { spans: "09:00-17:00" }
  valid_from: "2024-01-01" valid_to: "2024-12-31"
}
bounds { reopens_max: 1 return_window { amount: 1 unit: UNIT_WORK_DAY } return_calendar: "works" }
fallback_unit: "grid_centre"
major_hazard_roles: "principal_leader"
)";

/// `town_text` with `from` replaced by `to`.
inline std::string town_with(const std::string& from, const std::string& to) {
  std::string text = town_text;
  const auto at = text.find(from);
  INFO(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

inline v1::Catalogue town(const std::string& from = "", const std::string& to = "") {
  auto read = read_catalogue(town_with(from, to));
  if (!read) FAIL(read.error());
  return *std::move(read);
}

/// The town's catalogue as its version `number`.
inline v1::Catalogue version(std::uint32_t number, const std::string& effective_from) {
  auto data = town();
  data.set_version(number);
  data.set_effective_from(effective_from);
  return data;
}

/// 2024-04-30 08:00 in Shanghai, a day and an hour before the town's first version takes effect.
inline constexpr Time eve = std::chrono::sys_days(std::chrono::year(2024) / 4 / 30);

inline const Actor mayor("mo", {"leader"});

inline Policy policy_of(v1::Catalogue data, const Calendars& host = {}) {
  auto policy = Policy::make(std::move(data), host);
  if (!policy) FAIL(policy.error());
  return *std::move(policy);
}

}  // namespace pavior::city::tests
