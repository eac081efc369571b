#include "demo/scoreboard.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <vector>

#include "fmt/format.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::demo {
namespace {

using city::v1::WorkOrder;

/// What is counted of a unit, or of all.
struct Score {
  int orders = 0;
  int closed = 0;
  int due = 0;  // closed with a deadline, or open beyond it
  int on_time = 0;
  int reworked = 0;
  int reopened = 0;
  int answered = 0;
  int satisfied = 0;
  std::vector<double> hours;  // from report to close

  void add(const WorkOrder& order, Time now) {
    ++orders;
    reworked += order.reworks() > 0;
    reopened += order.reopens() > 0;
    const bool is_closed = order.stage() == city::v1::STAGE_CLOSED;
    const bool is_late = order.breached();
    if (is_closed) {
      ++closed;
      hours.push_back(static_cast<double>(order.closed_at() - order.reported_at()) / 3.6e9);
    }
    if (order.deadline() != 0 && (is_closed || order.deadline() < to_micros(now))) {
      ++due;
      on_time += !is_late;
    }
    if (order.has_evaluation() && order.evaluation().reached()) {
      ++answered;
      satisfied += order.evaluation().satisfied();
    }
  }
  [[nodiscard]] double quantile(double q) const {
    if (hours.empty()) return 0;
    std::vector<double> sorted = hours;
    const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(sorted.size() - 1));
    std::ranges::nth_element(sorted, place);
    return *place;
  }
};

struct Tally {
  Score all;
  std::map<std::string, Score> units;
  std::map<std::string, int> categories_late;
  std::vector<int> reports;  // a day
  int merged = 0, rejected = 0, open = 0, open_late = 0;
};

Result<Tally> count(const Engine& engine, Period period) {
  Tally tally;
  tally.reports.resize(static_cast<std::size_t>(period.days));
  const Time now = period.from + std::chrono::days(period.days);
  Result<void> outcome;
  auto visited = engine.streams(city::work_order_workflow, [&](const StreamId& id, Version, Stage) {
    auto snapshot = engine.load(id);
    if (!snapshot) return outcome = std::move(snapshot).error(), false;
    const WorkOrder& order = *city::work_order(*snapshot->state);
    const auto day = std::chrono::floor<std::chrono::days>(from_micros(order.reported_at()) - period.from).count();
    if (day >= 0 && day < period.days) ++tally.reports[static_cast<std::size_t>(day)];
    if (order.stage() == city::v1::STAGE_MERGED) return ++tally.merged, true;
    if (order.stage() == city::v1::STAGE_REJECTED) return ++tally.rejected, true;
    if (order.stage() != city::v1::STAGE_CLOSED) {
      ++tally.open;
      tally.open_late += order.breached();
    }
    tally.all.add(order, now);
    if (!order.lead().empty()) tally.units[order.lead()].add(order, now);
    if (order.breached()) ++tally.categories_late[order.category()];
    return true;
  });
  if (!visited) return std::move(visited).error();
  if (!outcome) return std::move(outcome).error();
  return tally;
}

double percent(int part, int whole) { return whole == 0 ? 100.0 : 100.0 * part / whole; }

std::string bar(double share, int width) {
  static constexpr std::array<std::string_view, 8> eighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const int eighth = static_cast<int>(share * width * 8 + 0.5);
  std::string text;
  for (int i = 0; i < eighth / 8; ++i) text += "█";
  text += eighths[static_cast<std::size_t>(eighth % 8)];
  const int used = eighth / 8 + (eighth % 8 != 0);
  return text + std::string(static_cast<std::size_t>(std::max(0, width - used)), ' ');
}

std::string sparkline(const std::vector<int>& values) {
  static constexpr std::array<std::string_view, 8> heights = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const int top = std::max(1, values.empty() ? 1 : *std::ranges::max_element(values));
  std::string text;
  for (const int value : values) text += heights[static_cast<std::size_t>(std::min(7, 8 * value / (top + 1)))];
  return text;
}

std::string time_text(double hours) {
  const int minutes = static_cast<int>(hours * 60 + 0.5);
  return minutes < 48 * 60 ? fmt::format("{} h {:02} m", minutes / 60, minutes % 60)
                           : fmt::format("{:.1f} days", hours / 24);
}

