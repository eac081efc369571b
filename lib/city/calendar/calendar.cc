#include "pavior/city/calendar.h"

#include <algorithm>

#include "city/calendar/working_table.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {

struct Calendar::Data {
  Data(CalendarRules checked, const v1::Calendar& given) : rules(std::move(checked)), table(rules), data(given) {}

  [[nodiscard]] Date day_of(Time instant) const;
  [[nodiscard]] std::string name() const { return fmt::format("calendar {} version {}", rules.id, rules.version); }
  [[nodiscard]] Error horizon(Date day) const;
  [[nodiscard]] Error exhausted() const;
  [[nodiscard]] Result<void> covers(Date day) const;
  [[nodiscard]] Result<void> covers(Time instant) const;

  [[nodiscard]] Result<Due> continuous(Time start, std::int64_t amount, std::chrono::microseconds unit) const;
  [[nodiscard]] Result<Due> working(Time start, std::chrono::microseconds time) const;
  [[nodiscard]] Result<Due> in_days(Time start, const v1::Limit& limit) const;
  /// The last day of a limit whose day of the start counts, or not.
  [[nodiscard]] Result<Date> last_day(Date start, bool counts, const v1::Limit& limit) const;
  [[nodiscard]] Time end_of(Date day, Time start, v1::EndRule rule) const;

  CalendarRules rules;
  WorkingTable table;
  v1::Calendar data;
};

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

// Instants outside have no date that can be written, and their sums might not fit.
constexpr Time earliest = std::chrono::sys_days(std::chrono::year(1) / 1 / 2);
constexpr Time latest = std::chrono::sys_days(std::chrono::year(9999) / 12 / 30);
// No table is as long.
constexpr std::int64_t days_max = 100'000;

bool has_date(Time instant) { return earliest <= instant && instant <= latest; }

Error without_date() {
  return {ErrorCode::limit, "an instant before the year 1 or after 9999 is no use to a calendar"};
}

double ratio(microseconds time, microseconds unit) {
  return static_cast<double>(time.count()) / static_cast<double>(unit.count());
}

}  // namespace

Date Calendar::Data::day_of(Time instant) const {
  return std::chrono::floor<days>(rules.zone->wall(std::clamp(instant, earliest, latest)));
}

Error Calendar::Data::horizon(Date day) const {
  const bool before = day < rules.valid_from;
  return Error::refused(
      "calendar_horizon",
      fmt::format("the answer depends on {}{}, and {} speaks of {} to {}{}; {}", before ? "" : "days from ",
                  date_text(day), name(), date_text(rules.valid_from), date_text(rules.valid_to),
                  rules.last > rules.valid_to ? fmt::format(", provisionally to {}", date_text(rules.last)) : "",
                  before ? "use one that begins earlier" : "use a version that knows them"));
}

Error Calendar::Data::exhausted() const {
  if (table.worked_by(table.end()) == microseconds(0))
    return Error::refused("no_working_time", fmt::format("{} has no working time at all, so nothing in it is ever due; "
                                                         "give it a work_week or days that work",
                                                         name()));
  return horizon(rules.last + days(1));
}

Result<void> Calendar::Data::covers(Date day) const {
  if (table.covers(day)) return {};
  return horizon(day);
}

Result<void> Calendar::Data::covers(Time instant) const {
  if (table.covers(instant)) return {};
  return horizon(day_of(instant));
}

Result<Due> Calendar::Data::continuous(Time start, std::int64_t amount, microseconds unit) const {
  if (!has_date(start) || amount > (latest - start) / unit) return without_date();
  const Time due = start + amount * unit;
  return Due{due, day_of(due), false};
}

Result<Due> Calendar::Data::working(Time start, microseconds time) const {
  if (const auto covered = covers(start); !covered) return covered.error();
  if (time == microseconds(0)) return Due{start, day_of(start), day_of(start) > rules.valid_to};
  const auto already = table.worked_by(start);
  if (time > table.worked_by(table.end()) - already) return exhausted();
  const auto last = table.span_ending(already + time);
  return Due{last->end, last->day, last->day > rules.valid_to};
}

Result<Date> Calendar::Data::last_day(Date start, bool counts, const v1::Limit& limit) const {
  if (limit.amount() > days_max) return exhausted();
  const auto first = counts ? start : start + days(1);
  if (limit.unit() == v1::UNIT_WORK_DAY) {
    const auto day = table.working_day(table.working_days_before(first) + limit.amount() - 1);
    return day ? Result<Date>(*day) : exhausted();
  }
  const auto day = first + days(limit.amount() - 1);
  if (!table.covers(day)) return horizon(rules.last + days(1));
  if (!rules.rest_day_moves || table.works(day)) return day;
  const auto next = table.working_day(table.working_days_before(day));
  return next ? Result<Date>(*next) : exhausted();
}

Time Calendar::Data::end_of(Date day, Time start, v1::EndRule rule) const {
  if (rule == v1::END_OF_DAY) return table.end_of(day);
  if (rule != v1::SAME_TIME) return table.close_of(day);
  const auto wall = rules.zone->wall(start);
  return rules.zone->instant(day + (wall - std::chrono::floor<days>(wall)));
}

