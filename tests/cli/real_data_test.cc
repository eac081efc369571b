// Over the public extracts in the folder PAVIOR_DATA, when it is set.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "app.h"
#include "folder.h"
#include "import/import_rows.h"
#include "orders/orders.h"
#include "pavior/city/clock.h"
#include "pavior/city/orders_view.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/testing.h"
#include "program.h"
#include "public_data.h"
#include "support/catch.h"
#include "text/csv_reader.h"
#include "text/text_file.h"

using namespace pavior::cli;
using pavior::test::public_data;

namespace {

bool skipped() {
  if (std::getenv("PAVIOR_DATA") != nullptr) return false;
  WARN("skipped: PAVIOR_DATA does not name the folder of the public extracts");
  return true;
}

using UnitCounts = std::map<std::string, std::array<int, 4>>;  // By unit: created, open, breached, breached and open.

// What the rows themselves say, told by comparing wall clock texts, which sort as they are.
UnitCounts counts_of(const std::filesystem::path& file, const std::string& as_of) {
  const auto text = read_text(file).value();
  CsvReader csv(text);
  CsvRow row;
  REQUIRE(csv.next(row));
  const auto column = [&row](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(row.fields, name) - row.fields.begin());
  };
  const auto opened = column("open_dt"), target = column("target_dt"), closed = column("closed_dt"),
             unit = column("department");
  UnitCounts counts;
  while (csv.next(row)) {
    const auto& f = row.fields;
    if (f[opened] > as_of) continue;
    const bool open = f[closed].empty() || f[closed] > as_of;
    const bool late = !f[target].empty() && f[target] < as_of && (f[closed].empty() || f[closed] > f[target]);
    auto& of_unit = counts[f[unit]];
    of_unit[0] += 1;
    of_unit[1] += open;
    of_unit[2] += late;
    of_unit[3] += open && late;
  }
  return counts;
}

std::string csv_line(const std::vector<std::string>& fields) {
  std::string line;
  for (std::string field : fields) {
    for (std::size_t at = 0; (at = field.find('"', at)) != std::string::npos; at += 2) field.insert(at, 1, '"');
    line += (line.empty() ? "\"" : ",\"") + field + '"';
  }
  return line + '\n';
}

UnitCounts counts_of(const google::protobuf::Struct& stats) {
  UnitCounts counts;
  for (const auto& [unit, value] : stats.fields().at("by_unit").struct_value().fields()) {
    const auto& fields = value.struct_value().fields();
    const auto number = [&fields](const char* name) { return static_cast<int>(fields.at(name).number_value()); };
    counts[unit] = {number("created"), number("open"), number("breached"), number("breached_open")};
  }
  return counts;
}

}  // namespace

TEST_CASE("overdue by our clocks is overdue by the city's, on every row that says so") {
  if (skipped()) return;
  const auto file = public_data("boston311/boston311_2011q3.csv.gz");
  const auto rows = read_import_rows(*find_format("boston311"), {file}).value();
  CHECK(rows.rejected.empty());
  CHECK(rows.orders.size() == rows.rows);

  const auto text = read_text(file).value();
  CsvReader csv(text);
  CsvRow row;
  REQUIRE(csv.next(row));
  const auto flag = static_cast<std::size_t>(std::ranges::find(row.fields, "on_time") - row.fields.begin());
  std::size_t flagged = 0;
  std::size_t different = 0;
  for (const auto& [place, order] : rows.orders) {
    REQUIRE(csv.next(row));
    REQUIRE(row.line == place.line);
    const bool overdue = order.deadline && (!order.closed || *order.closed > *order.deadline);
    if (row.fields[flag].empty()) continue;
    ++flagged;
    if (overdue != (row.fields[flag] == "OVERDUE")) ++different;
  }
  CHECK(flagged > rows.rows * 9 / 10);
  CHECK(different == 0);
}

TEST_CASE("both date shapes of New York are read, and no row is lost") {
  if (skipped()) return;
  const auto rows = read_import_rows(*find_format("nyc311"), {public_data("nyc311/nyc311_2018-10-21.csv.gz"),
                                                              public_data("nyc311/nyc311_2022-05-01.csv.gz")})
                        .value();
  CHECK(rows.rows == 6765 + 924);
  CHECK(rows.rows == rows.orders.size() + rows.repeated + rows.rejected.size());
  CHECK(rows.rejected.empty());
  CHECK(rows.notes.at("closed_without_time_kept_open") >= 2);
  CHECK(rows.notes.at("close_time_wins_over_status") >= 117);
}

