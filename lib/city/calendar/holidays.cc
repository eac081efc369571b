#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <span>

#include "city/calendar/calendar_rules.h"
#include "core/text.h"
#include "fmt/format.h"
#include "google/protobuf/util/json_util.h"
#include "pavior/city/calendar_file.h"
#include "pavior/city/v1/holidays.pb.h"

namespace pavior::city::inline v0 {
namespace {

using std::chrono::days;
using Days = std::map<Date, v1::Calendar::Day>;

int year_of(Date day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }
Date first_of(int year) { return Date(std::chrono::year(year) / 1 / 1); }
Date last_of(int year) { return Date(std::chrono::year(year) / 12 / 31); }

struct Notice {
  int year = 0;
  std::vector<std::string> papers;
  Days days;
};

Result<Notice> read_notice(const std::string& text, std::size_t number) {
  const auto bad = [number](std::string_view what) {
    return Error(ErrorCode::invalid, fmt::format("holiday file {}: {}", number, what));
  };
  v1::HolidayFile file;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  const auto status = google::protobuf::util::JsonStringToMessage(text, &file, options);
  if (!status.ok()) return bad("is no holiday JSON: " + std::string(status.message()));
  if (file.year() < calendar_year_min || file.year() > calendar_year_max)
    return bad(
        fmt::format("year: {} is missing or not from {} to {}", file.year(), calendar_year_min, calendar_year_max));
  if (file.days().empty()) return bad("days: there are none; expected days[] = {name, date, isOffDay}");
  Notice notice{file.year(), {file.papers().begin(), file.papers().end()}, {}};
  for (int i = 0; i < file.days_size(); ++i) {
    const auto& given = file.days(i);
    const auto date = parse_date(given.date());
    if (!date) return bad(fmt::format("days[{}].date: \"{}\" is no date", i, printable(given.date())));
    if (year_of(*date) < notice.year - 1 || year_of(*date) > notice.year + 1)
      return bad(fmt::format("days[{}].date: {} is far from the year {}", i, given.date(), notice.year));
    if (!given.has_is_off_day()) return bad(fmt::format("days[{}].isOffDay: is missing; is {} off?", i, given.date()));
    v1::Calendar::Day day;
    day.set_kind(given.is_off_day() ? v1::Calendar::Day::OFF : v1::Calendar::Day::WORKING);
    day.set_name(given.name());
    if (!notice.days.emplace(*date, std::move(day)).second)
      return bad(fmt::format("days[{}].date: {} stands there twice", i, given.date()));
  }
  return notice;
}

Result<std::vector<Notice>> read_notices(const std::vector<std::string>& files) {
  std::vector<Notice> notices;
  for (const auto& text : files) {
    auto notice = read_notice(text, notices.size() + 1);
    if (!notice) return std::move(notice).error();
    notices.push_back(*std::move(notice));
  }
  if (notices.empty()) return Error(ErrorCode::invalid, "there are no holiday files");
  std::ranges::sort(notices, {}, &Notice::year);
  const auto twice = std::ranges::adjacent_find(notices, {}, &Notice::year);
  if (twice != notices.end())
    return Error(ErrorCode::invalid, fmt::format("two of the holiday files are of the year {}", twice->year));
  return notices;
}

// One entry for each date.
Result<Days> spread(const v1::Calendar& calendar) {
  Days spread;
  for (const auto& given : calendar.days()) {
    const auto first = parse_date(given.date());
    const auto last = given.to().empty() ? first : parse_date(given.to());
    if (!first || !last) return Error(ErrorCode::invalid, "the calendar to import into has days without a date");
    for (auto date = *first; date <= *last; date += days(1)) spread[date] = given;
  }
  for (auto& [date, day] : spread) day.clear_date(), day.clear_to();
  return spread;
}

// Dates in a row that differ in nothing become one entry.
void join(const Days& joined, v1::Calendar& calendar) {
  calendar.clear_days();
  Date last;
  for (const auto& [date, day] : joined) {
    if (!calendar.days().empty() && date == last + days(1)) {
      auto& previous = *calendar.mutable_days()->rbegin();
      auto same = previous;
      same.clear_date(), same.clear_to();
      if (same.SerializeAsString() == day.SerializeAsString()) {
        previous.set_to(date_text(date));
        last = date;
        continue;
      }
    }
    auto& entry = *calendar.add_days();
    entry = day;
    entry.set_date(date_text(date));
    last = date;
  }
}

// The years of the calendar and of the notices; there may be no gap between them.
Result<void> grow_validity(v1::Calendar& calendar, const std::vector<Notice>& notices) {
  std::set<int> years;
  for (const auto& notice : notices) years.insert(notice.year);
  auto from = parse_date(calendar.valid_from()).value_or(first_of(*years.begin()));
  auto to = parse_date(calendar.valid_to()).value_or(last_of(*years.begin()));
  for (int year = std::min(*years.begin(), year_of(from)); year <= std::max(*years.rbegin(), year_of(to)); ++year)
    if (!years.contains(year) && (last_of(year) < from || first_of(year) > to))
      return Error(ErrorCode::invalid, fmt::format("the holiday file of {} is missing between the others", year));
  calendar.set_valid_from(date_text(std::min(from, first_of(*years.begin()))));
  calendar.set_valid_to(date_text(std::max(to, last_of(*years.rbegin()))));
  return {};
}

}  // namespace

Result<v1::Calendar> import_holidays(v1::Calendar base, const std::vector<std::string>& files) {
  const auto notices = read_notices(files);
  if (!notices) return notices.error();
  auto known = spread(base);
  if (!known) return std::move(known).error();
  if (const auto grown = grow_validity(base, *notices); !grown) return grown.error();
  for (const auto& notice : *notices)
    std::erase_if(*known, [&](const auto& entry) { return year_of(entry.first) == notice.year; });
  for (const auto& notice : *notices) {
    for (const auto& [date, day] : notice.days) {
      // The last days of the year before are of no use to a calendar that begins later.
      const auto text = date_text(date);
      if (text >= base.valid_from() && text <= base.valid_to()) (*known)[date] = day;
    }
    for (const auto& paper : notice.papers)
      if (std::ranges::find(base.sources(), paper) == base.sources().end()) base.add_sources(paper);
  }
  join(*known, base);
  return base;
}

}  // namespace pavior::city::inline v0
