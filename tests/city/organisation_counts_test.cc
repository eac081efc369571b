// How many people of which role: two cities of the size of real ones, and what is said of a team that lacks somebody.
#include <chrono>
#include <string>
#include <vector>

#include "city/organisations.h"
#include "fmt/format.h"
#include "pavior/city/organisation_counts.h"

namespace pavior::city::tests {
namespace {

/// Builds an organisation row by row.
class Builder {
 public:
  Builder() {
    data_.set_id("city");
    data_.set_version(1);
    auto& type = *data_.add_grid_types();
    type.set_name("urban");
    type.set_households_min(300);
    type.set_households_max(500);
    data_.add_grid_types()->set_name("village_group");
  }
  void grid(const std::string& path, const std::string& type, std::uint32_t households) {
    auto& grid = *data_.add_grids();
    grid.set_path(path);
    grid.set_type(type);
    grid.set_households(households);
  }
  std::string person() {
    auto& person = *data_.add_people();
    person.set_id(fmt::format("p{}", data_.people_size()));
    return person.id();
  }
  v1::Appointment& appoint(const std::string& person, const std::string& role, const std::string& grid) {
    auto& appointment = *data_.add_appointments();
    appointment.set_person(person);
    appointment.set_role(role);
    appointment.set_grid(grid);
    return appointment;
  }
  void count(const std::string& role, std::uint32_t least, std::uint32_t most) {
    auto& count = *data_.add_role_counts();
    count.set_role(role);
    count.set_grid_type("*");
    count.set_least(least);
    count.set_most(most);
  }
  v1::Organisation& data() { return data_; }