TEST_CASE("every deadline of New York's police is eight hours by the clock, and breaches when it says") {
  if (skipped()) return;
  const pavior::test::Folder folder;
  std::string rows;
  for (const char* name : {"nyc311/nyc311_2018-10-21.csv.gz", "nyc311/nyc311_2022-05-01.csv.gz"}) {
    const auto text = read_text(public_data(name)).value();
    CsvReader csv(text);
    CsvRow row;
    REQUIRE(csv.next(row));
    const auto agency = static_cast<std::size_t>(std::ranges::find(row.fields, "Agency") - row.fields.begin());
    // Both files have the same columns.
    for (bool heading = rows.empty(); heading || csv.next(row); heading = false)
      if (heading || row.fields[agency] == "NYPD") rows += csv_line(row.fields);
  }
  const auto file = folder.write("nypd.csv", rows).string();
  const auto plan = folder.write("plan.textproto", R"(clocks {
    name: "TOT" calendar: "us" limits { limit { amount: 8 unit: UNIT_HOUR } } starts: "Reported" stops: "Closed"
  })");
  App app;
  app.store = folder / "store";
  const auto store = app.store.string();
  REQUIRE(pavior::test::run({"--store", store, "init", "--clocks", plan.string()}).code == 0);
  REQUIRE(pavior::test::run({"--store", store, "import", "--format", "nyc311", file}).code == 0);

  const auto code = with_store(app, [](pavior::Engine& engine) {
    std::size_t orders = 0, breached = 0;
    REQUIRE(engine.streams("work_order", [&](const pavior::StreamId& id, pavior::Version, pavior::Stage) {
      const auto order = *pavior::city::work_order(*engine.load(id).value().state);
      REQUIRE(order.clocks_size() == 1);
      if (order.deadline() == 0) return true;
      CHECK(order.clocks(0).course().due() == order.deadline());
      CHECK(pavior::city::missed(order.clocks(0)) == order.breached());
      ++orders;
      breached += order.breached();
      return true;
    }));
    CHECK(orders == 2370);
    CHECK(breached == 333);
    return Exit::ok;
  });
  CHECK(code == Exit::ok);
}

TEST_CASE("a real quarter lives its dates: every figure of every unit is what the rows say, at any instant") {
  if (skipped()) return;
  const pavior::test::Folder folder;
  const auto store = (folder / "store").string();
  const auto file = public_data("boston311/boston311_2011q3.csv.gz");
  const auto import = [&] {
    return pavior::test::run({"--store", store, "import", "--format", "boston311", file.string(), "--json"});
  };
  const auto imported = import();
  REQUIRE(imported.code == 0);
  CHECK(imported.number("imported") == imported.number("rows"));
  CHECK(import().number("repeated") == imported.number("rows"));
  // One of them lies in the hour that an autumn night has twice.
  for (const std::string as_of : {"2011-07-15 12:34:56", "2011-08-31 23:59:59", "2011-10-01 00:00:00",
                                  "2011-11-06 01:30:00", "2013-01-01 00:00:00", "2026-01-01 00:00:00"}) {
    INFO(as_of);
    const auto stats = pavior::test::run({"--store", store, "stats", "--as-of", as_of, "--json"});
    CHECK(counts_of(stats.json()) == counts_of(file, as_of));
  }

  // The timers' facts and the view, which never asks them, name the same orders.
  App app;
  app.store = store;
  const auto code = with_store(app, [](pavior::Engine& engine) {
    std::set<std::string, std::less<>> fired, standing_breached;
    pavior::Time last;
    REQUIRE(engine.read(pavior::Position::none, [&](const pavior::Event& event) {
      if (event.type == "pavior.city.v1.DeadlineBreached") fired.emplace(event.key);
      last = std::max(last, event.time);
      return true;
    }));
    REQUIRE(visit_orders(engine, [&](std::string_view key, const pavior::city::v1::OrderRow& row) {
      if (pavior::city::standing(row, last).breached) standing_breached.emplace(key);
      return true;
    }));
    CHECK(fired.size() > 6000);
    CHECK(fired == standing_breached);
    return Exit::ok;
  });
  CHECK(code == Exit::ok);
}
