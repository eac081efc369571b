#include "timers/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "fmt/core.h"

namespace pavior::bench {
namespace {

constexpr std::array<std::string_view, 6> parts = {"open", "cost", "late", "fire", "storm", "day"};

constexpr std::string_view usage_text =
    R"(bench_timers: what durable SLA timers cost on this machine, beside timers that only live in memory

usage: bench_timers [--quick] [--dir DIR] [--pending N,N...] [--only PART,PART...] [--csv FILE] [--svg FILE] ...

  --quick              small runs, a minute in all: a sign of life, no figures to quote
  --dir DIR            where stores are made and removed; on the disk to be measured
                       (default: the folder of temporary files)
  --pending N,N...     timers that wait while others are measured (default 10000,1000000; 10000000 is a fair further
                       one, and takes about 4 GB of disk and some minutes)
  --only PART,PART...  of open, cost, late, fire, storm, day (default: all)
  --csv FILE           the table, for a spreadsheet
  --svg FILE           a drawing of it
  --seconds N          of what is measured by time (default 3)
  --rounds N           runs of what is short, of which the median is told (default 3)
  --due N              timers due at one instant, for the rate of firing (default 100000)
  --storm N            timers due within the storm (default 1000000)
  --storm-seconds N    how long the storm lasts (default 60)
  --orders-a-day N     of the mixed day (default 1443000)

  open   filling a store with waiting timers, opening it again, and the memory both take
  cost   setting and cancelling while so many wait; beside a binary heap, a hashed timing wheel and Asio's steady_timer
  late   how late timers fire while people work and no storm is on
  fire   timers a second when many are due at once, beside ordinary commands a second
  storm  how long people wait for their answers while timers rain, beside the quiet before
  day    a city's day in simulated time, checked timer by timer

Standard output is a table, one line a measurement, and then a line for each goal. docs/benchmarks.md explains them.
)";

[[noreturn]] void usage(int status, std::string_view complaint = {}) {
  if (!complaint.empty()) fmt::print(stderr, "bench_timers: {}\n\n", complaint);
  fmt::print(status == 0 ? stdout : stderr, "{}", usage_text);
  std::exit(status);
}

template <class Number>
Number number(std::string_view name, std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value > 0))
    usage(2, fmt::format("{} needs a number above 0, not '{}'", name, text));
  return value;
}

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> items;
  for (std::size_t comma = 0; comma != std::string_view::npos; list.remove_prefix(comma + 1)) {
    comma = list.find(',');
    items.push_back(list.substr(0, comma));
    if (comma == std::string_view::npos) break;
  }
  return items;
}

void make_quick(Settings& settings) {
  settings.quick = true;
  settings.seconds = 1;
  settings.rounds = 1;
  settings.pending = {1'000, 20'000};
  settings.due = 5'000;
  settings.storm = 20'000;
  settings.storm_seconds = 2;
  settings.orders_a_day = 10'000;
}

void set(Settings& settings, std::string_view name, std::string_view value) {
  if (name == "--dir") {
    settings.dir = value;
  } else if (name == "--pending") {
    settings.pending.clear();
    for (const auto item : split(value)) settings.pending.push_back(number<std::uint64_t>(name, item));
    std::ranges::sort(settings.pending);
  } else if (name == "--only") {
    for (const auto part : split(value)) {
      if (std::ranges::find(parts, part) == parts.end()) usage(2, fmt::format("there is no part '{}'", part));
      settings.only.emplace_back(part);
    }
  } else if (name == "--csv") {
    settings.csv = value;
  } else if (name == "--svg") {
    settings.svg = value;
  } else if (name == "--seconds") {
    settings.seconds = number<double>(name, value);
  } else if (name == "--rounds") {
    settings.rounds = number<std::size_t>(name, value);
  } else if (name == "--due") {
    settings.due = number<std::uint64_t>(name, value);
  } else if (name == "--storm") {
    settings.storm = number<std::uint64_t>(name, value);
  } else if (name == "--storm-seconds") {
    settings.storm_seconds = number<double>(name, value);
  } else if (name == "--orders-a-day") {
    settings.orders_a_day = number<std::uint64_t>(name, value);
  } else {
    usage(2, fmt::format("there is no option '{}'", name));
  }
}

}  // namespace

bool Settings::runs(std::string_view part) const { return only.empty() || std::ranges::find(only, part) != only.end(); }

Settings parse_settings(int argc, char** argv) {
  Settings settings;
  settings.dir = std::filesystem::temp_directory_path();
  for (int i = 1; i < argc; ++i)  // first, so that the other options can say more
    if (std::string_view(argv[i]) == "--quick") make_quick(settings);
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--help" || name == "-h") usage(0);
    if (name == "--quick") continue;
    if (i + 1 == argc) usage(2, fmt::format("'{}' is no option, or lacks its value", name));
    set(settings, name, argv[++i]);
  }
  return settings;
}

}  // namespace pavior::bench
