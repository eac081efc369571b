#include "text/calendar_source.h"

#include <array>
#include <utility>

#include "fmt/format.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

constexpr std::array<std::pair<std::string_view, city::v1::Unit>, 5> units{
    {{"minute", city::v1::UNIT_MINUTE},
     {"hour", city::v1::UNIT_HOUR},
     {"work_hour", city::v1::UNIT_WORK_HOUR},
     {"work_day", city::v1::UNIT_WORK_DAY},
     {"calendar_day", city::v1::UNIT_CALENDAR_DAY}}};

Result<std::string> calendar_text(const std::string& name) {
  if (const auto shipped = shipped_calendar(name); !shipped.empty()) return std::string(shipped);
  auto text = read_text(name);
  if (!text && text.error().code() == ErrorCode::not_found)
    return Error(ErrorCode::not_found,
                 fmt::format("there is no calendar or file '{}'; shipped calendars are cn and us", name));
  return text;
}

}  // namespace

Result<OpenCalendar> open_calendar(const std::string& name) {
  const auto text = calendar_text(name);
  if (!text) return text.error();
  auto data = city::read_calendar(*text);
  if (!data) return Error(data.error().code(), fmt::format("{}:{}", name, data.error().message()));
  auto calendar = city::Calendar::make(*data);
  if (!calendar) return std::move(calendar).error();
  auto clock = CityClock::of(calendar->zone());
  if (!clock) return std::move(clock).error();
  return OpenCalendar{*std::move(data), *std::move(calendar), *std::move(clock)};
}

std::optional<city::v1::Unit> parse_unit(std::string_view word) {
  for (const auto& [name, unit] : units)
    if (name == word) return unit;
  return std::nullopt;
}

std::string_view unit_text(city::v1::Unit wanted) noexcept {
  for (const auto& [name, unit] : units)
    if (unit == wanted) return name;
  return "?";
}

std::string hours_text(const std::vector<city::LocalSpan>& hours) {
  if (hours.empty()) return "off";
  const auto time = [](std::chrono::minutes at) {
    return fmt::format("{:02}:{:02}", at.count() / 60, at.count() % 60);
  };
  std::string text;
  for (const auto& span : hours)
    text += fmt::format("{}{}-{}", text.empty() ? "" : " ", time(span.begin), time(span.end));
  return text;
}

}  // namespace pavior::cli