Result<Due> Calendar::Data::in_days(Time start, const v1::Limit& limit) const {
  const auto start_day = day_of(start);
  if (const auto covered = covers(start_day); !covered) return covered.error();
  const bool counts = limit.start() == v1::INCLUDE_START_DAY && end_of(start_day, start, limit.end()) >= start;
  const auto day = last_day(start_day, counts, limit);
  if (!day) return day.error();
  // An hour that a night has twice: the start may lie in the second one.
  return Due{std::max(start, end_of(*day, start, limit.end())), *day, *day > rules.valid_to};
}

Result<Calendar> Calendar::make(const v1::Calendar& data) {
  auto checked = check_calendar(data);
  if (const auto* mistake = std::get_if<DataMistake>(&checked))
    return Error(ErrorCode::invalid, fmt::format("{}: {}", mistake->path, mistake->what));
  return Calendar(std::make_shared<const Data>(std::get<CalendarRules>(std::move(checked)), data));
}

bool operator==(const Calendar& one, const Calendar& other) {
  return one.data_ == other.data_ || one.data_->data.SerializeAsString() == other.data_->data.SerializeAsString();
}

const std::string& Calendar::id() const noexcept { return data_->rules.id; }
std::uint32_t Calendar::version() const noexcept { return data_->rules.version; }
const std::string& Calendar::zone() const noexcept { return data_->rules.zone_name; }
Date Calendar::valid_from() const noexcept { return data_->rules.valid_from; }
Date Calendar::valid_to() const noexcept { return data_->rules.valid_to; }
Date Calendar::day_of(Time instant) const { return data_->day_of(instant); }

Result<Due> Calendar::due(Time start, const v1::Limit& limit) const {
  if (const auto mistake = limit_mistake(limit))
    return Error(ErrorCode::invalid, fmt::format("{}: {}", mistake->path, mistake->what));
  switch (limit.unit()) {
    case v1::UNIT_MINUTE: return data_->continuous(start, limit.amount(), minutes(1));
    case v1::UNIT_HOUR: return data_->continuous(start, limit.amount(), hours(1));
    case v1::UNIT_WORK_HOUR: return data_->working(start, hours(std::min(limit.amount(), 24 * days_max)));
    default: return data_->in_days(start, limit);
  }
}

Result<Due> Calendar::due_after(Time start, microseconds working) const {
  if (working < microseconds(0)) return Error(ErrorCode::invalid, "working time to be used up cannot be negative");
  return data_->working(start, working);
}

Result<double> Calendar::difference(Time from, Time to, v1::Unit unit) const {
  if (!has_date(from) || !has_date(to)) return without_date();
  switch (unit) {
    case v1::UNIT_MINUTE: return ratio(to - from, minutes(1));
    case v1::UNIT_HOUR: return ratio(to - from, hours(1));
    case v1::UNIT_WORK_HOUR: {
      const auto worked = working_time(from, to);
      return worked ? Result<double>(ratio(*worked, hours(1))) : worked.error();
    }
    case v1::UNIT_WORK_DAY: {
      const auto first = day_of(from), last = day_of(to);
      const auto worked = first <= last ? working_days(first + days(1), last) : working_days(last + days(1), first);
      if (!worked) return worked.error();
      return static_cast<double>(first <= last ? *worked : -*worked);
    }
    case v1::UNIT_CALENDAR_DAY: return static_cast<double>((day_of(to) - day_of(from)).count());
    default: return Error(ErrorCode::invalid, "unit: a difference needs one, e.g. UNIT_WORK_DAY");
  }
}

Result<microseconds> Calendar::working_time(Time from, Time to) const {
  for (const auto instant : {from, to})
    if (const auto covered = data_->covers(instant); !covered) return covered.error();
  return data_->table.worked_by(to) - data_->table.worked_by(from);
}

Result<std::vector<WorkingSpan>> Calendar::working_spans(Time from, Time to) const {
  for (const auto instant : {from, to})
    if (const auto covered = data_->covers(instant); !covered) return covered.error();
  return to > from ? data_->table.spans(from, to) : std::vector<WorkingSpan>();
}

Result<bool> Calendar::is_working_day(Date day) const {
  if (const auto covered = data_->covers(day); !covered) return covered.error();
  return data_->table.works(day);
}

Result<std::vector<LocalSpan>> Calendar::hours_of(Date day) const {
  if (const auto covered = data_->covers(day); !covered) return covered.error();
  return data_->rules.hours_of(day);
}

Result<std::int64_t> Calendar::working_days(Date first, Date last) const {
  if (first > last) return std::int64_t{0};
  for (const auto day : {first, last})
    if (const auto covered = data_->covers(day); !covered) return covered.error();
  return data_->table.working_days_before(last + days(1)) - data_->table.working_days_before(first);
}

}  // namespace pavior::city::inline v0
