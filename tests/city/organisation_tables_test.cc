// An organisation from tables, as a spreadsheet has them.
#include <string>
#include <vector>

#include "city/organisations.h"
#include "pavior/city/organisation_tables.h"

namespace pavior::city::tests {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// Tables that may be changed, beside a base that has a grid type, a unit and a roster.
struct Tables {
  Rows grids = {{"path", "name", "type", "households", "unit"},
                {"3411/05", "Lake Street", "", "", "lake_street"},
                {"3411/05/001", "Willow", "urban", "420", "willow"}};
  Rows units = {{"\xEF\xBB\xBFid", " kind ", "parent", "grids", "latitude", "longitude", "capacity", "closed"},
                {"lake_street", "street", "hall", "3411/05", "", "", "", ""},
                {"willow", "community", "lake_street", "3411/05/001; 3411/05", "31.79", " 117.3 ", "8", "false"},
                {"old_works", "", "", "", "", "", "", "true"}};
  Rows people = {{"id", "skills"}, {"ann", "first aid;driving"}, {"bo", ""}};
  Rows appointments = {{"person", "role", "grid", "unit", "part_time", "from"},
                       {"ann", "grid_leader", "3411/05/001", "", "", "2024-05-01"},
                       {"bo", "grid_worker", "3411/05/001", "", "true", ""},
                       {"bo", "handler", "", "willow", "", ""}};
  std::vector<std::size_t> lines;

  [[nodiscard]] Result<v1::Organisation> read() const {
    v1::Organisation base;
    base.set_id("town");
    base.set_version(1);
    base.set_zone("Asia/Shanghai");
    base.add_units()->set_id("hall");
    auto& type = *base.add_grid_types();
    type.set_name("urban");
    type.set_households_min(300);
    type.set_households_max(500);
    return read_organisation_tables(base, {.grids = {"grids.csv", grids, lines},
                                           .units = {"units.csv", units},
                                           .people = {"people.csv", people},
                                           .appointments = {"appointments.csv", appointments}});
  }
  [[nodiscard]] std::string said() const {
    const auto read = this->read();
    return read ? "" : read.error().message();
  }
};

TEST_CASE("tables fill the lists of an organisation, column by column") {
  const auto read = Tables().read();
  if (!read) FAIL(read.error());
  const auto organisation = organisation_of(*read);
  CHECK(organisation.grid("3411/05/001")->households() == 420);
  CHECK(organisation.responsible_unit("3411/05/001")->id() == "willow");
  const auto& willow = *organisation.unit("willow");
  CHECK(willow.parent() == "lake_street");
  REQUIRE(willow.grids_size() == 2);
  CHECK(willow.grids(1) == "3411/05");
  CHECK(willow.position().longitude() == 117.3);
  CHECK(willow.capacity() == 8);
  CHECK_FALSE(organisation.unit("lake_street")->has_position());
  CHECK(organisation.unit("old_works")->closed());
  CHECK(organisation.person("ann")->skills(1) == "driving");
  const auto workers = organisation.appointments({.role = "grid_worker"});
  REQUIRE(workers.size() == 1);
  CHECK(workers.front()->part_time());
  CHECK(organisation.appointments({.person = "ann"}).front()->from() == "2024-05-01");
}

TEST_CASE("a table may be left out, or have its header alone") {
  Tables tables;
  tables.appointments.clear();
  CHECK(tables.said().empty());
  tables.people.resize(1);
  CHECK(tables.said().empty());
}

TEST_CASE("what cannot be read is told with its table, line and column") {
  struct Row {
    void (*change)(Tables&);
    std::string says;
  };
  const std::vector<Row> rows = {
      {[](Tables& t) { t.grids[0][1] = "naem"; },
       "grids.csv:1: naem: there is no such column; the columns are: path, name, type, households, unit"},
      {[](Tables& t) { t.units[0][7] = "kind"; }, "units.csv:1: kind: is there twice; leave one out"},
      {[](Tables& t) { t.grids[2].pop_back(); },
       "grids.csv:3: has 4 fields, and the header has 5; quote a comma that is part of a text"},
      {[](Tables& t) { t.grids[2][3] = "about 420"; },
       "grids.csv:3: households: \"about 420\" is no number of 0 or more; write digits alone"},
      {[](Tables& t) { t.grids[2][3] = "-1"; },
       "grids.csv:3: households: \"-1\" is no number of 0 or more; write digits alone"},
      {[](Tables& t) { t.units[2][4] = "31,79"; }, "units.csv:3: latitude: \"31,79\" is no number; write it as 31.82"},
      {[](Tables& t) { t.appointments[2][4] = "yes"; },
       "appointments.csv:3: part_time: \"yes\" is neither true nor false; write one of them, or nothing for false"},
      {[](Tables& t) { t.grids[1][1] = "\xBA\xFE\xB1\xDF"; },  // 湖边 in GBK.
       "grids.csv:2: name: is no line of UTF-8 text; save the table as \"CSV UTF-8\""},
  };
  for (const auto& row : rows) {
    Tables tables;
    row.change(tables);
    CHECK(tables.said() == row.says);
  }
}

TEST_CASE("what makes no sense is told with its table, line and column, too") {
  struct Row {
    void (*change)(Tables&);
    std::string says;
  };
  const std::vector<Row> rows = {
      {[](Tables& t) { t.grids[2][3] = "20"; },
       "grids.csv:3: households: a grid of type urban has 300 to 500 of them, not 20; mend the number, divide the grid "
       "or give it another type"},
      {[](Tables& t) { t.grids[2][0] = "3411/05"; },
       "grids.csv:3: path: \"3411/05\" is in grids.csv:2.path already; keep one of the two, or rename it"},
      {[](Tables& t) { t.grids[2][0] = ""; }, "grids.csv:3: path: is missing; give a grid one"},
      {[](Tables& t) { t.units[2][0] = "hall"; },
       "units.csv:3: id: \"hall\" is in units[0].id already; keep one of the two, or rename it"},
      {[](Tables& t) { t.units[2][3] = "3411/05/001;3412"; },
       "units.csv:3: grids: there is no grid \"3412\", nor any in it; write the path of one, as: 3411/05, 3411/05/001"},
      {[](Tables& t) { t.units[2][4] = "117.3"; },
       "units.csv:3: latitude: is a number of degrees from -90 to 90, not 117.3"},
      {[](Tables& t) { t.appointments[3][0] = "cy"; },
       "appointments.csv:4: person: there is no person \"cy\" among the people; add one, or write the id of one, as: "
       "ann, bo"},
      {[](Tables& t) { t.appointments.push_back(t.appointments[2]); },
       "appointments.csv:5: is appointments.csv:3 again; leave one out"},
      {[](Tables& t) { t.appointments[1][1] = "observer"; },
       "appointments.csv:2: training: is missing; nobody is appointed observer without a record of the training"},
  };
  for (const auto& row : rows) {
    Tables tables;
    row.change(tables);
    CHECK(tables.said() == row.says);
  }
}

TEST_CASE("a reader that skips lines says where its rows stand") {
  Tables tables;
  tables.lines = {3, 5, 9};
  tables.grids[2][3] = "20";
  CHECK(tables.said().starts_with("grids.csv:9: households: "));
}

TEST_CASE("a mistake of the base keeps its own path") {
  v1::Organisation base;
  base.set_version(1);
  CHECK(read_organisation_tables(base, {}).error() ==
        Error(ErrorCode::invalid, "id: is missing; give an organisation one"));
}

}  // namespace
}  // namespace pavior::city::tests
