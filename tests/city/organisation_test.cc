// An organisation as people write it: what is a mistake, and what can be asked.
#include <algorithm>
#include <string>
#include <vector>

#include "city/organisations.h"
#include "google/protobuf/util/json_util.h"

namespace pavior::city::tests {
namespace {

/// What is said of the quarter with one thing changed; empty if nothing.
std::string said_with(const std::string& from, const std::string& to) {
  const auto read = read_organisation(quarter_with(from, to), chinese_calendars());
  return read ? "" : read.error().message();
}

TEST_CASE("an organisation is protobuf text or JSON, and both say the same") {
  const auto data = quarter();
  std::string json;
  REQUIRE(google::protobuf::util::MessageToJsonString(data, &json).ok());
  const auto read = read_organisation(json, chinese_calendars());
  REQUIRE(read);
  CHECK(read->SerializeAsString() == data.SerializeAsString());
}

TEST_CASE("a mistake is told with its place and how to mend it") {
  struct Row {
    std::string from;
    std::string to;
    std::string says;
  };
  const std::vector<Row> rows = {
      {"id: \"quarter\"", "", "id: is missing; give an organisation one"},
      {"version: 1\n", "", "version: is 0 or missing; versions are 1, 2, 3 ..."},
      {"Asia/Shanghai", "Asia/Hefei",
       "4:1: zone: there is no time zone \"Asia/Hefei\"; name one as \"Asia/Shanghai\", and see that tzdata is "
       "installed"},
      {"2024-05-01T09:00", "in May",
       "5:1: effective_from: \"in May\" is no time from 1970 to 2037; write it as \"2024-05-01\" or "
       "\"2024-05-01T09:00\""},
      {"households_max: 500", "households_max: 200",
       "6:48: grid_types[0].households_max: is 200, less than households_min, 300"},
      {"3411/05/002\" type", "3411/05/001\" type",
       "11:9: grids[3].path: \"3411/05/001\" is in grids[2].path already; keep one of the two, or rename it"},
      {"path: \"3411/05\"", "path: \"3411//5\"",
       "9:9: grids[1].path: \"3411//5\" is no path; write up to 8 levels with a slash between two, as \"3411/05/002\""},
      {"type: \"park\"", "type: \"parc\"",
       "12:29: grids[4].type: there is no grid type \"parc\"; the types are: park, urban"},
      {"households: 300", "households: 299",
       "10:43: grids[2].households: a grid of type urban has 300 to 500 of them, not 299; mend the number, divide the "
       "grid or give it another type"},
      {"households: 500", "households: 501",
       "11:43: grids[3].households: a grid of type urban has 300 to 500 of them, not 501; mend the number, divide the "
       "grid or give it another type"},
      {"unit: \"willow\"", "unit: \"wilow\"",
       "10:59: grids[2].unit: there is no unit \"wilow\"; write the id of one, as: hall, lake_street, old_works, "
       "willow, works"},
      {"unit: \"willow\"", "unit: \"old_works\"",
       "10:59: grids[2].unit: old_works is closed; name the unit that does its work now"},
      {"parent: \"hall\"", "parent: \"willow\"",
       "14:42: units[1].parent: lake_street would be above itself; name the unit that is really above it, or none"},
      {"\"3411/06\"]", "\"3411/07\"]",
       "15:62: units[2].grids[1]: there is no grid \"3411/07\", nor any in it; write the path of one, as: 3411, "
       "3411/05, 3411/05/001, 3411/05/002, 3411/06/001"},
      {"latitude: 31.79 longitude: 117.30", "latitude: 117.30 longitude: 31.79",
       "18:14: units[3].position.latitude: is a number of degrees from -90 to 90, not 117.3"},
      {"latitude: 31.79 longitude: 117.30", "",
       "18:3: units[3].position.latitude: is missing, as is the longitude; write e.g. { latitude: 31.82 longitude: "
       "117.31 }"},
      {"people { id: \"bo\" }", "people { id: \"ann\" }",
       "22:10: people[1].id: \"ann\" is in people[0].id already; keep one of the two, or rename it"},
      {"person: \"dee\"", "person: \"di\"",
       "31:16: appointments[5].person: there is no person \"di\" among the people; add one, or write the id of one, "
       "as: "
       "ann, bo, cy, dee, eve"},
      {"role: \"leader\" unit: \"lake_street\"", "role: \"leader\" unit: \"lake\"",
       "31:45: appointments[5].unit: there is no unit \"lake\"; write the id of one, as: hall, lake_street, old_works, "
       "willow, works"},
      {"role: \"leader\" unit: \"lake_street\"", "role: \"leader\" unit: \"lake_street\" grid: \"3411\"",
       "31:65: appointments[5].grid: an appointment is to a unit or to a grid; make two of it"},
      {"role: \"principal_leader\"", "role: \"principal_leader\" team: \"top\"",
       "32:55: appointments[6].team: a team is one of a unit; name that, or leave the team out"},
      {"role: \"leader\"", "role: \"leader@lake_street\"",
       "31:30: appointments[5].role: \"leader@lake_street\" has a place in it; name that as unit or grid"},
      {"to: \"2024-06-30\"", "to: \"2024-05-30\"",
       "27:89: appointments[1].to: 2024-05-30 lies before `from`, 2024-06-01"},
      {"to: \"2024-06-30\"", "to: \"30 June\"",
       "27:89: appointments[1].to: \"30 June\" is no date from 1970 to 2037; write it as \"2024-05-01\""},
      {"from: \"2024-06-01\" to: \"2024-06-30\" }",
       "} appointments { person: \"ann\" role: \"grid_leader\" grid: "
       "\"3411/05/001\" }",
       "27:72: appointments[2]: is appointments[0] again; leave one out"},
      {"training: \"lesson-1\"", "",
       "33:1: appointments[7].training: is missing; nobody is appointed observer without a record of the training"},
      {"points { latitude: 31.80 longitude: 117.31 }", "",
       "37:5: appointments[7].territory[0].points: has 1; a stretch leads from one to the next"},
      {"metres: 20", "metres: -1", "36:23: appointments[7].territory[0].metres: is a number from 0 to 1000, not -1"},
      {"lead: \"lake_street\"", "lead: \"the street\"",
       "41:44: joint_groups[0].lead: there is no unit \"the street\"; write the id of one, as: hall, lake_street, "
       "old_works, willow, works"},
      {"members: [\"works\", \"willow\"]", "members: \"lake_street\"",
       "41:64: joint_groups[0].members: are fewer than two units, which need no group; name who else belongs to it"},
      {"calendar: \"cn\"", "calendar: \"us\"",
       "43:17: rosters[0].calendar: the calendar us is not loaded; bring it, or name another one"},
      {"from: \"17:30\"", "from: \"24:00\"",
       "44:12: rosters[0].shifts[0].from: \"24:00\" is no time of a day; write it as \"17:30\""},
      {"to: \"08:30\" people: \"bo\"", "to: \"08:30\" people: \"bob\"",
       "44:38: rosters[0].shifts[0].people[0]: there is no person \"bob\" among the people; add one, or write the id "
       "of "
       "one, as: ann, bo, cy, dee, eve"},
      {"weekdays: [SATURDAY, SUNDAY]", "days: RESTING",
       "46:40: rosters[1].shifts[0].days: needs a calendar that says which days work; give the roster one"},
      {"unit: \"lake_street\" shifts", "unit: \"works\" shifts",
       "46:11: rosters[1].unit: \"works\" is in rosters[0].unit already; keep one of the two, or rename it"},
      {"calendar: \"cn\" people: \"cy\"\n  shifts { from: \"17:30\" to: \"08:30\" people: \"bo\" }", "people: \"cy\"",
       "42:1: rosters[0].shifts: is empty, and there is no calendar, so nobody is ever on duty; give it one of the "
       "two"},
      {"grid_type: \"*\"", "",
       "47:1: role_counts[0].grid_type: a count is of grids or of units; give it a grid_type or "
       "a unit_kind, and not both"},
      {"unit_kind: \"department\"", "unit_kind: \"office\"",
       "48:31: role_counts[1].unit_kind: no unit is of the kind \"office\"; write \"*\" for any, or one of: centre, "
       "community, department, street"},
      {"least: 1 most: 1", "least: 2 most: 1", "47:59: role_counts[0].most: is 1, less than the least, 2"},
  };
  for (const auto& row : rows) {
    INFO(row.from << " -> " << row.to);
    CHECK(said_with(row.from, row.to) == row.says);
  }
  CHECK(said_with("", "").empty());
}

TEST_CASE("the zone that dates and times are in must be named, and be that of the calendar") {
  auto data = quarter();
  data.clear_effective_from();
  data.clear_zone();
  CHECK(Organisation::make(data, chinese_calendars()).error().message() ==
        "zone: is missing; it is that of the days in appointments[1], e.g. \"Asia/Shanghai\"");
  data.clear_appointments();
  CHECK(Organisation::make(data, chinese_calendars()).error().message() ==
        "zone: is missing; it is that of the times in rosters, e.g. \"Asia/Shanghai\"");
  data.set_zone("America/New_York");
  CHECK(Organisation::make(data, chinese_calendars()).error().message() ==
        "rosters[0].calendar: cn counts by the wall clock of Asia/Shanghai, and the organisation by that of "
        "America/New_York; they must be one");
}

TEST_CASE("units in a ring are found, however long it is") {
  v1::Organisation data;
  data.set_id("ring");
  data.set_version(1);
  for (int i = 0; i < 30; ++i) {
    auto& unit = *data.add_units();
    unit.set_id("u" + std::to_string(i));
    unit.set_parent("u" + std::to_string(i == 29 ? 10 : i + 1));
  }
  CHECK(Organisation::make(data).error().message() ==
        "units[0].parent: has 16 levels or more above it, or a ring of them; 16 are enough");
}

TEST_CASE("who needs training is the city's to say") {
  auto data = quarter();
  data.mutable_appointments(7)->clear_training();
  data.add_trained_roles("grid_leader");
  CHECK(Organisation::make(data, chinese_calendars()).error().message() ==
        "appointments[0].training: is missing; nobody is appointed grid_leader without a record of the training");
  data.mutable_appointments(0)->set_training("lesson-1");
  data.mutable_appointments(1)->set_training("lesson-1");
  CHECK(Organisation::make(data, chinese_calendars()).has_value());
}

TEST_CASE("an organisation that says nothing answers nothing") {
  const Organisation nothing;
  CHECK(nothing.grid("3411") == nullptr);
  CHECK(nothing.responsible_unit("3411") == nullptr);
  CHECK(nothing.grids_in("").empty());
  CHECK(nothing.units_of_kind("street").empty());
  CHECK(nothing.appointments({}).empty());
  CHECK(nothing.duty("works", Time()).error().code() == ErrorCode::not_found);
  CHECK(nothing.territory_of_unit("works", position(1, 1)).inside);
}

TEST_CASE("a grid is the responsibility of its unit, or of the nearest level above that has one") {
  const auto organisation = organisation_of(quarter());
  const auto responsible = [&](std::string_view grid) {
    const auto* unit = organisation.responsible_unit(grid);
    return unit == nullptr ? "nobody" : unit->id();
  };
  CHECK(responsible("3411/05/001") == "willow");
  CHECK(responsible("3411/05/002") == "lake_street");
  CHECK(responsible("3411/06/001") == "hall");
  CHECK(responsible("3411/05/001/house 7") == "willow");
  CHECK(responsible("3412") == "nobody");
  CHECK(responsible("") == "nobody");
}

TEST_CASE("grids are found by the area they lie in, not by how their path begins") {
  auto data = quarter();
  for (const auto* path : {"3411/05 b", "3411/056", "3411/0"}) data.add_grids()->set_path(path);
  const auto organisation = organisation_of(data);
  const auto paths = [&](std::string_view area) {
    std::string text;
    for (const auto* grid : organisation.grids_in(area)) text += (text.empty() ? "" : " ") + grid->path();
    return text;
  };
  CHECK(paths("3411/05") == "3411/05 3411/05/001 3411/05/002");
  CHECK(paths("3411/06") == "3411/06/001");
  CHECK(paths("3411/07").empty());
  CHECK(organisation.grids_in("").size() == 8);
}

TEST_CASE("appointments are asked for by person, role, place and day") {
  const auto organisation = organisation_of(quarter());
  const auto people = [&](const AppointmentsOf& asked) {
    std::string text;
    for (const auto* each : organisation.appointments(asked)) text += (text.empty() ? "" : " ") + each->person();
    return text;
  };
  CHECK(people({.role = "grid_leader"}) == "ann ann");
  CHECK(people({.role = "grid_leader", .day = testing::day("2024-05-31")}) == "ann");
  CHECK(people({.grid = "3411/05/002", .day = testing::day("2024-06-01")}) == "ann");
  CHECK(people({.grid = "3411/05/002", .day = testing::day("2024-06-30")}) == "ann");
  CHECK(people({.grid = "3411/05/002", .day = testing::day("2024-07-01")}).empty());
  CHECK(people({.role = "handler", .unit = "works"}) == "bo cy");
  CHECK(people({.unit = "works", .team = "day"}) == "cy");
  CHECK(people({.role = "handler", .unit = "works", .day = testing::day("2024-02-29")}) == "bo");
  CHECK(people({.person = "bo", .role = "grid_worker"}) == "bo");
  CHECK(people({.person = "bo", .unit = "lake_street"}).empty());
  CHECK(people({.of_the_city = true}) == "eve");
  CHECK(organisation.appointments({}).size() == 8);
}

TEST_CASE("units are found by kind, and joint groups by everybody who belongs to one") {
  const auto organisation = organisation_of(quarter());
  CHECK(organisation.units_of_kind("department").size() == 2);
  CHECK(organisation.units_of_kind("school").empty());
  for (const auto* unit : {"lake_street", "works", "willow"}) {
    INFO(unit);
    REQUIRE(organisation.joint_groups_of(unit).size() == 1);
    CHECK(organisation.joint_groups_of(unit).front() == organisation.joint_group("lake"));
  }
  CHECK(organisation.joint_groups_of("hall").empty());
  CHECK(organisation.grid_type("urban")->households_max() == 500);
  CHECK(organisation.person("ann")->skills(0) == "first aid");
}

}  // namespace
}  // namespace pavior::city::tests
