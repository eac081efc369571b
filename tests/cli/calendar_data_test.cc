// Calendars over the public data in the folder PAVIOR_DATA, when it is set.
#include <algorithm>
#include <map>
#include <sstream>

#include "folder.h"
#include "program.h"
#include "public_data.h"
#include "text/calendar_source.h"

using namespace pavior::cli;
using pavior::test::public_data;
using pavior::test::run;
using pavior::test::visit_rows;

namespace {

// `2019/2/28 11:25:05` as `2019-02-28T11:25:05`; a date alone stays one.
std::string iso(const std::string& text) {
  std::string digits, iso;
  const auto flush = [&] { iso += (digits.size() == 1 ? "0" : "") + digits, digits.clear(); };
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else {
      flush(), iso += c == '/' ? '-' : c;
    }
  }
  return flush(), iso;
}

}  // namespace

TEST_CASE("the calendar of China is what the holiday files make, on every day") {
  const auto folder = public_data("cn_holidays");
  if (folder.empty()) return;
  std::vector<std::string> import{"calendar", "import"};
  for (int year = 2010; year <= 2026; ++year) import.push_back((folder / (std::to_string(year) + ".json")).string());
  const pavior::test::Folder made;
  const auto file = (made / "cn").string();
  import.insert(import.end(), {"--output", file});
  REQUIRE(run(import).code == 0);
  const auto compared = run({"calendar", "compare", "--calendar", "cn", "--with", file, "--json"});
  CHECK(compared.number("changed") == 0);
  CHECK(compared.text("from") == "2010-01-01");
  CHECK(compared.text("to") == "2037-01-07");  // Both answer provisionally for ten years beyond 2026.
}

// The figures are those of a day-by-day walk by another program. The day of the message is not counted.
TEST_CASE("every reply to a citizen is measured in working days") {
  const auto file = public_data("cn_petition/replies_2011_2018.csv.gz");
  if (file.empty()) return;
  std::string rows = "from,to,unit\n";
  visit_rows(file, {"留言时间", "答复时间"}, [&](const std::vector<std::string>& times) {
    rows += iso(times[0]) + ',' + iso(times[1]) + ",work_day\n";
  });
  const auto ran = run({"calendar", "difference", "--calendar", "cn", "--batch"}, rows);
  CHECK(ran.code == 0);
  std::istringstream answers(ran.out);
  int count = 0, sum = 0, most = 0, within_5 = 0, within_15 = 0;
  for (int days = 0; answers >> days;) {
    ++count, sum += days, most = std::max(most, days), within_5 += days <= 5, within_15 += days <= 15;
    REQUIRE(days >= 0);
  }
  CHECK(count == 1926);
  CHECK(sum == 28290);
  CHECK(most == 796);
  CHECK(within_5 == 674);
  CHECK(within_15 == 1384);
}

TEST_CASE("permit deadlines of eight weeks end at the time of the start, also when the clocks changed between") {
  const auto file = public_data("receipt_permit/receipt.csv.gz");
  if (file.empty()) return;
  pavior::city::v1::Calendar calendar_data;
  calendar_data.set_id("nl");
  calendar_data.set_version(1);
  calendar_data.set_zone("Europe/Amsterdam");
  calendar_data.set_valid_from("2009-01-01");
  calendar_data.set_valid_to("2014-12-31");
  const auto calendar = pavior::city::Calendar::make(calendar_data).value();
  const auto clock = CityClock::of(calendar.zone()).value();

  std::map<std::string, std::pair<std::string, std::string>> cases;
  visit_rows(file, {"case:concept:name", "case:startdate", "case:deadline"}, [&](const std::vector<std::string>& row) {
    cases[row[0]] = {row[1], row[2]};
  });
  CHECK(cases.size() == 1434);
  int exact = 0, midnight = 0, eight_weeks = 0, changed = 0, other_time = 0;
  for (const auto& [id, times] : cases) {
    INFO(id);
    const auto start = parse_instant(times.first, clock), deadline = parse_instant(times.second, clock);
    REQUIRE(start.has_value());
    REQUIRE(deadline.has_value());
    pavior::city::v1::Limit limit;
    limit.set_unit(pavior::city::v1::UNIT_CALENDAR_DAY);
    limit.set_end(pavior::city::v1::SAME_TIME);
    limit.set_amount(static_cast<std::int64_t>(calendar.difference(*start, *deadline, limit.unit()).value()));
    const auto due = calendar.due(*start, limit);
    REQUIRE(due.has_value());
    CHECK(due->day == calendar.day_of(*deadline));
    if (std::chrono::abs(due->due - *deadline) >= std::chrono::seconds(1)) {
      limit.set_end(pavior::city::v1::END_OF_DAY);
      limit.set_amount(std::max<std::int64_t>(1, limit.amount() - 1));
      ++(calendar.due(*start, limit)->due == *deadline ? midnight : other_time);
      continue;
    }
    ++exact;
    eight_weeks += limit.amount() == 56;
    changed +=
        std::chrono::round<std::chrono::hours>(*deadline - *start) % std::chrono::days(1) != std::chrono::hours(0);
  }
  CHECK(eight_weeks == 982);
  CHECK(changed == 512);
  CHECK(exact == 1289);
  CHECK(midnight == 133);   // Days until 24:00 of the one before.
  CHECK(other_time == 12);  // Six of them count 24 hours a day, the others were set by hand, minutes earlier.
}
