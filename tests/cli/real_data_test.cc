// Over the public extracts in the folder PAVIOR_DATA, when it is set.
#include <cstdlib>

#include "csv_reader.h"
#include "import_rows.h"
#include "support/catch.h"
#include "text_file.h"

using namespace pavior::cli;

namespace {

std::filesystem::path data(std::string_view file) {
  const char* folder = std::getenv("PAVIOR_DATA");
  return folder == nullptr ? std::filesystem::path{} : std::filesystem::path(folder) / file;
}

bool skipped() {
  if (std::getenv("PAVIOR_DATA") != nullptr) return false;
  WARN("skipped: PAVIOR_DATA does not name the folder of the public extracts");
  return true;
}

}  // namespace

TEST_CASE("overdue by our clocks is overdue by the city's, on every row that says so") {
  if (skipped()) return;
  const auto file = data("boston311/boston311_2011q3.csv.gz");
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
  const auto rows = read_import_rows(*find_format("nyc311"),
                                     {data("nyc311/nyc311_2018-10-21.csv.gz"), data("nyc311/nyc311_2022-05-01.csv.gz")})
                        .value();
  CHECK(rows.rows == 6765 + 924);
  CHECK(rows.rows == rows.orders.size() + rows.repeated + rows.rejected.size());
  CHECK(rows.rejected.empty());
  CHECK(rows.notes.at("closed_without_time_kept_open") >= 2);
  CHECK(rows.notes.at("close_time_wins_over_status") >= 117);
}
