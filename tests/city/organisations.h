/// \file
/// Organisations of a small city, for tests.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "city/calendars.h"
#include "pavior/city/organisation.h"
#include "pavior/event.h"
#include "support/catch.h"

namespace pavior::city::tests {

/// When the quarter is looked at.
inline constexpr Date wednesday{std::chrono::year(2024) / 5 / 8};

/// A sound organisation that has something of everything. Its rosters count by the calendar "cn".
inline const std::string quarter_text = R"(id: "quarter"
version: 1
name: "A quarter"
zone: "Asia/Shanghai"
effective_from: "2024-05-01T09:00"
grid_types { name: "urban" households_min: 300 households_max: 500 }
grid_types { name: "park" text: "Nobody lives there" }
grids { path: "3411" name: "The city" unit: "hall" }
grids { path: "3411/05" name: "Lake Street" unit: "lake_street" }
grids { path: "3411/05/001" type: "urban" households: 300 unit: "willow" }
grids { path: "3411/05/002" type: "urban" households: 500 }
grids { path: "3411/06/001" type: "park" }
units { id: "hall" name: "Town hall" kind: "centre" }
units { id: "lake_street" kind: "street" parent: "hall" grids: "3411/05" }
units { id: "willow" kind: "community" parent: "lake_street" grids: ["3411/05/001", "3411/06"] }
units {
  id: "works" kind: "department" duties: ["01", "02.07"] skills: "asphalt" capacity: 20
  position { latitude: 31.79 longitude: 117.30 }
}
units { id: "old_works" kind: "department" closed: true }
people { id: "ann" skills: "first aid" }
people { id: "bo" }
people { id: "cy" }
people { id: "dee" }
people { id: "eve" }
appointments { person: "ann" role: "grid_leader" grid: "3411/05/001" }
appointments { person: "ann" role: "grid_leader" grid: "3411/05/002" from: "2024-06-01" to: "2024-06-30" }
appointments { person: "bo" role: "grid_worker" grid: "3411/05/001" part_time: true }
appointments { person: "bo" role: "handler" unit: "works" team: "night" }
appointments { person: "cy" role: "handler" unit: "works" team: "day" from: "2024-03-01" }
appointments { person: "dee" role: "leader" unit: "lake_street" }
appointments { person: "eve" role: "principal_leader" }
appointments {
  person: "eve" role: "observer" grid: "3411/05" training: "lesson-1"
  territory {
    name: "Lake Road" metres: 20
    points { latitude: 31.80 longitude: 117.30 }
    points { latitude: 31.80 longitude: 117.31 }
  }
}
joint_groups { id: "lake" name: "The lake" lead: "lake_street" members: ["works", "willow"] duties: "02" }
rosters {
  unit: "works" calendar: "cn" people: "cy"
  shifts { from: "17:30" to: "08:30" people: "bo" }
}
rosters { unit: "lake_street" shifts { weekdays: [SATURDAY, SUNDAY] from: "09:00" to: "17:00" } }
role_counts { role: "grid_leader" grid_type: "*" least: 1 most: 1 }
role_counts { role: "handler" unit_kind: "department" least: 2 }
)";

/// `quarter_text` with `from` replaced by `to`.
inline std::string quarter_with(const std::string& from, const std::string& to) {
  std::string text = quarter_text;
  const auto at = text.find(from);
  INFO(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

inline Calendars chinese_calendars() {
  Calendars calendars;
  calendars.add(testing::refusing_beyond("cn")).value();
  return calendars;
}

inline v1::Organisation quarter(const std::string& from = "", const std::string& to = "") {
  auto read = read_organisation(quarter_with(from, to));
  if (!read) FAIL(read.error());
  return *std::move(read);
}

inline Organisation organisation_of(v1::Organisation data, const Calendars& host = chinese_calendars()) {
  auto made = Organisation::make(std::move(data), host);
  if (!made) FAIL(made.error());
  return *std::move(made);
}

inline v1::Position position(double latitude, double longitude) {
  v1::Position position;
  position.set_latitude(latitude);
  position.set_longitude(longitude);
  return position;
}

}  // namespace pavior::city::tests