class Paint {
 public:
  explicit Paint(bool colours) : colours_(colours) {}
  std::string bold(std::string_view text) const { return wrap("1", text); }
  std::string faint(std::string_view text) const { return wrap("2", text); }
  /// Green from 95, yellow from 85, red below.
  std::string graded(double percentage, std::string_view text) const {
    return wrap(percentage >= 95 ? "32" : percentage >= 85 ? "33" : "31", text);
  }

 private:
  std::string wrap(std::string_view code, std::string_view text) const {
    return colours_ ? fmt::format("\033[{}m{}\033[0m", code, text) : std::string(text);
  }
  bool colours_;
};

std::string league(const Tally& tally, const Paint& paint) {
  std::vector<const std::pair<const std::string, Score>*> rows;
  for (const auto& row : tally.units) rows.push_back(&row);
  std::ranges::sort(rows, [](const auto* a, const auto* b) {
    return percent(a->second.on_time, a->second.due) > percent(b->second.on_time, b->second.due);
  });
  std::string text =
      paint.bold(fmt::format("  {:<22}{:>7}{:>8}  {:<21}{:>12}{:>12}{:>8}{:>10}{:>11}\n", "unit", "orders", "closed",
                             "on time", "median", "9 of 10 in", "rework", "reopened", "satisfied"));
  for (const auto* row : rows) {
    const Score& score = row->second;
    const double on_time = percent(score.on_time, score.due);
    text += fmt::format(
        "  {:<22}{:>7}{:>8}  {}{:>12}{:>12}{:>7.1f}%{:>9.1f}%{:>10.1f}%\n", row->first, score.orders, score.closed,
        paint.graded(on_time, fmt::format("{} {:5.1f}% ", bar(on_time / 100, 13), on_time)),
        time_text(score.quantile(0.5)), time_text(score.quantile(0.9)), percent(score.reworked, score.orders),
        percent(score.reopened, score.orders), percent(score.satisfied, score.answered));
  }
  return text;
}

std::string most_late(const Tally& tally) {
  std::vector<std::pair<int, std::string>> rows;
  for (const auto& [category, late] : tally.categories_late) rows.emplace_back(late, category);
  std::ranges::sort(rows, std::greater<>());
  std::string text;
  for (const auto& [late, category] :
       std::vector(rows.begin(), rows.begin() + std::min<std::ptrdiff_t>(4, std::ssize(rows))))
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", category, late);
  return text.empty() ? "nothing" : text;
}

}  // namespace

Result<std::string> scoreboard(const Engine& engine, Period period, bool colours) {
  auto tally = count(engine, period);
  if (!tally) return std::move(tally).error();
  const Paint paint(colours);
  const Score& all = tally->all;
  const double on_time = percent(all.on_time, all.due);
  const int reports = std::accumulate(tally->reports.begin(), tally->reports.end(), 0);

  std::string text = "\n";
  text += fmt::format("  {} reports: {} closed, {} open ({} of them late), {} merged into another, {} turned away\n\n",
                      paint.bold(fmt::format("{}", reports)), all.closed, tally->open, tally->open_late, tally->merged,
                      tally->rejected);
  text += fmt::format("  on time    {}  {}\n", paint.graded(on_time, fmt::format("{:5.1f}%", on_time)),
                      paint.graded(on_time, bar(on_time / 100, 40)));
  const double satisfied = percent(all.satisfied, all.answered);
  text += fmt::format("  satisfied  {}  {}\n", paint.graded(satisfied, fmt::format("{:5.1f}%", satisfied)),
                      paint.graded(satisfied, bar(satisfied / 100, 40)));
  text += fmt::format("  reports a day      {}  {} to {}\n", sparkline(tally->reports),
                      *std::ranges::min_element(tally->reports), *std::ranges::max_element(tally->reports));
  text += fmt::format("  report to close    half within {}, nine of ten within {}\n", time_text(all.quantile(0.5)),
                      time_text(all.quantile(0.9)));
  text += fmt::format("  most often late    {}\n\n", most_late(*tally));
  return text + league(*tally, paint);
}

}  // namespace pavior::demo
