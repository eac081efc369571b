// Who is on duty: office hours, nights, weekends, make-up working days, and whom to ring up.
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "city/organisations.h"
#include "fmt/format.h"

namespace pavior::city::tests {
namespace {

class Town {
 public:
  explicit Town(v1::Organisation data) : organisation_(organisation_of(std::move(data))) {}

  /// "ann, bo", "off", "nobody says", or the error's rule.
  [[nodiscard]] std::string duty(std::string_view unit, const std::string& when) const {
    const auto duty = organisation_.duty(unit, testing::at(calendar_, when));
    if (!duty) return duty.error().rule().empty() ? duty.error().message() : duty.error().rule();
    if (duty->roster == nullptr) return "nobody says";
    return duty->on ? fmt::format("{}", fmt::join(duty->people, ", ")) : "off";
  }
  [[nodiscard]] bool on_duty(std::string_view person, const std::string& when) const {
    return organisation_.on_duty(person, testing::at(calendar_, when)).value();
  }

 private:
  Calendar calendar_ = testing::shipped("cn");
  Organisation organisation_;
};

struct Watch {
  std::string when;
  std::string who;
};

TEST_CASE("office hours are duty hours, a night shift takes over, and a break is nobody's") {
  const Town town(quarter());
  // The office works from 9:00 to 12:00 and from 13:30 to 17:30; 2024-05-08 is a Wednesday.
  const std::vector<Watch> rows = {
      {"2024-05-08 08:29", "bo"},  {"2024-05-08 08:30", "off"}, {"2024-05-08 09:00", "cy"}, {"2024-05-08 11:59", "cy"},
      {"2024-05-08 12:00", "off"}, {"2024-05-08 13:30", "cy"},  {"2024-05-08 17:29", "cy"}, {"2024-05-08 17:30", "bo"},
      {"2024-05-08 23:59", "bo"},  {"2024-05-09 00:00", "bo"},  {"2024-05-09 08:29", "bo"}, {"2024-05-09 08:30", "off"},
  };
  for (const auto& row : rows) {
    INFO(row.when);
    CHECK(town.duty("works", row.when) == row.who);
  }
}

TEST_CASE("a Sunday that works in place of another day is a day of duty, and a holiday is none") {
  const Town town(quarter());
  // 2024: Sunday 28 April worked for Labour Day, Wednesday 1 May did not.
  CHECK(town.duty("works", "2024-04-28 10:00") == "cy");
  CHECK(town.duty("works", "2024-04-27 10:00") == "off");
  CHECK(town.duty("works", "2024-05-01 10:00") == "off");
}

TEST_CASE("a shift is of weekdays, of working or resting days, or of dates") {
  const auto with = [&](const std::string& days) {
    auto changed = quarter("shifts { from: \"17:30\" to: \"08:30\" people: \"bo\" }",
                           "shifts { " + days + " from: \"20:00\" to: \"06:00\" people: \"bo\" }");
    return Town(changed);
  };
  const Town resting = with("days: RESTING");
  CHECK(resting.duty("works", "2024-05-01 21:00") == "bo");
  CHECK(resting.duty("works", "2024-04-28 21:00") == "off");
  // A night belongs to the day it begins on: 5 May, the last holiday, until Monday morning.
  CHECK(resting.duty("works", "2024-05-06 05:59") == "bo");
  CHECK(resting.duty("works", "2024-05-06 06:00") == "off");
  CHECK(resting.duty("works", "2024-05-01 05:59") == "off");
  const Town working = with("days: WORKING");
  CHECK(working.duty("works", "2024-04-28 21:00") == "bo");
  CHECK(working.duty("works", "2024-05-01 05:59") == "bo");
  CHECK(working.duty("works", "2024-05-01 21:00") == "off");
  const Town fridays = with("weekdays: FRIDAY");
  CHECK(fridays.duty("works", "2024-05-10 20:00") == "bo");
  CHECK(fridays.duty("works", "2024-05-11 05:00") == "bo");
  CHECK(fridays.duty("works", "2024-05-11 20:00") == "off");
  const Town once = with("dates: [\"2024-05-03\", \"2024-05-01\"]");
  CHECK(once.duty("works", "2024-05-01 20:00") == "bo");
  CHECK(once.duty("works", "2024-05-02 20:00") == "off");
  CHECK(once.duty("works", "2024-05-04 05:00") == "bo");
  const Town both = with("weekdays: WEDNESDAY days: RESTING");
  CHECK(both.duty("works", "2024-05-01 20:00") == "bo");
  CHECK(both.duty("works", "2024-05-02 20:00") == "off");
  CHECK(both.duty("works", "2024-05-08 20:00") == "off");
}

TEST_CASE("a shift that ends at midnight, or where it began, is a whole one") {
  const auto with = [&](const std::string& times) {
    return Town(quarter("shifts { weekdays: [SATURDAY, SUNDAY] from: \"09:00\" to: \"17:00\" }",
                        "shifts { weekdays: SATURDAY " + times + " people: \"ann\" }"));
  };
  for (const auto* times : {"from: \"16:00\" to: \"24:00\"", "from: \"16:00\" to: \"00:00\""}) {
    INFO(times);
    const Town town = with(times);
    CHECK(town.duty("lake_street", "2024-05-11 15:59") == "off");
    CHECK(town.duty("lake_street", "2024-05-11 23:59") == "ann");
    CHECK(town.duty("lake_street", "2024-05-12 00:00") == "off");
  }
  const Town whole = with("from: \"09:00\" to: \"09:00\"");
  CHECK(whole.duty("lake_street", "2024-05-11 08:59") == "off");
  CHECK(whole.duty("lake_street", "2024-05-11 09:00") == "ann");
  CHECK(whole.duty("lake_street", "2024-05-12 08:59") == "ann");
  CHECK(whole.duty("lake_street", "2024-05-12 09:00") == "off");
}

TEST_CASE("where nobody is named, everybody who is appointed to the unit may be rung up") {
  const Town town(quarter());
  CHECK(town.duty("lake_street", "2024-05-11 10:00") == "dee");
  auto data = quarter();
  data.mutable_rosters(0)->clear_people();
  const Town unnamed(data);
  CHECK(unnamed.duty("works", "2024-05-08 10:00") == "bo, cy");
  // cy joined on 1 March.
  CHECK(unnamed.duty("works", "2024-02-29 10:00") == "bo");
}

TEST_CASE("a unit without a roster has that of the nearest one above it; a closed one is never on duty") {
  auto data = quarter("unit: \"works\" calendar", "unit: \"old_works\" calendar");
  const Town town(data);
  CHECK(town.duty("willow", "2024-05-11 08:59") == "off");
  CHECK(town.duty("hall", "2024-05-11 10:00") == "nobody says");
  CHECK(town.duty("works", "2024-05-08 10:00") == "nobody says");
  CHECK(town.duty("old_works", "2024-05-08 10:00") == "nobody says");
  CHECK(town.duty("school", "2024-05-08 10:00") == "there is no unit school");
  auto& member = *data.add_appointments();
  member.set_person("ann");
  member.set_role("community");
  member.set_unit("willow");
  CHECK(Town(data).duty("willow", "2024-05-11 10:00") == "ann");
}

TEST_CASE("beyond its calendar a roster answers only what it knows for certain") {
  const Town town(quarter());
  CHECK(town.duty("works", "2026-12-31 10:00") == "cy");
  CHECK(town.duty("works", "2027-01-04 10:00") == "calendar_horizon");
  CHECK(town.duty("works", "2027-01-04 18:00") == "bo");
}

TEST_CASE("a person is on duty where a roster names them, or where they are appointed and it names nobody") {
  const Town town(quarter());
  CHECK(town.on_duty("cy", "2024-05-08 10:00"));
  CHECK_FALSE(town.on_duty("cy", "2024-05-08 18:00"));
  CHECK(town.on_duty("bo", "2024-05-08 18:00"));
  CHECK_FALSE(town.on_duty("bo", "2024-05-08 10:00"));
  CHECK(town.on_duty("dee", "2024-05-11 10:00"));
  CHECK_FALSE(town.on_duty("dee", "2024-05-10 10:00"));
  CHECK_FALSE(town.on_duty("ann", "2024-05-11 10:00"));
  const auto organisation = organisation_of(quarter());
  CHECK(organisation.on_duty("zoe", Time()).error() == Error(ErrorCode::not_found, "there is no person zoe"));
}

TEST_CASE("a night shift is as long as its night, whatever the wall clock does") {
  auto data = quarter("Asia/Shanghai", "America/New_York");
  data.mutable_rosters(0)->clear_calendar();
  const auto organisation = organisation_of(data);
  const auto on = [&](int hour_utc, int minute) {
    // The night in which clocks go from 2:00 to 3:00, 2024-03-10; New York is 5 hours behind, then 4.
    const Time at = std::chrono::sys_days(std::chrono::year(2024) / 3 / 10) + std::chrono::hours(hour_utc) +
                    std::chrono::minutes(minute);
    return organisation.duty("works", at).value().on;
  };
  CHECK(on(6, 59));
  CHECK(on(7, 0));
  CHECK(on(12, 29));
  CHECK_FALSE(on(12, 30));  // 8:30 by the summer clock.
}

}  // namespace
}  // namespace pavior::city::tests