 private:
  v1::Organisation data_;
};

/// 779 grids, each with a guide, a leader, two workers and some residents: 1+1+2+N.
Builder district() {
  Builder builder;
  builder.count("party_guide", 1, 1);
  builder.count("grid_leader", 1, 1);
  builder.count("grid_worker", 2, 2);
  builder.count("resident", 0, 0);
  for (int i = 0; i < 779; ++i) {
    const auto path = fmt::format("340111/{:02}/{:03}", i / 40 + 1, i % 40 + 1);
    builder.grid(path, "urban", 300 + static_cast<std::uint32_t>(i % 201));
    builder.appoint(builder.person(), "party_guide", path);
    builder.appoint(builder.person(), "grid_leader", path);
    for (int k = 0; k < 2; ++k) builder.appoint(builder.person(), "grid_worker", path);
    for (int k = 0; k < i % 5; ++k) builder.appoint(builder.person(), "resident", path);
  }
  return builder;
}

TEST_CASE("a district of 779 teams of 1+1+2+N is complete") {
  auto builder = district();
  const auto organisation = organisation_of(builder.data());
  CHECK(organisation.grids_in("").size() == 779);
  CHECK(role_count_findings(organisation, wednesday).empty());
  const std::vector<StaffCount> expected = {{"grid_leader", 779, 779, 0, 779},
                                            {"grid_worker", 1558, 1558, 0, 1558},
                                            {"party_guide", 779, 779, 0, 779},
                                            {"resident", 1556, 1556, 0, 1556}};
  CHECK(staff_counts(organisation, wednesday) == expected);
}

TEST_CASE("a team that lacks somebody, or has one too many, is reported, and the organisation can be used") {
  auto builder = district();
  builder.data().set_zone("Asia/Shanghai");
  for (auto& appointment : *builder.data().mutable_appointments()) {
    if (appointment.grid() == "340111/05/002" && appointment.role() == "grid_leader") appointment.set_role("resident");
    if (appointment.grid() == "340111/06/001" && appointment.role() == "party_guide") appointment.set_to("2024-05-07");
  }
  builder.appoint(builder.person(), "grid_worker", "340111/07/003");
  const auto organisation = organisation_of(builder.data());
  std::vector<std::string> texts;
  for (const auto& finding : role_count_findings(organisation, wednesday)) texts.push_back(text_of(finding));
  CHECK(texts == std::vector<std::string>{"grid 340111/05/002 has 0 grid_leader, 1 at least",
                                          "grid 340111/06/001 has 0 party_guide, 1 at least",
                                          "grid 340111/07/003 has 3 grid_worker, 2 at most"});
  // A day earlier the guide was still there.
  CHECK(role_count_findings(organisation, wednesday - std::chrono::days(1)).size() == 2);
}

/// 3,824 grids in 30 townships of 8 villages; 1,415 leaders, 3,507 full-time and 4,607 part-time workers.
Builder city() {
  Builder builder;
  builder.count("grid_leader", 1, 1);
  builder.count("grid_worker", 1, 0);
  std::vector<std::string> leaders, full_time, part_time;
  for (int i = 0; i < 1415; ++i) leaders.push_back(builder.person());
  for (int i = 0; i < 3507; ++i) full_time.push_back(builder.person());
  for (int i = 0; i < 4607; ++i) part_time.push_back(builder.person());
  std::vector<std::string> paths;
  for (int i = 0; i < 3824; ++i) {
    const bool urban = i % 3 == 0;
    paths.push_back(fmt::format("411481/{:02}/{:02}/{:03}", i % 30 + 1, i / 30 % 8 + 1, i / 240 + 1));
    builder.grid(paths.back(), urban ? "urban" : "village_group", urban ? 400 : 80);
    builder.appoint(leaders[static_cast<std::size_t>(i) % leaders.size()], "grid_leader", paths.back());
  }
  for (std::size_t i = 0; i < full_time.size(); ++i) builder.appoint(full_time[i], "grid_worker", paths[i]);
  for (std::size_t i = 0; i < part_time.size(); ++i)
    builder.appoint(part_time[i], "grid_worker", paths[paths.size() - 1 - i % paths.size()]).set_part_time(true);
  return builder;
}

TEST_CASE("a city of 3,824 grids with 1,415 leaders, 3,507 full-time and 4,607 part-time workers loads and counts") {
  auto builder = city();
  const auto organisation = organisation_of(builder.data());
  CHECK(organisation.grids_in("411481").size() == 3824);
  CHECK(role_count_findings(organisation, wednesday).empty());
  const std::vector<StaffCount> expected = {{"grid_leader", 1415, 1415, 0, 3824},
                                            {"grid_worker", 8114, 3507, 4607, 8114}};
  CHECK(staff_counts(organisation, wednesday) == expected);
}

TEST_CASE("what villages have is what their townships and the city have") {
  auto builder = city();
  const auto organisation = organisation_of(builder.data());
  std::size_t grids = 0;
  std::size_t workers = 0;
  for (int township = 1; township <= 30; ++township) {
    const auto area = fmt::format("411481/{:02}", township);
    std::size_t grids_here = 0;
    std::size_t workers_here = 0;
    for (int village = 1; village <= 8; ++village) {
      const auto inner = fmt::format("{}/{:02}", area, village);
      grids_here += organisation.grids_in(inner).size();
      for (const auto& count : staff_counts(organisation, wednesday, inner))
        if (count.role == "grid_worker") workers_here += count.people;
    }
    CHECK(grids_here == organisation.grids_in(area).size());
    CHECK(staff_counts(organisation, wednesday, area).at(1).people == workers_here);
    grids += grids_here;
    workers += workers_here;
  }
  CHECK(grids == 3824);
  CHECK(workers == 8114);
}

TEST_CASE("households are counted in urban grids alone") {
  auto builder = city();
  for (auto& grid : *builder.data().mutable_grids())
    if (grid.type() == "village_group") grid.set_households(7);
  CHECK(Organisation::make(builder.data()).has_value());
  builder.data().mutable_grids(3)->set_households(7);
  CHECK(Organisation::make(builder.data())
            .error()
            .message()
            .starts_with("grids[3].households: a grid of type urban has 300 to 500 of them, not 7"));
}

TEST_CASE("units are counted by kind, a person who is appointed twice once, and closed units not at all") {
  auto data = quarter();
  const auto texts = [&] {
    std::string text;
    for (const auto& finding : role_count_findings(organisation_of(data), wednesday)) text += text_of(finding) + "; ";
    return text;
  };
  const std::string grids =
      "grid 3411/05/002 has 0 grid_leader, 1 at least; grid 3411/06/001 has 0 grid_leader, 1 at "
      "least; ";
  CHECK(texts() == grids);
  auto& cy = *data.mutable_appointments(4);
  cy.set_person("bo");
  CHECK(texts() == grids + "unit works has 1 handler, 2 at least; ");
  data.mutable_units(4)->set_closed(false);
  CHECK(texts() == grids + "unit works has 1 handler, 2 at least; unit old_works has 0 handler, 2 at least; ");
}

TEST_CASE("a person who is full-time here and part-time there is one person") {
  auto data = quarter();
  data.mutable_appointments(0)->set_part_time(true);
  const auto counts = staff_counts(organisation_of(data), testing::day("2024-06-15"), "3411/05");
  REQUIRE(counts.size() == 3);
  CHECK(counts[0] == StaffCount{"grid_leader", 1, 1, 1, 2});
  CHECK(counts[1] == StaffCount{"grid_worker", 1, 0, 1, 1});
  CHECK(counts[2] == StaffCount{"observer", 1, 1, 0, 1});
}

}  // namespace
}  // namespace pavior::city::tests
