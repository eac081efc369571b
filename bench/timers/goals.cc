#include "timers/goals.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "fmt/core.h"

namespace pavior::bench {
namespace {

struct Goal {
  const char* name;
  double bound;
  bool at_most;  ///< Else at least.
};

std::string line(const Goal& goal, const std::string& of, double measured) {
  const bool met = goal.at_most ? measured <= goal.bound : measured >= goal.bound;
  return fmt::format("goal {} {} bound={}{} measured={:.4g} {}", goal.name, of, goal.at_most ? "<=" : ">=", goal.bound,
                     measured, met ? "met" : "missed");
}

Rows all(const Rows& rows, std::string_view measure) {
  Rows found;
  for (const Row& row : rows)
    if (row.measure == measure && row.subject == "pavior") found.push_back(row);
  return found;
}

/// From the fewest to the most pending.
void judge_flatness(const Rows& rows, std::vector<std::string>& lines) {
  const Rows costs = all(rows, "set_cancel");
  for (const char* durability : {"power_loss", "process_crash"}) {
    std::optional<double> fewest, most;
    for (const Row& row : costs) {
      if (row.durability != durability) continue;
      most = row.get(Figure::per_second);
      if (!fewest) fewest = most;
    }
    if (most) lines.push_back(line({"set_cancel_flat", 1.5, true}, durability, *fewest / *most));
  }
}

void judge_memory(const Rows& rows, std::vector<std::string>& lines) {
  const Rows opened = all(rows, "open");
  constexpr double bytes_per_mib = 1 << 20;
  if (opened.size() > 1) {
    const double added = opened.back().get(Figure::mib) - opened.front().get(Figure::mib);
    const auto timers = static_cast<double>(opened.back().pending - opened.front().pending);
    lines.push_back(
        line({"memory_bytes_per_pending_timer", 16, true}, "after_opening", added * bytes_per_mib / timers));
  }
  const Rows armed = all(rows, "memory");
  if (armed.size() > 1) {
    const double added = armed.back().get(Figure::mib) - armed.front().get(Figure::mib);
    lines.push_back(line({"memory_bytes_per_pending_timer", 16, true}, "armed_from_late_to_early",
                         added * bytes_per_mib / static_cast<double>(armed.back().pending)));
  }
}

}  // namespace

std::vector<std::string> judge(const Rows& rows) {
  std::vector<std::string> lines;
  judge_memory(rows, lines);
  judge_flatness(rows, lines);
  for (const Row& row : all(rows, "late"))
    lines.push_back(line({"late_p99_ms", 10, true}, fmt::format("pending={} {}", row.pending, row.durability),
                         row.get(Figure::p99_us) / 1000));
  for (const Row& row : all(rows, "fire")) {
    const std::string of = fmt::format("pending={} {}", row.pending, row.durability);
    if (row.durability == "process_crash")
      lines.push_back(line({"fired_per_second", 100'000, false}, of, row.get(Figure::per_second)));
    else
      lines.push_back(line({"fired_to_commands", 0.8, false}, of, row.get(Figure::ratio)));
  }
  for (const Row& row : all(rows, "storm_people"))
    lines.push_back(line({"storm_p99_to_quiet", 2, true}, row.durability, row.get(Figure::ratio)));
  return lines;
}

void add_ratios(Rows& rows) {
  const Rows measured = rows;
  for (Row& row : rows) {
    if (row.subject == "pavior" || std::isnan(row.get(Figure::per_second))) continue;
    if (const Row* ours = find(measured, row.measure, "pavior", "process_crash", row.pending))
      row.with(Figure::ratio, row.get(Figure::per_second) / ours->get(Figure::per_second));
  }
}

}  // namespace pavior::bench
