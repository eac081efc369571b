#include <CLI/CLI.hpp>
#include <charconv>
#include <iostream>
#include <iterator>

#include "app.h"
#include "calendar/calendar_batch.h"
#include "calendar/calendar_changes.h"
#include "calendar/calendar_import.h"
#include "fmt/format.h"
#include "text/calendar_source.h"

namespace pavior::cli {
namespace {

using city::date_text;
using Fields = Question::Fields;

struct CalendarWish {
  std::string calendar;
  std::string with;
  Fields fields;
  city::v1::Limit rules;  // How days count; amount and unit are in the fields.
  bool batch = false;
  int year = 0;
};

Error bad(std::string message) { return {ErrorCode::invalid, std::move(message)}; }

Result<Time> instant(const OpenCalendar& open, const std::string& name, const std::string& text) {
  const auto parsed = parse_instant(text, open.clock);
  if (!parsed) return bad(fmt::format("{} '{}' is no time; write it as 2025-09-30T16:30", name, text));
  return *parsed;
}

Result<city::v1::Unit> unit_of(const std::string& text) {
  const auto unit = parse_unit(text);
  if (!unit) return bad(fmt::format("unit '{}' is none of minute, hour, work_hour, work_day, calendar_day", text));
  return *unit;
}

Result<Answer> add(const OpenCalendar& open, const city::v1::Limit& rules, const Fields& fields) {
  const auto start = instant(open, "start", fields[0]);
  if (!start) return start.error();
  std::int64_t amount = 0;
  const auto* end = fields[1].data() + fields[1].size();
  const auto [read_to, error] = std::from_chars(fields[1].data(), end, amount);
  if (error != std::errc() || read_to != end || amount < 1)
    return bad(fmt::format("limit '{}' is no whole number from 1 on", fields[1]));
  const auto unit = unit_of(fields[2]);
  if (!unit) return unit.error();
  auto limit = rules;
  limit.set_amount(amount);
  limit.set_unit(*unit);
  const auto due = open.calendar.due(*start, limit);
  if (!due) return due.error();
  JsonObject json;
  json.add("calendar", open.calendar.id())
      .add("version", std::uint64_t{open.calendar.version()})
      .add("start", open.clock.iso_text(*start))
      .add("limit", static_cast<std::uint64_t>(amount))
      .add("unit", fields[2])
      .add("due", open.clock.iso_text(due->due))
      .add("due_day", date_text(due->day))
      .add("provisional", due->provisional);
  return Answer{open.clock.iso_text(due->due) + (due->provisional ? " provisional" : ""), json};
}

Result<Answer> difference(const OpenCalendar& open, const Fields& fields) {
  const auto from = instant(open, "from", fields[0]);
  if (!from) return from.error();
  const auto to = instant(open, "to", fields[1]);
  if (!to) return to.error();
  const auto unit = unit_of(fields[2]);
  if (!unit) return unit.error();
  const auto value = open.calendar.difference(*from, *to, *unit);
  if (!value) return value.error();
  const bool working = *unit == city::v1::UNIT_WORK_DAY || *unit == city::v1::UNIT_WORK_HOUR;
  const bool provisional = working && open.calendar.provisional(open.calendar.day_of(std::max(*from, *to)));
  const auto number = fmt::format("{}", *value == 0 ? 0 : *value);
  JsonObject json;
  json.add("calendar", open.calendar.id())
      .add("version", std::uint64_t{open.calendar.version()})
      .add("from", open.clock.iso_text(*from))
      .add("to", open.clock.iso_text(*to))
      .add("unit", fields[2])
      .add_json("value", number)
      .add("provisional", provisional);
  return Answer{number + (provisional ? " provisional" : ""), json};
}

std::string standard_input() { return {std::istreambuf_iterator<char>(std::cin), {}}; }

Exit run(const App& app, const CalendarWish& wish, const Question& question) {
  return wish.batch ? ask_all(app, question, standard_input()) : ask(app, question, wish.fields);
}

Exit with_calendar(const CalendarWish& wish, const std::function<Exit(const OpenCalendar&)>& use) {
  const auto open = open_calendar(wish.calendar);
  if (!open) return fail(Exit::bad_input, printable(open.error().message()));
  return use(*open);
}

std::int64_t working_days(const city::Calendar& calendar, int year) {
  const auto first = std::max(calendar.valid_from(), city::Date(std::chrono::year(year) / 1 / 1));
  const auto last = std::min(calendar.valid_to(), city::Date(std::chrono::year(year) / 12 / 31));
  return calendar.working_days(first, last).value();
}

int year_of(city::Date day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

Exit show(const App& app, const OpenCalendar& open, int year) {
  const auto& calendar = open.calendar;
  if (year != 0 && (year < year_of(calendar.valid_from()) || year > year_of(calendar.valid_to())))
    return fail(Exit::no, fmt::format("{} version {} says nothing of {}", calendar.id(), calendar.version(), year));
  const int first = year != 0 ? year : year_of(calendar.valid_from());
  const int last = year != 0 ? year : year_of(calendar.valid_to());
  JsonObject years, days;
  std::string lines;
  for (int each = first; each <= last; ++each) {
    years.add(fmt::format("{}", each), static_cast<std::uint64_t>(working_days(calendar, each)));
    lines += fmt::format("{}  {} working days\n", each, working_days(calendar, each));
  }
  for (const auto& entry : open.data.days()) {
    const auto until = entry.to().empty() ? entry.date() : entry.to();
    if (year != 0 && entry.date().substr(0, 4) != std::to_string(year) && until.substr(0, 4) != std::to_string(year))
      continue;
    const auto* kind = entry.kind() == city::v1::Calendar::Day::OFF ? "off" : "works";
    const auto dates = until == entry.date() ? until : entry.date() + ".." + until;
    days.add(dates, fmt::format("{} {}", kind, entry.name()));
    if (year != 0) lines += fmt::format("{:<22}  {:<5}  {}\n", dates, kind, printable(entry.name()));
  }
  if (app.json) {
    JsonObject json;
    json.add("id", calendar.id())
        .add("version", std::uint64_t{calendar.version()})
        .add("zone", calendar.zone())
        .add("valid_from", date_text(calendar.valid_from()))
        .add("valid_to", date_text(calendar.valid_to()))
        .add("provisional_beyond", open.data.beyond() == city::v1::Calendar::PROVISIONAL)
        .add("working_days", years);
    if (year != 0) json.add("days", days);
    fmt::print("{}\n", json.text());
    return Exit::ok;
  }
  fmt::print("{} version {}, {}, {} to {}; beyond: {}\n{}", calendar.id(), calendar.version(), calendar.zone(),
             date_text(calendar.valid_from()), date_text(calendar.valid_to()),
             open.data.beyond() == city::v1::Calendar::PROVISIONAL ? "provisional" : "refuses", lines);
  return Exit::ok;
}

Exit compare(const App& app, const OpenCalendar& before, const std::string& with) {
  const auto after = open_calendar(with);
  if (!after) return fail(Exit::bad_input, printable(after.error().message()));
  const auto found = changes(before, *after);
  if (!app.json) {
    for (const auto& day : found.days)
      fmt::print("{}  {} -> {}  {}\n", date_text(day.day), day.before, day.after, printable(day.name));
    fmt::print("{} days differ from {} to {}; valid to {} -> {}\n", found.days.size(), date_text(found.from),
               date_text(found.to), date_text(before.calendar.valid_to()), date_text(after->calendar.valid_to()));
    return Exit::ok;
  }
  std::string days;
  for (const auto& day : found.days) {
    JsonObject json;
    json.add("date", date_text(day.day)).add("before", day.before).add("after", day.after).add("name", day.name);
    days += (days.empty() ? "" : ",") + json.text();
  }
  JsonObject json;
  json.add("from", date_text(found.from))
      .add("to", date_text(found.to))
      .add("valid_to_before", date_text(before.calendar.valid_to()))
      .add("valid_to_after", date_text(after->calendar.valid_to()))
      .add("changed", std::uint64_t{found.days.size()})
      .add_json("days", '[' + days + ']');
  fmt::print("{}\n", json.text());
  return Exit::ok;
}

// A verb that asks about three fields, each an option of its own or a column of standard input.
void add_question(CLI::App& verb, CalendarWish& wish, const Fields& columns, const std::array<const char*, 3>& help) {
  auto* batch = verb.add_flag("--batch", wish.batch,
                              fmt::format("Reads rows of CSV from standard input: {}", fmt::join(columns, ",")));
  for (std::size_t i = 0; i < columns.size(); ++i)
    verb.add_option("--" + columns[i], wish.fields[i], help[i])->excludes(batch);
  verb.parse_complete_callback([&verb, &wish, columns] {
    for (const auto& column : columns)
      if (!wish.batch && verb.count("--" + column) == 0) throw CLI::RequiredError("--" + column + " or --batch");
  });
}

constexpr auto instant_help = "2025-09-30T16:30 by the calendar's clock, or with an offset";
constexpr auto unit_help = "minute, hour, work_hour, work_day or calendar_day";

void add_rules(CLI::App& verb, CalendarWish& wish) {
  verb.add_option_function<std::string>(
          "--start-rule",
          [&wish](const std::string& rule) {
            wish.rules.set_start(rule == "include" ? city::v1::INCLUDE_START_DAY : city::v1::EXCLUDE_START_DAY);
          },
          "Of limits in days: whether the day of the start counts; exclude if left out")
      ->check(CLI::IsMember({"exclude", "include"}));
  verb.add_option_function<std::string>(
          "--end-rule",
          [&wish](const std::string& rule) {
            wish.rules.set_end(rule == "same_time"    ? city::v1::SAME_TIME
                               : rule == "end_of_day" ? city::v1::END_OF_DAY
                                                      : city::v1::CLOSE_OF_BUSINESS);
          },
          "Of limits in days: when the last day ends; close_of_business if left out")
      ->check(CLI::IsMember({"same_time", "close_of_business", "end_of_day"}));
}

}  // namespace

void add_calendar(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("calendar", "Working calendars: when a limit is up, and how much time lies between");
  verb->require_subcommand(1);
  const auto wish = std::make_shared<CalendarWish>();
  const auto imports = std::make_shared<ImportCalendar>();
  const auto sub = [&](const char* name, const char* help, std::function<Exit(const OpenCalendar&)> use) {
    auto* added = verb->add_subcommand(name, help);
    added->add_option("--calendar", wish->calendar, "cn, us, or a file")->required();
    added->final_callback([&app, wish, use] {
      app.needs_store = false;
      app.run = [wish, use] { return with_calendar(*wish, use); };
    });
    return added;
  };
  auto* shown = sub("show", "What a calendar says",
                    [&app, wish](const OpenCalendar& open) { return show(app, open, wish->year); });
  shown->add_option("--year", wish->year, "This year alone, with its days off and on");

  const Fields add_columns{"start", "limit", "unit"};
  auto* adding = sub("add", "When a limit is up", [&app, wish, add_columns](const OpenCalendar& open) {
    return run(app, *wish, {add_columns, [&](const Fields& fields) { return add(open, wish->rules, fields); }});
  });
  add_question(*adding, *wish, add_columns, {instant_help, "How many of the unit", unit_help});
  add_rules(*adding, *wish);

  const Fields difference_columns{"from", "to", "unit"};
  auto* measuring =
      sub("difference", "How much lies between", [&app, wish, difference_columns](const OpenCalendar& open) {
        return run(app, *wish, {difference_columns, [&](const Fields& fields) { return difference(open, fields); }});
      });
  add_question(*measuring, *wish, difference_columns, {instant_help, instant_help, unit_help});

  auto* comparing = sub("compare", "Which days differ between two calendars",
                        [&app, wish](const OpenCalendar& open) { return compare(app, open, wish->with); });
  comparing->add_option("--with", wish->with, "The later one: cn, us, or a file")->required();

  auto* importing = verb->add_subcommand("import", "Makes a calendar of holiday files as holiday-cn publishes them");
  importing->add_option("FILE", imports->files, "JSON of one year: days[] = {name, date, isOffDay}")->required();
  importing->add_option("--calendar", imports->calendar, "Adds to this one: cn, us, or a file");
  importing->add_option("--id", imports->id, "Of the calendar made");
  importing->add_option("--version", imports->version, "Of the calendar made; the next one if left out");
  importing->add_option("--output", imports->output, "Writes it here instead of to standard output");
  importing->callback([&app, imports] {
    app.needs_store = false;
    app.run = [&app, imports] { return import_calendar(app, *imports); };
  });
}

}  // namespace pavior::cli
