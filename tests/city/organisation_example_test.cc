// The shipped organisation is sound, whole, and has everybody that the shipped catalogue gives work to.
#include <chrono>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "city/organisations.h"
#include "pavior/city/organisation_counts.h"
#include "pavior/city/policy.h"

namespace pavior::city::tests {
namespace {

std::string example(const std::string& name) {
  std::ifstream file(PAVIOR_SOURCE_DIR "/examples/" + name, std::ios::binary);
  INFO(name);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

v1::Organisation district_data() {
  auto read = read_organisation(example("organisations/district.textproto"), chinese_calendars());
  if (!read) FAIL(read.error());
  return *std::move(read);
}

/// The units that the catalogue names, wherever.
std::set<std::string> units_of_the_catalogue() {
  const auto catalogue = read_catalogue(example("catalogues/district.textproto")).value();
  std::set<std::string> units = {catalogue.fallback_unit()};
  for (const auto& major : catalogue.majors())
    for (const auto& minor : major.minors()) units.insert(minor.duty_units().begin(), minor.duty_units().end());
  for (const auto& profile : catalogue.profiles()) units.insert(profile.summoned().begin(), profile.summoned().end());
  return units;
}

TEST_CASE("every unit that the district's catalogue gives work to is one of its organisation, and open") {
  const auto district = organisation_of(district_data());
  const auto units = units_of_the_catalogue();
  CHECK(units.size() > 40);
  for (const auto& id : units) {
    INFO(id);
    const auto* unit = district.unit(id);
    REQUIRE(unit != nullptr);
    CHECK_FALSE(unit->closed());
  }
}

TEST_CASE("every grid of the district is somebody's, and every team is whole") {
  const auto district = organisation_of(district_data());
  const auto today = testing::day("2024-05-08");
  for (const auto* grid : district.grids_in("")) {
    INFO(grid->path());
    CHECK(district.responsible_unit(grid->path()) != nullptr);
  }
  for (const auto& finding : role_count_findings(district, today)) FAIL_CHECK(text_of(finding));
  std::set<std::string> types;
  for (const auto& grid : district.data().grids()) types.insert(grid.type());
  CHECK(types.size() == 5);  // And the levels above, which have none.
}

TEST_CASE("at every hour of the year somebody of the district is on duty") {
  const auto district = organisation_of(district_data());
  const auto calendar = testing::shipped("cn");
  const Time first = testing::at(calendar, "2025-01-01 00:30");
  for (int hour = 0; hour < 365 * 24; ++hour) {
    const auto duty = district.duty("grid_centre", first + std::chrono::hours(hour)).value();
    if (duty.people.empty()) FAIL("nobody at " << testing::wall(calendar, first + std::chrono::hours(hour)));
  }
}

TEST_CASE("the district's observers were trained, and each has roads") {
  const auto district = organisation_of(district_data());
  const auto observers = district.appointments({.role = "observer"});
  CHECK(observers.size() >= 3);
  for (const auto* observer : observers) {
    INFO(observer->person());
    CHECK_FALSE(observer->training().empty());
    REQUIRE(observer->territory_size() == 3);
    const auto& start = observer->territory(0).points(0);
    CHECK(district.territory_of_person(observer->person(), testing::day("2024-05-08"), start).inside);
    auto elsewhere = start;
    elsewhere.set_latitude(start.latitude() + 1);
    CHECK_FALSE(district.territory_of_person(observer->person(), testing::day("2024-05-08"), elsewhere).inside);
  }
}

TEST_CASE("the station is worked on by units of which none is above another") {
  const auto district = organisation_of(district_data());
  const auto* group = district.joint_group("station");
  REQUIRE(group != nullptr);
  CHECK(group->members_size() > 10);
  for (const auto& id : group->members()) {
    INFO(id);
    for (const auto& other : group->members()) CHECK(district.unit(id)->parent() != other);
  }
}

}  // namespace
}  // namespace pavior::city::tests
