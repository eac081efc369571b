/// \file
/// Cities, as their catalogues make them.
#pragma once

#include <string>
#include <utility>

#include "city/calendars.h"
#include "google/protobuf/text_format.h"
#include "pavior/city/policy_book.h"
#include "pavior/city/work_orders.h"
#include "support/catch.h"

namespace pavior::city::tests {

/// The calendar `plain`, in a version that clocks have and in one that they do not have yet.
inline Calendars two_plain_calendars() {
  Calendars calendars;
  for (const std::uint32_t version : {1U, 2U}) {
    auto data = testing::plain_data("Asia/Shanghai", {"09:00-17:00"});
    data.set_version(version);
    REQUIRE(calendars.add(Calendar::make(data).value()));
  }
  return calendars;
}

inline Policy policy_of_catalogue(v1::Catalogue catalogue, const Calendars& calendars) {
  if (catalogue.id().empty()) catalogue.set_id("city");
  if (catalogue.version() == 0) catalogue.set_version(1);
  if (catalogue.zone().empty()) catalogue.set_zone("Asia/Shanghai");
  auto made = Policy::make(std::move(catalogue), calendars);
  if (!made) FAIL(made.error());
  return *std::move(made);
}

/// A city whose catalogue is filled by `fill`, without categories unless it gives some.
template <class Fill>
WorkOrderPolicy city_with(Fill fill) {
  const auto calendars = two_plain_calendars();
  v1::Catalogue catalogue;
  fill(catalogue);
  WorkOrderPolicy policy;
  policy.policies = PolicyBook::of(policy_of_catalogue(std::move(catalogue), calendars), calendars);
  return policy;
}

/// The same of protobuf's text; its head may be left out.
inline WorkOrderPolicy city_of(const std::string& text) {
  return city_with([&](v1::Catalogue& catalogue) {
    INFO(text);
    REQUIRE(google::protobuf::TextFormat::ParseFromString(text, &catalogue));
  });
}

/// A city that leaves everything to the library, save a clock that can be extended.
inline WorkOrderPolicy plain_city() {
  return city_of(R"(
    clocks { clocks { name: "TOT" calendar: "plain" limits { limit { amount: 1 unit: UNIT_HOUR } } starts: "Reported"
                      extends: "ExtensionApproved" } })");
}

/// A city where every step can be taken: requests are endorsed, clocks can be extended, a later version is known.
inline WorkOrderPolicy careful_city() {
  const std::string text = R"(
    clocks { clocks { name: "TOT" calendar: "plain" limits { limit { amount: 1 unit: UNIT_HOUR } } starts: "Reported"
                      extends: "ExtensionApproved" } }
    bounds { extension_endorsed: true suspension_endorsed: true }
    profiles { id: "plain" no_field_check: true }
    fallback_unit: "street")";
  auto policy = city_of(text);
  const auto add = [&](std::uint32_t version, const std::string& categories) {
    v1::Catalogue catalogue;
    REQUIRE(google::protobuf::TextFormat::ParseFromString(text + categories, &catalogue));
    catalogue.set_version(version);
    catalogue.set_effective_from("2030-01-01T00:00");
    REQUIRE(policy.policies.add(policy_of_catalogue(std::move(catalogue), two_plain_calendars())));
  };
  add(2, R"(majors { code: "city" name: "city" minors { code: "water" name: "water" kind: SERVICE } })");
  add(3, R"(majors { code: "city" name: "city" minors { code: "roads" name: "roads" kind: SERVICE } })");
  return policy;
}

/// A city that refuses whatever a city can refuse.
inline WorkOrderPolicy strict_city() {
  return city_of(R"(
    majors {
      code: "city" name: "city"
      minors {
        code: "roads" name: "roads" kind: COMPONENT duty_units: "parks" after_evidence: true
        conditions { code: "a" text: "deep" milestones { name: "paved" limit { amount: 3 unit: UNIT_HOUR } } }
        conditions { code: "b" text: "any other" }
      }
      minors { code: "lamps" name: "lamps" kind: COMPONENT }
    }
    channels { name: "hotline" required: TITLE }
    profiles { id: "strict" verifiers: "inspector" }
    templates { id: "no_tar" version: 1 text: "By {when}." outcomes: OUTCOME_NOT_RESOLVED }
    reply_rules { id: "no_blame" text: "blames nobody" forbidden_phrase: "not our business" }
    reply_rules { id: "contact" text: "names a contact" required_element: CONTACT }
    clocks { clocks { name: "TOT" calendar: "plain" limits { limit { amount: 1 unit: UNIT_HOUR } } starts: "Reported"
                      extends: "ExtensionApproved" } }
    bounds {
      reopens_max: 0 returns_max: 0 hops_max: 1 extensions_max: 0 suspensions_max: 0 children_max: 0
      return_window { amount: 1 unit: UNIT_MINUTE } return_calendar: "plain"
      extension_endorsed: true suspension_endorsed: true whistle_authorised: true
    }
    fallback_unit: "street")");
}

}  // namespace pavior::city::tests
