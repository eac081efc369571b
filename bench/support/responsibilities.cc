#include "support/responsibilities.h"

#include <array>
#include <utility>

#include "fmt/format.h"

namespace pavior::bench {
namespace {

constexpr int majors = 20, minors_each = categories / majors, departments = 100, grids_each = 20;
constexpr std::array skills = {"digging", "paving", "pipes", "wiring", "trees", "rope", "diving", "gas"};

std::string department(std::uint64_t number) { return fmt::format("department_{:03}", number % departments); }
std::string street(std::uint64_t number) { return fmt::format("g/{:03}", number); }

}  // namespace

using namespace city;  // NOLINT

std::string category(std::uint64_t number) {
  return fmt::format("{:02}.{:02}", 1 + number / minors_each, 1 + number % minors_each);
}

std::string grid(std::uint64_t number) {
  return fmt::format("{}/{:02}", street(number / grids_each), number % grids_each);
}

std::vector<v1::HandlingUnit> make_units(std::size_t count, World world, std::mt19937_64& random) {
  std::vector<v1::HandlingUnit> units(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto& unit = units[i];
    const bool leads = i < departments;
    unit.set_id(leads ? department(i) : fmt::format("crew_{:05}", i));
    unit.set_kind(leads ? "department" : "crew");
    if (world == World::local && !leads) unit.add_grids(grid(random() % grids));
    for (const auto* skill : skills)
      if (random() % 4 == 0) unit.add_skills(skill);
    unit.mutable_position()->set_latitude(31.5 + 0.6 * static_cast<double>(random() % 10'000) / 10'000);
    unit.mutable_position()->set_longitude(117 + 0.6 * static_cast<double>(random() % 10'000) / 10'000);
    unit.set_capacity(10);
  }
  return units;
}

std::shared_ptr<MemoryWorld> make_world(std::vector<v1::HandlingUnit> units) {
  v1::PolicyVersion version;
  version.set_id("bench");
  version.set_version(1);
  auto world = std::make_shared<MemoryWorld>(version, std::move(units));
  for (std::uint64_t i = 0; i < grids / grids_each; ++i) world->add_grid(street(i), department(i));
  return world;
}

v1::Catalogue make_catalogue(int rows, const v1::Strategy& strategy) {
  v1::Catalogue data;
  data.set_id("bench");
  data.set_version(1);
  data.set_zone("Asia/Shanghai");
  data.set_fallback_unit(department(0));
  for (int i = 0; i < majors; ++i) {
    auto& major = *data.add_majors();
    major.set_code(fmt::format("{:02}", i + 1));
    major.set_name("major");
    for (int k = 0; k < minors_each; ++k) {
      auto& minor = *major.add_minors();
      const auto number = static_cast<std::uint64_t>(i * minors_each + k);
      minor.set_code(category(number));
      minor.set_name("minor");
      minor.add_duty_units(department(number));
      minor.add_duty_units(department(number * 7 + 1));
    }
  }
  auto& table = *data.mutable_dispatch()->add_tables();
  table.set_id("main");
  for (int i = 0; i + 1 < rows; ++i) {
    auto& row = *table.add_rows();
    row.set_id(fmt::format("row_{}", i));
    auto& when = *row.mutable_when();
    if (i % 10 != 0) when.add_categories(category(static_cast<std::uint64_t>(i) % categories));
    if (i % 3 == 0) when.add_grades(v1::GRADE_MAJOR_HAZARD);
    if (i % 3 == 1) when.add_grids(fmt::format("h/{}", i));
    if (i % 3 == 2) when.add_reporter_kinds("sensor");
    row.mutable_then()->set_unit(department(static_cast<std::uint64_t>(i)));
    row.mutable_then()->set_reason("bench");
  }
  auto& last = *table.add_rows();
  last.set_id("last");
  *last.mutable_then()->mutable_strategy() = strategy;
  return data;
}

}  // namespace pavior::bench
