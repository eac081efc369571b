// Whom an order's notices go to, by the organisation.
#include <chrono>
#include <string>

#include "city/organisations.h"
#include "fmt/format.h"
#include "pavior/city/organisation_directory.h"
#include "pavior/city/v1/work_order.pb.h"

namespace pavior::city::tests {
namespace {

v1::WorkOrder order(const std::string& lead, const std::string& grid) {
  v1::WorkOrder order;
  order.set_lead(lead);
  order.set_grid(grid);
  return order;
}

std::string holders_of(const Organisation& organisation, std::string_view role, const v1::WorkOrder& order) {
  return fmt::format("{}", fmt::join(holders(organisation, role, order, wednesday), ", "));
}

TEST_CASE("a role is looked for in the lead unit, in the grid, then in the city") {
  const auto town = organisation_of(quarter());
  CHECK(holders_of(town, "handler", order("works", "3411/05/001")) == "bo, cy");
  CHECK(holders_of(town, "grid_leader", order("works", "3411/05/001")) == "ann");
  CHECK(holders_of(town, "principal_leader", order("works", "3411/05/001")) == "eve");
  CHECK(holders_of(town, "supervisor", order("works", "3411/05/001")).empty());
  CHECK(holders_of(town, "handler", order("", "")).empty());
}

TEST_CASE("a unit that has nobody of a role asks the one above it; the unit below the lead comes first") {
  auto data = quarter();
  auto& head = *data.add_appointments();
  head.set_person("cy");
  head.set_role("leader");
  head.set_unit("hall");
  const auto town = organisation_of(data);
  CHECK(holders_of(town, "leader", order("willow", "")) == "dee");
  CHECK(holders_of(town, "leader", order("hall", "")) == "cy");
  auto passed_on = order("hall", "");
  passed_on.set_subordinate("willow");
  CHECK(holders_of(town, "leader", passed_on) == "dee");
}

TEST_CASE("at each level of a grid its own people come first, then those of the unit responsible for it") {
  const auto town = organisation_of(quarter());
  // Nobody leads grid 002 yet, whose street is led by dee.
  CHECK(holders_of(town, "leader", order("works", "3411/05/002")) == "dee");
  CHECK(holders_of(town, "observer", order("works", "3411/05/002")) == "eve");
  CHECK(holders_of(town, "grid_leader", order("works", "3411/05/002")).empty());
}

TEST_CASE("an order that has a handler is that one's") {
  const auto town = organisation_of(quarter());
  auto handled = order("works", "");
  handled.set_handler("zoe");
  CHECK(holders_of(town, "handler", handled) == "zoe");
  CHECK(holders_of(town, "handler@works", handled) == "bo, cy");
}

TEST_CASE("a role with a place is that of the unit or grid it names") {
  const auto town = organisation_of(quarter());
  const auto any = order("works", "3411/06/001");
  CHECK(holders_of(town, "leader@lake_street", any) == "dee");
  CHECK(holders_of(town, "leader@willow", any) == "dee");
  CHECK(holders_of(town, "grid_worker@3411/05/001", any) == "bo");
  CHECK(holders_of(town, "principal_leader@works", any).empty());
}

TEST_CASE("the organisation in force when somebody asks is the one that answers") {
  auto next = quarter();
  next.set_version(2);
  next.set_effective_from("2024-06-01");
  next.mutable_appointments(5)->set_person("ann");
  auto book = OrganisationBook::of(organisation_of(quarter()), chinese_calendars());
  book.add(organisation_of(next)).value();
  const auto calendar = testing::shipped("cn");
  Time now{};
  const auto directory = make_directory(book, [&] { return now; });
  const auto leader = [&](const std::string& when) {
    now = testing::at(calendar, when);
    return fmt::format("{}", fmt::join(directory->holders("leader", order("lake_street", "")), ", "));
  };
  CHECK(leader("2024-05-01 08:59").empty());
  CHECK(leader("2024-05-01 09:00") == "dee");
  CHECK(leader("2024-05-31 23:59") == "dee");
  CHECK(leader("2024-06-01 00:00") == "ann");
}

}  // namespace
}  // namespace pavior::city::tests
