#include "city/calendar/calendar_rules.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::year_month_day;

template <class T>
using Repeated = google::protobuf::RepeatedPtrField<T>;

constexpr std::size_t id_bytes_max = 64;
constexpr int timetables_max = 400;

// The number that all of `digits` is; -1 if it is none.
int number(std::string_view digits) {
  if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) return -1;
  int value = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// "09:00-12:00"
std::optional<LocalSpan> parse_span(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto begin = parse_time(text.substr(0, 5));
  const auto end = parse_time(text.substr(6));
  if (!begin || !end || *begin >= *end) return std::nullopt;
  return LocalSpan{*begin, *end};
}

class Checker {
 public:
  explicit Checker(const v1::Calendar& data) : data_(data) {}

  std::variant<CalendarRules, DataMistake> run() {
    for (const auto step : {&Checker::names, &Checker::work_week, &Checker::timetables, &Checker::validity,
                            &Checker::days_off_and_on, &Checker::every_working_day_has_hours}) {
      if (auto mistake = (this->*step)()) return *std::move(mistake);
    }
    return std::move(rules_);
  }

 private:
  Mistake names() {
    if (data_.id().empty() || data_.id().size() > id_bytes_max || !is_printable_utf8(data_.id()))
      return DataMistake{"id", fmt::format("give the calendar a name of 1 to {} bytes, e.g. \"cn\"", id_bytes_max)};
    if (data_.version() == 0) return DataMistake{"version", "is 0 or missing; versions are 1, 2, 3 ..."};
    rules_.zone = Zone::of(data_.zone());
    if (!rules_.zone)
      return DataMistake{"zone",
                         fmt::format("there is no time zone \"{}\"; name one as \"Asia/Shanghai\", and see that "
                                     "tzdata is installed",
                                     printable(data_.zone()))};
    rules_.id = data_.id();
    rules_.version = data_.version();
    rules_.zone_name = data_.zone();
    rules_.rest_day_moves = data_.rest_day_moves();
    return {};
  }

  Mistake work_week() { return weekdays("work_week", data_.work_week(), rules_.work_week); }

  Mistake timetables() {
    if (data_.office_hours_size() > timetables_max)
      return DataMistake{"office_hours",
                         fmt::format("there are more than {}; use days for single dates", timetables_max)};
    for (int i = 0; i < data_.office_hours_size(); ++i) {
      const auto& given = data_.office_hours(i);
      const auto path = fmt::format("office_hours[{}]", i);
      CalendarRules::Timetable table{{}, Date::min(), Date::max(), {}};
      if (given.weekdays().empty()) table.weekdays.fill(true);
      if (auto mistake = weekdays(path + ".weekdays", given.weekdays(), table.weekdays)) return mistake;
      if (!given.from().empty())
        if (auto mistake = date(path + ".from", given.from(), table.from)) return mistake;
      if (!given.to().empty())
        if (auto mistake = date(path + ".to", given.to(), table.to)) return mistake;
      if (table.from > table.to) return DataMistake{path + ".to", "lies before `from`"};
      if (given.spans().empty()) return DataMistake{path, "has no spans; give it some, e.g. \"09:00-12:00\""};
      if (auto mistake = spans(path + ".spans", given.spans(), table.spans)) return mistake;
      rules_.timetables.push_back(std::move(table));
    }
    return {};
  }

  Mistake validity() {
    if (auto mistake = date("valid_from", data_.valid_from(), rules_.valid_from)) return mistake;
    if (auto mistake = date("valid_to", data_.valid_to(), rules_.valid_to)) return mistake;
    if (rules_.valid_from > rules_.valid_to) return DataMistake{"valid_to", "lies before `valid_from`"};
    if (!v1::Calendar::Beyond_IsValid(data_.beyond()))
      return DataMistake{"beyond", "is neither REFUSE nor PROVISIONAL"};
    rules_.last = rules_.valid_to;
    if (data_.beyond() == v1::Calendar::PROVISIONAL) {
      constexpr Date end{std::chrono::year(calendar_year_max) / 12 / 31};
      rules_.last = std::min(end, rules_.valid_to + days(provisional_years * 366));
    }
    return {};
  }

  Mistake days_off_and_on() {
    for (int i = 0; i < data_.days_size(); ++i)
      if (auto mistake = day(i, fmt::format("days[{}]", i))) return mistake;
    return {};
  }

  Mistake day(int index, const std::string& path) {
    const auto& given = data_.days(index);
    Date first;
    if (auto mistake = date(path + ".date", given.date(), first)) return mistake;
    Date last = first;
    if (!given.to().empty())
      if (auto mistake = date(path + ".to", given.to(), last)) return mistake;
    if (last < first) return DataMistake{path + ".to", "lies before `date`"};
    if (first < rules_.valid_from || last > rules_.valid_to)
      return DataMistake{path + ".date", fmt::format("{} lies outside of valid_from {} to valid_to {}", given.date(),
                                                     data_.valid_from(), data_.valid_to())};
    const bool works = given.kind() == v1::Calendar::Day::WORKING;
    if (!works && given.kind() != v1::Calendar::Day::OFF)
      return DataMistake{path + ".kind", "is missing; write OFF or WORKING"};
    if (!works && !given.hours().empty()) return DataMistake{path + ".hours", "only WORKING days have hours"};
    CalendarRules::ExceptionalDay rule{works, {}, index};
    if (auto mistake = spans(path + ".hours", given.hours(), rule.hours)) return mistake;
    for (auto date = first; date <= last; date += days(1)) {
      const auto [other, fresh] = rules_.days.emplace(date, rule);
      if (!fresh)
        return DataMistake{path + ".date", fmt::format("{} is in days[{}] already; keep one of the two",
                                                       date_text(date), other->second.index)};
    }
    return {};
  }

