#include "folder.h"
#include "import/import_rows.h"
#include "support/catch.h"
#include "text/csv_reader.h"
#include "text/text_file.h"

namespace fs = std::filesystem;
using pavior::test::Folder;
using namespace pavior::cli;
using pavior::ErrorCode;
using pavior::Time;

namespace {

std::vector<CsvRow> rows_of(std::string_view text, std::size_t fields) {
  CsvReader reader(text);
  reader.expect_fields(fields);
  std::vector<CsvRow> rows;
  for (CsvRow row; reader.next(row);) rows.push_back(row);
  return rows;
}

Time utc(int year, unsigned month, unsigned day, int hour, int minute) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) +
         std::chrono::hours(hour) + std::chrono::minutes(minute);
}

Time new_york(std::string_view text) {
  static const auto clock = CityClock::of("America/New_York").value();
  return clock.utc(parse_iso_time(text).value());
}

const std::string boston_header =
    "case_enquiry_id,open_dt,target_dt,closed_dt,case_status,closure_kind,reason,type,department,location_street_name,"
    "latitude,longitude,source\n";

std::string boston_row(const std::string& id, const std::string& times, const std::string& status = "Closed") {
  return id + "," + times + "," + status + ",Case Resolved,Street Lights,Outages,PWDx,1 Main St,42.1,-71.2,App\n";
}

const Format& boston_format = *find_format("boston311");

}  // namespace

TEST_CASE("csv rows know their lines, through quotes, blank lines and every kind of line end") {
  const auto rows = rows_of("\xEF\xBB\xBFid,text\r\n\r\n1,\"two\nlines, \"\"quoted\"\"\"\n\n  \n2, padded \r3,last", 2);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].fields == std::vector<std::string>{"id", "text"});
  CHECK(rows[1].fields == std::vector<std::string>{"1", "two\nlines, \"quoted\""});
  CHECK(rows[2].fields == std::vector<std::string>{"2", "padded"});
  CHECK(rows[3].fields == std::vector<std::string>{"3", "last"});
  CHECK(std::vector{rows[0].line, rows[1].line, rows[2].line, rows[3].line} == std::vector<std::size_t>{1, 3, 7, 8});
}

TEST_CASE("a stray quote costs its own line, not the rows below") {
  for (const auto* text : {"1,a\n2,\"b\n3,c\n4,d\n", "1,a\n2,\"b\n3,c\n4,d", "1,a\n2,\"b\n3,c\n4\",d\n"}) {
    const auto rows = rows_of(text, 2);
    REQUIRE(rows.size() == 4);
    CHECK(std::vector{rows[0].stray_quote, rows[1].stray_quote, rows[2].stray_quote} ==
          std::vector{false, true, false});
    CHECK(rows[1].line == 2);
    CHECK(rows[2].fields[0] == "3");
    CHECK(rows[3].line == 4);
  }
}

TEST_CASE("text is read plain or gzipped, whatever the file is called") {
  const Folder folder;
  CHECK(read_text(folder.write("plain.gz", "a\nb")).value() == "a\nb");
  CHECK(read_text(folder.write_gzip("zipped.csv", "a\nb")).value() == "a\nb");
  CHECK(read_text(folder.write("empty", "")).value().empty());
}

TEST_CASE("a gzip file that ends too early is its own error, however little is missing") {
  const Folder folder;
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i) + "\n";
  for (const std::size_t cut : {1U, 8U, 9U, 5000U}) {
    const auto result = read_text(folder.write_gzip("cut.gz", text, cut));
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::invalid);
    CHECK(result.error().message().find("ends too early") != std::string::npos);
  }
}

TEST_CASE("a file that is missing or a folder is named") {
  const Folder folder;
  CHECK(read_text("/nowhere/at all.csv").error().code() == ErrorCode::not_found);
  CHECK(read_text(fs::temp_directory_path()).error().code() == ErrorCode::invalid);
}

