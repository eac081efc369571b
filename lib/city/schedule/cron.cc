#include "city/schedule/cron.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <string>

#include "core/text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

using Bits = std::bitset<64>;
using Names = std::span<const std::string_view>;

constexpr std::size_t cron_bytes_max = 256;

constexpr std::array<std::string_view, 12> month_names = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                          "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> weekday_names = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

/// One of the five: its name, its values, and names for the first of them.
struct Field {
  std::string_view name;
  unsigned min;
  unsigned max;
  Names names;
};

constexpr std::array<Field, 5> fields = {{{"minute", 0, 59, {}},
                                          {"hour", 0, 23, {}},
                                          {"day of month", 1, 31, {}},
                                          {"month", 1, 12, month_names},
                                          {"day of week", 0, 7, weekday_names}}};

Error mistake(const Field& field, std::string_view text, std::string_view what) {
  return {ErrorCode::invalid, fmt::format("cron: {} \"{}\": {}", field.name, printable(text), what)};
}

std::string values_of(const Field& field) {
  const auto named = field.names.empty() ? "" : fmt::format(" or {} to {}", field.names.front(), field.names.back());
  return fmt::format("{} to {}{}", field.min, field.max, named);
}

std::optional<unsigned> number(std::string_view digits) {
  unsigned value = 0;
  const auto* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::optional<unsigned> value_of(const Field& field, std::string_view text) {
  for (std::size_t i = 0; i < field.names.size(); ++i)
    if (std::ranges::equal(text, field.names[i], {}, upper)) return field.min + static_cast<unsigned>(i);
  const auto value = number(text);
  if (!value || *value < field.min || *value > field.max) return std::nullopt;
  return value;
}

struct Range {
  unsigned first;
  unsigned last;
};

Result<Range> parse_range(const Field& field, std::string_view text) {
  if (text == "*") return Range{field.min, field.max};
  const auto dash = text.find('-');
  const auto first = value_of(field, text.substr(0, dash));
  if (!first) return mistake(field, text, fmt::format("write * or values from {}", values_of(field)));
  if (dash == std::string_view::npos) return Range{*first, *first};
  auto last = value_of(field, text.substr(dash + 1));
  if (!last) return mistake(field, text, fmt::format("a range ends with a value from {}", values_of(field)));
  if (*last == 0 && *first > 0 && field.max == 7) last = 7;  // FRI-SUN
  if (*last < *first) return mistake(field, text, "the range begins after its end; write two, with a comma");
  return Range{*first, *last};
}

Result<void> parse_item(const Field& field, std::string_view text, Bits& bits) {
  const auto slash = text.find('/');
  const auto range_text = text.substr(0, slash);
  const auto range = parse_range(field, range_text);
  if (!range) return range.error();
  unsigned step = 1;
  if (slash != std::string_view::npos) {
    const auto given = number(text.substr(slash + 1));
    if (!given || *given < 1 || *given > field.max)
      return mistake(field, text, fmt::format("a step is 1 to {}", field.max));
    if (range_text != "*" && range_text.find('-') == std::string_view::npos)
      return mistake(field, text,
                     fmt::format("a step needs a range; write {}-{}/{}", printable(range_text), field.max, *given));
    step = *given;
  }
  for (unsigned value = range->first; value <= range->last; value += step) bits.set(value);
  return {};
}

Result<Bits> parse_field(const Field& field, std::string_view text) {
  Bits bits;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(',', begin), text.size());
    if (begin == end) return mistake(field, text, "nothing stands beside a comma; write values with a comma between");
    if (auto parsed = parse_item(field, text.substr(begin, end - begin), bits); !parsed)
      return std::move(parsed).error();
    begin = end + 1;
  }
  return bits;
}

std::vector<std::string_view> words(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  std::vector<std::string_view> words;
  for (auto begin = text.find_first_not_of(blanks); begin != std::string_view::npos;) {
    const auto end = std::min(text.find_first_of(blanks, begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(blanks, end);
  }
  return words;
}

bool some_year_has(const std::bitset<32>& days, const std::bitset<13>& months) {
  for (unsigned month = 1; month <= 12; ++month)
    for (unsigned day = 1; day <= 31; ++day)
      if (months[month] && days[day] &&
          (std::chrono::year(2024) / static_cast<int>(month) / static_cast<int>(day)).ok())
        return true;
  return false;
}

}  // namespace

Result<Cron> Cron::parse(std::string_view text) {
  if (text.size() > cron_bytes_max)
    return Error(ErrorCode::invalid, fmt::format("cron: the expression has {} bytes, {} at most; shorten its lists",
                                                 text.size(), cron_bytes_max));
  const auto parts = words(text);
  if (parts.size() != fields.size())
    return Error(ErrorCode::invalid, fmt::format("cron: \"{}\" has {} fields; write five, minute, hour, day of month, "
                                                 "month and day of week, e.g. \"0 9 * * MON\"",
                                                 printable(text), parts.size()));
  std::array<Bits, 5> bits;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto parsed = parse_field(fields[i], parts[i]);
    if (!parsed) return std::move(parsed).error();
    bits[i] = *parsed;
  }
  Cron cron;
  for (unsigned hour = 0; hour < 24; ++hour)
    for (unsigned minute = 0; minute < 60; ++minute)
      if (bits[1][hour] && bits[0][minute]) cron.times_.push_back(hours(hour) + minutes(minute));
  cron.days_ = bits[2].to_ullong();
  cron.months_ = bits[3].to_ullong();
  cron.weekdays_ = bits[4].to_ullong();
  if (cron.weekdays_[7]) cron.weekdays_.set(0);
  cron.days_restricted_ = !parts[2].starts_with('*');
  cron.weekdays_restricted_ = !parts[4].starts_with('*');
  cron.every_day_ = parts[2] == "*" && parts[4] == "*";
  const bool one_is_enough = cron.days_restricted_ && cron.weekdays_restricted_;
  if (!one_is_enough && !some_year_has(cron.days_, cron.months_))
    return mistake(fields[2], parts[2],
                   fmt::format("no year has such a day in month \"{}\"; change one of the two", parts[3]));
  return cron;
}

bool Cron::fits(Date day) const {
  const std::chrono::year_month_day date(day);
  if (!fits_month(date.month())) return false;
  const bool by_month = days_[static_cast<unsigned>(date.day())];
  const bool by_week = weekdays_[std::chrono::weekday(day).c_encoding()];
  return days_restricted_ && weekdays_restricted_ ? by_month || by_week : by_month && by_week;
}

}  // namespace pavior::city::inline v0