  Mistake every_working_day_has_hours() {
    for (auto date = rules_.valid_from; date <= rules_.last; date += days(1)) {
      const auto found = rules_.days.find(date);
      const bool works = found == rules_.days.end() ? rules_.work_week[weekday_index(date)] : found->second.works;
      if (!works || !rules_.hours_of(date).empty()) continue;
      return DataMistake{
          found == rules_.days.end() ? "office_hours" : fmt::format("days[{}]", found->second.index),
          fmt::format("{} works and no office hours fit it; give it hours, or add office_hours without weekdays",
                      date_text(date))};
    }
    return {};
  }

  template <class Weekdays>
  static Mistake weekdays(const std::string& path, const Weekdays& given, std::array<bool, 7>& which) {
    for (int i = 0; i < given.size(); ++i) {
      const int weekday = given.Get(i);
      if (weekday < v1::Calendar::MONDAY || weekday > v1::Calendar::SUNDAY)
        return DataMistake{fmt::format("{}[{}]", path, i), "is no weekday; write MONDAY, TUESDAY ..."};
      which[static_cast<std::size_t>(weekday) - 1] = true;
    }
    return {};
  }

  static Mistake date(const std::string& path, const std::string& text, Date& date) {
    const auto parsed = parse_date(text);
    if (!parsed)
      return DataMistake{path, fmt::format("\"{}\" is no date from {} to {}; write it as \"2025-01-26\"",
                                           printable(text), calendar_year_min, calendar_year_max)};
    date = *parsed;
    return {};
  }

  static Mistake spans(const std::string& path, const Repeated<std::string>& texts, Spans& spans) {
    for (int i = 0; i < texts.size(); ++i) {
      const auto span = parse_span(texts[i]);
      if (!span)
        return DataMistake{fmt::format("{}[{}]", path, i),
                           fmt::format("\"{}\" is no span within a day; write it as \"09:00-12:00\", until 24:00",
                                       printable(texts[i]))};
      if (!spans.empty() && span->begin < spans.back().end)
        return DataMistake{fmt::format("{}[{}]", path, i),
                           fmt::format("\"{}\" begins before the one above it ends", texts[i])};
      spans.push_back(*span);
    }
    return {};
  }

  const v1::Calendar& data_;
  CalendarRules rules_;
};

}  // namespace

Mistake limit_mistake(const v1::Limit& limit) {
  if (limit.amount() < 1)
    return DataMistake{"amount", fmt::format("a limit is 1 or more of its unit, not {}", limit.amount())};
  if (!v1::Unit_IsValid(limit.unit()) || limit.unit() == v1::UNIT_UNSPECIFIED)
    return DataMistake{"unit", "a limit needs one, e.g. UNIT_WORK_DAY"};
  if (!v1::StartRule_IsValid(limit.start())) return DataMistake{"start", "there is no such rule"};
  if (!v1::EndRule_IsValid(limit.end())) return DataMistake{"end", "there is no such rule"};
  if (counts_days(limit.unit())) return {};
  if (limit.start() == v1::EXCLUDE_START_DAY)
    return DataMistake{"start", "minutes and hours count from the moment; leave the rule out or use a unit in days"};
  if (limit.end() == v1::CLOSE_OF_BUSINESS || limit.end() == v1::END_OF_DAY)
    return DataMistake{"end", "minutes and hours end when they are used up; leave the rule out or use a unit in days"};
  return {};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = number(text.substr(0, 4));
  const int month = number(text.substr(5, 2));
  const int day = number(text.substr(8));
  if (year < calendar_year_min || year > calendar_year_max || month < 0 || day < 0) return std::nullopt;
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return Date(date);
}

std::optional<minutes> parse_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hour = number(text.substr(0, 2));
  const int minute = number(text.substr(3));
  if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return hours(hour) + minutes(minute);
}

std::string date_text(Date day) {
  const year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Spans CalendarRules::hours_of(Date day) const {
  const auto weekday = weekday_index(day);
  const auto exception = days.find(day);
  if (exception == days.end() ? !work_week[weekday] : !exception->second.works) return {};
  if (exception != days.end() && !exception->second.hours.empty()) return exception->second.hours;
  for (auto table = timetables.rbegin(); table != timetables.rend(); ++table)
    if (table->weekdays[weekday] && table->from <= day && day <= table->to) return table->spans;
  return {};
}

std::variant<CalendarRules, DataMistake> check_calendar(const v1::Calendar& data) { return Checker(data).run(); }

}  // namespace pavior::city::inline v0
