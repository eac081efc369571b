#include "text/city_clock.h"

#include <date/tz.h>

#include <charconv>
#include <exception>

#include "fmt/chrono.h"
#include "fmt/format.h"

namespace pavior::cli {
namespace {

using std::chrono::seconds;

// Reads a text from the left; once something did not fit, everything after it fails too.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int number(std::size_t digits_min, std::size_t digits_max) {
    std::size_t digits = 0;
    while (digits < digits_max && digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') ++digits;
    int value = 0;
    fits_ = fits_ && digits >= digits_min;
    std::from_chars(rest_.data(), rest_.data() + digits, value);
    rest_.remove_prefix(digits);
    return value;
  }

  bool skip(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }
  void must(std::string_view expected) { fits_ = skip(expected) && fits_; }

  [[nodiscard]] bool more_digits() const { return !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; }
  [[nodiscard]] bool fits() const { return fits_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool fits_ = true;
};

struct Fields {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
};

void scan_iso_date(Scanner& scan, Fields& t) {
  t.year = scan.number(4, 4);
  scan.must("-");
  t.month = scan.number(2, 2);
  scan.must("-");
  t.day = scan.number(2, 2);
}

void scan_hour_minute(Scanner& scan, Fields& t, std::size_t hour_digits_min) {
  t.hour = scan.number(hour_digits_min, 2);
  scan.must(":");
  t.minute = scan.number(2, 2);
}

std::optional<WallTime> wall_time(const Fields& t) {
  const std::chrono::year_month_day date{std::chrono::year(t.year), std::chrono::month(static_cast<unsigned>(t.month)),
                                         std::chrono::day(static_cast<unsigned>(t.day))};
  if (!date.ok() || t.hour > 23 || t.minute > 59 || t.second > 59) return std::nullopt;
  return std::chrono::local_days(date) + std::chrono::hours(t.hour) + std::chrono::minutes(t.minute) +
         seconds(t.second);
}

date::sys_seconds whole_seconds(Time time) { return date::floor<seconds>(time); }

}  // namespace

std::optional<WallTime> parse_iso_time(std::string_view text) {
  Scanner scan(text);
  Fields t;
  scan_iso_date(scan, t);
  if (!scan.skip("T")) scan.must(" ");
  scan_hour_minute(scan, t, 2);
  scan.must(":");
  t.second = scan.number(2, 2);
  return scan.fits() ? wall_time(t) : std::nullopt;
}

std::optional<WallTime> parse_american_time(std::string_view text) {
  Scanner scan(text);
  Fields t;
  t.month = scan.number(1, 2);
  scan.must("/");
  t.day = scan.number(1, 2);
  scan.must("/");
  t.year = scan.number(2, 4);
  scan.must(" ");
  scan_hour_minute(scan, t, 1);
  if (t.year < 100) {
    t.year += 2000;
    return scan.fits() ? wall_time(t) : std::nullopt;
  }
  scan.must(":");
  t.second = scan.number(2, 2);
  const bool afternoon = scan.skip(" PM");
  if (!afternoon) scan.must(" AM");
  if (!scan.fits() || t.hour < 1 || t.hour > 12 || t.year < 1000) return std::nullopt;
  t.hour = t.hour % 12 + (afternoon ? 12 : 0);
  return wall_time(t);
}

namespace {

// The microseconds that `.5` or `.123456` stand for; what is smaller is cut off.
std::chrono::microseconds fraction(Scanner& scan) {
  std::chrono::microseconds value{0};
  if (!scan.skip(".")) return value;
  std::chrono::microseconds unit{100'000};
  value = unit * scan.number(1, 1);
  while (scan.more_digits()) value += (unit /= 10) * scan.number(1, 1);
  return value;
}

}  // namespace

Time present() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

std::optional<Time> parse_instant(std::string_view text, const CityClock& clock) {
  Scanner scan(text);
  Fields t;
  scan_iso_date(scan, t);
  std::chrono::microseconds part{0};
  if (scan.skip("T") || scan.skip(" ")) {
    scan_hour_minute(scan, t, 2);
    if (scan.skip(":")) {
      t.second = scan.number(2, 2);
      part = fraction(scan);
    }
  }
  const auto wall = wall_time(t);
  if (!wall) return std::nullopt;
  if (scan.skip("Z")) return scan.fits() ? std::optional(Time(wall->time_since_epoch() + part)) : std::nullopt;
  const bool west = scan.skip("-");
  if (!west && !scan.skip("+")) return scan.fits() ? std::optional(clock.utc(*wall) + part) : std::nullopt;
  const auto hours = scan.number(2, 2);
  scan.skip(":");
  const auto minutes = scan.number(2, 2);
  if (!scan.fits() || hours > 18 || minutes > 59) return std::nullopt;
  const std::chrono::minutes offset(hours * 60 + minutes);
  return Time(wall->time_since_epoch() + part - (west ? -offset : offset));
}

struct CityClock::Zone {
  const date::time_zone* data;
};

Result<CityClock> CityClock::of(const std::string& zone) {
  try {
    return CityClock(std::make_shared<const Zone>(Zone{date::locate_zone(zone)}));
  } catch (const std::exception&) {
    return Error(
        ErrorCode::not_found,
        fmt::format("there is no time zone '{}'; name one as America/New_York, and see that tzdata is installed",
                    zone));
  }
}

Time CityClock::utc(WallTime time) const {
  const date::local_seconds wall(time.time_since_epoch());
  const auto info =
      zone_->data->get_info(wall);  // `first` is the only offset, the earlier one, or that before the gap.
  return Time(wall.time_since_epoch() - info.first.offset);
}

std::string CityClock::text(Time time) const {
  return date::format("%F %T", zone_->data->to_local(whole_seconds(time)));
}

std::string CityClock::iso_text(Time time) const {
  if (const auto whole = whole_seconds(time); whole == time)
    return date::format("%FT%T%Ez", date::make_zoned(zone_->data, whole));
  return date::format("%FT%T%Ez", date::make_zoned(zone_->data, time));
}

}  // namespace pavior::cli
