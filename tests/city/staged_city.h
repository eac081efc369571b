/// \file
/// A city whose orders have filing conditions with milestones, and requests, assists and whistles with clocks.
#pragma once

#include <string>
#include <vector>

#include "city/clocked_city.h"

namespace pavior::city::tests {

using Lines = std::vector<std::string>;

/// By hours of day and night, so that tests can be followed in the head.
inline const std::string staged_text = R"(id: "staged" version: 1 zone: "Asia/Shanghai" fallback_unit: "street"
majors {
  code: "01" name: "Water"
  minors {
    code: "burst" name: "Burst pipe" kind: EVENT_ITEM
    conditions {
      code: "a" text: "In the road" grade: GRADE_GENERAL limit { amount: 8 unit: UNIT_HOUR }
      milestones { name: "fenced" limit { amount: 3 unit: UNIT_HOUR } }
      milestones { name: "repaired" limit { amount: 6 unit: UNIT_HOUR } }
    }
    conditions { code: "b" text: "In a yard" grade: GRADE_COMPLEX limit { amount: 24 unit: UNIT_HOUR } }
  }
  minors { code: "drip" name: "Dripping pipe" kind: EVENT_ITEM }
}
clocks {
  clocks {
    name: "HND" calendar: "cn" by_condition: true
    limits { grades: GRADE_MAJOR_HAZARD limit { amount: 2 unit: UNIT_HOUR } }
    limits { limit { amount: 48 unit: UNIT_HOUR } }
    starts: "Dispatched" stops: "ResultConfirmed" pauses: "Suspended" resumes: "Resumed" cancels: "Returned"
    extends: "ExtensionApproved"
  }
  clocks {
    name: "MS" calendar: "cn" each: true by_condition: true
    starts: "Dispatched" stops: "MilestoneDone" cancels: ["Returned", "ResultConfirmed"] extends: "ExtensionApproved"
  }
  clocks {
    name: "AST" calendar: "cn" each: true shares: "HND" starts: "AssistAdded" stops: ["AssistDone", "AssistExcused"]
    ladder { name: "overdue" after: 0 step: REMIND roles: "assist_department" }
  }
  clocks {
    name: "RTN" calendar: "cn" limits { limit { amount: 4 unit: UNIT_HOUR } }
    starts: "ReturnRequested" stops: ["Returned", "ReturnRefused"] cancels: "ResultConfirmed"
  }
  clocks {
    name: "EXT" calendar: "cn" limits { limit { amount: 5 unit: UNIT_HOUR } }
    starts: "ExtensionRequested" stops: ["ExtensionApproved", "ExtensionRefused"]
    cancels: ["Returned", "ResultConfirmed"]
  }
  clocks {
    name: "ARR" calendar: "cn" each: true limits { limit { amount: 30 unit: UNIT_MINUTE } }
    starts: "WhistleBlown" stops: ["ReportedIn", "TargetExcused"] cancels: "WhistleConcluded"
    ladder { name: "overdue" after: 0 step: ESCALATE level: 1 roles: "leader_in_charge" }
  }
}
)";

/// `staged_text` with `from` replaced by `to`.
inline std::string staged_with(const std::string& from, const std::string& to) {
  std::string text = staged_text;
  const auto at = text.find(from);
  INFO(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// With a burst pipe in the road that somebody works on, since Friday, 10 o'clock.
struct StagedCity : ClockedCity {
  explicit StagedCity(const std::string& text = staged_text, const std::string& category = "burst",
                      const std::string& condition = "a")
      : ClockedCity("2024-03-08 10:00") {
    set_catalogue(text);
    act(build<v1::Report>([](auto& m) {
      m.set_title("water in the road");
      m.mutable_reporter()->set_id("r-1");
    }));
    act(build<v1::Accept>([&](auto& m) {
      m.set_category(category);
      m.set_condition(condition);
    }));
    give().act(v1::Acknowledge()).act(build<v1::StartWork>([](auto& m) { m.set_handler(handler_id); }));
  }

  StagedCity& give() {
    return act(build<v1::Dispatch>([](auto& m) { m.set_lead("water"); })), *this;
  }

  StagedCity& extend() {
    act(build<v1::RequestExtension>([](auto& m) { m.set_reason("rain"); })).act(v1::ApproveExtension());
    return *this;
  }

  StagedCity& assist(const std::string& unit) {
    act(build<v1::AddAssist>([&](auto& m) {
      m.set_unit(unit);
      m.set_duty("close the road");
    }));
    return *this;
  }

  /// By way of a request, and of a worker who hands it back before.
  StagedCity& hand_back() {
    const auto reason = [](auto& m) { m.set_reason("not ours"); };
    act(build<v1::RevokeHandler>(reason)).act(build<v1::RequestReturn>([](auto& m) {
      m.set_reason("not ours");
      m.set_basis("list of duties, 3");
    }));
    return act(v1::ApproveReturn()), *this;
  }

  StagedCity& give_again() {
    return act(build<v1::Redispatch>([](auto& m) {
             m.set_lead("works");
             m.set_reason("their pipe");
           })),
           *this;
  }
};

}  // namespace pavior::city::tests
