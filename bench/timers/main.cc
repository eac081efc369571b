// What durable SLA timers cost, beside timers that only live in memory.
#include <cstdio>
#include <fstream>

#include "fmt/core.h"
#include "timers/goals.h"
#include "timers/parts.h"
#include "timers/plot.h"

namespace pavior::bench {
namespace {

/// Prints rows as they come, and keeps them.
class Table {
 public:
  Table() { say(table_header()); }

  void add(const Rows& rows) {
    for (const Row& row : rows) say(table_line(row));
    rows_.insert(rows_.end(), rows.begin(), rows.end());
  }
  [[nodiscard]] const Rows& rows() const { return rows_; }

 private:
  static void say(const std::string& line) {
    fmt::print("{}\n", line);
    std::fflush(stdout);
  }
  Rows rows_;
};

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  if (!file.flush()) give_up(Error(ErrorCode::unavailable, "cannot write " + path.string()));
}

std::string csv(const Rows& rows) {
  std::string text = csv_header() + '\n';
  for (const Row& row : rows) text += csv_line(row) + '\n';
  return text;
}

/// With so many waiting; the timers in memory only come last and are told as ratios of the engine's.
Rows with_pending(const Settings& settings, const Scratch& scratch, std::uint64_t pending, Table& table) {
  const auto path = scratch.fresh("store");
  Rows rows;
  const auto add = [&](const Rows& more) {
    table.add(more);
    rows.insert(rows.end(), more.begin(), more.end());
  };
  add(measure_open(settings, path, pending));
  if (settings.runs("cost")) add(measure_cost(settings, path, pending));
  if (settings.runs("late")) add(measure_lateness(settings, path, pending));
  if (settings.runs("fire")) add(measure_fire(settings, path, pending));
  (void)scratch.fresh("store");
  Rows beside;
  if (settings.runs("cost")) beside = measure_baselines(settings, pending);
  const std::size_t ours = rows.size();
  rows.insert(rows.end(), beside.begin(), beside.end());
  add_ratios(rows);
  return {rows.begin() + static_cast<std::ptrdiff_t>(ours), rows.end()};
}

int run(const Settings& settings) {
  const Scratch scratch(settings.dir);
  Table table;
  if (settings.runs("open")) table.add(measure_memory(settings, scratch.fresh("memory")));
  (void)scratch.fresh("memory");
  if (settings.runs("open") || settings.runs("cost") || settings.runs("late") || settings.runs("fire"))
    for (const std::uint64_t pending : settings.pending) table.add(with_pending(settings, scratch, pending, table));
  if (settings.runs("storm")) table.add(measure_storm(settings, scratch));
  if (settings.runs("day")) table.add(measure_day(settings, scratch));

  for (const std::string& line : judge(table.rows())) fmt::print("{}\n", line);
  if (!settings.csv.empty()) write_file(settings.csv, csv(table.rows()));
  if (!settings.svg.empty()) write_file(settings.svg, plot(table.rows()));
  return 0;
}

}  // namespace
}  // namespace pavior::bench

int main(int argc, char** argv) { return pavior::bench::run(pavior::bench::parse_settings(argc, argv)); }