TEST_CASE("only UTF-8 is UTF-8") {
  for (const auto* good : {"", "plain", "caf\xC3\xA9", "\xE5\x9F\x8E\xE5\xB8\x82", "\xF0\x9F\x9A\xA7"})
    CHECK(is_utf8(good));
  for (const auto* bad : {"caf\xE9", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE5\x9F"})
    CHECK_FALSE(is_utf8(bad));
}

TEST_CASE("times are read in each shape and nothing else is a time") {
  const auto wall = parse_iso_time("2018-10-21 13:05:09").value();
  CHECK(parse_iso_time("2018-10-21T13:05:09") == wall);
  CHECK(parse_american_time("10/21/2018 01:05:09 PM") == wall);
  CHECK(parse_american_time("10/21/18 13:05") == wall - std::chrono::seconds(9));
  CHECK(parse_american_time("5/1/22 0:07") == parse_iso_time("2022-05-01 00:07:00"));
  CHECK(parse_american_time("05/01/2022 12:07:46 AM") == parse_iso_time("2022-05-01 00:07:46"));
  CHECK(parse_american_time("05/01/2022 12:07:46 PM") == parse_iso_time("2022-05-01 12:07:46"));
  for (const auto* bad : {"", "2018-10-21", "2018-13-01 00:00:00", "2018-02-30 00:00:00", "2018-10-21 24:00:00",
                          "2018-10-21 13:05:09 ", "2018-10-21 13:05:61", "x018-10-21 13:05:09"})
    CHECK_FALSE(parse_iso_time(bad));
  for (const auto* bad : {"", "10/21/18", "13/21/18 1:00", "10/21/2018 13:05:09 PM", "10/21/2018 00:05:09 AM",
                          "10/21/2018 01:05:09", "10/21/18 1:05 PM", "10/21/018 01:05:09 AM"})
    CHECK_FALSE(parse_american_time(bad));
}

TEST_CASE("the wall clock of a city is converted through both changes of a year") {
  CHECK(new_york("2011-01-15 12:00:00") == utc(2011, 1, 15, 17, 0));
  CHECK(new_york("2011-07-15 12:00:00") == utc(2011, 7, 15, 16, 0));
  // Skipped on 13 March 2011: 02:00 to 03:00.
  CHECK(new_york("2011-03-13 01:59:59") + std::chrono::seconds(1) == new_york("2011-03-13 03:00:00"));
  CHECK(new_york("2011-03-13 02:30:00") == new_york("2011-03-13 03:30:00"));
  // Shown twice on 6 November 2011: 01:00 to 02:00. The first time counts.
  CHECK(new_york("2011-11-06 01:30:00") == utc(2011, 11, 6, 5, 30));
  CHECK(new_york("2011-11-06 02:00:00") == utc(2011, 11, 6, 7, 0));
  CHECK(CityClock::of("America/New_York")->text(utc(2011, 7, 1, 5, 32)) == "2011-07-01 01:32:00");
  CHECK(CityClock::of("America/New_York")->iso_text(utc(2011, 1, 1, 5, 0)) == "2011-01-01T00:00:00-05:00");
  CHECK(CityClock::of("America/New_York")->iso_text(utc(2011, 1, 1, 5, 0) + std::chrono::microseconds(195'300)) ==
        "2011-01-01T00:00:00.195300-05:00");
  CHECK(CityClock::of("Europe/Atlantis").error().code() == ErrorCode::not_found);
}

TEST_CASE("every bad row is counted with its line and its reason, and the good ones are kept") {
  const Folder folder;
  const auto file =
      folder.write("rows.csv", boston_header +  // line 1
                                   boston_row("1", "2011-07-01 01:00:00,2011-07-02 00:00:00,2011-07-01 02:00:00") +
                                   boston_row("1", "2011-07-01 01:00:00,2011-07-02 00:00:00,2011-07-01 02:00:00") +
                                   boston_row("1", "2011-07-01 01:00:00,2011-07-02 00:00:00,2011-07-01 02:00:01") +
                                   boston_row("2", "2011-07-01 01:00:00,,2011-07-01 00:59:59") +     // line 5
                                   boston_row("3", "yesterday,,") + boston_row("4", ",,") +          //
                                   boston_row("5", "2011-07-01 01:00:00,soon,") +                    //
                                   boston_row("6", "2011-07-01 01:00:00,,later") +                   //
                                   boston_row("", "2011-07-01 01:00:00,,") +                         // line 10
                                   boston_row("a b", "2011-07-01 01:00:00,,") +                      //
                                   boston_row("7", "2011-07-01 01:00:00,,\xFF") + "8,too short\n" +  //
                                   boston_row("9", "2011-07-01 01:00:00,2011-06-30 00:00:00,") +     // line 14
                                   boston_row("10", "2011-07-01 01:00:00,,2011-07-01 01:00:00", "Open"));
  const auto rows = read_import_rows(boston_format, {file}).value();
  CHECK(rows.rows == 14);
  CHECK(rows.repeated == 1);
  REQUIRE(rows.orders.size() == 3);
  CHECK(rows.orders[0].order.id == "1");
  CHECK(rows.orders[0].order.closed == new_york("2011-07-01 02:00:00"));
  CHECK(rows.orders[0].order.coordinates == Coordinates{42.1, -71.2});
  CHECK(rows.orders[1].order.id == "9");
  CHECK(rows.orders[2].order.opened == rows.orders[2].order.closed);
  std::vector<std::pair<std::size_t, std::string>> rejected;
  for (const auto& row : rows.rejected) rejected.emplace_back(row.place.line, row.error.reason);
  CHECK(rejected == std::vector<std::pair<std::size_t, std::string>>{{4, "duplicate_id_other_content"},
                                                                     {5, "closed_before_opened"},
                                                                     {6, "unreadable_open_time"},
                                                                     {7, "missing_open_time"},
                                                                     {8, "unreadable_deadline"},
                                                                     {9, "unreadable_close_time"},
                                                                     {10, "missing_id"},
                                                                     {11, "unusable_id"},
                                                                     {12, "not_utf8"},
                                                                     {13, "wrong_field_count"}});
  CHECK(rows.notes == std::map<std::string, std::uint64_t>{{"close_time_wins_over_status", 1},
                                                           {"closed_without_time_kept_open", 1},
                                                           {"deadline_before_opened", 1}});
}

TEST_CASE("a file of another format is refused with the column that is missing") {
  const Folder folder;
  const auto file = folder.write("boston.csv", boston_header);
  const auto error = read_import_rows(*find_format("nyc311"), {file}).error();
  CHECK(error.code() == ErrorCode::invalid);
  CHECK(error.message() == file.string() + ": line 1: the column 'Unique Key' is missing; a nyc311 file is expected");
  CHECK(read_import_rows(boston_format, {folder.write("empty.csv", "\n\n")}).error().code() == ErrorCode::invalid);
  CHECK(read_import_rows(boston_format, {file})->rows == 0);
}
