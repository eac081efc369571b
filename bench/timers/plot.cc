#include "timers/plot.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "fmt/core.h"

namespace pavior::bench {
namespace {

constexpr double panel_width = 460;
constexpr double panel_height = 300;
constexpr double margin_left = 70;
constexpr double margin_top = 34;
constexpr double inner_width = 270;
constexpr double inner_height = 210;

constexpr std::array<const char*, 8> colours = {"#1f5fa8", "#d9581c", "#2f8f4e", "#8a4fb0",
                                                "#b0892a", "#c2385d", "#4aa3b5", "#666666"};

struct Point {
  double x, y;
};
struct Series {
  std::string label;
  std::vector<Point> points;
};

/// A logarithmic axis from a power of ten to a power of ten.
class Axis {
 public:
  void include(double value) {
    if (!(value > 0)) return;
    low_ = std::min(low_, std::floor(std::log10(value)));
    high_ = std::max(high_, std::ceil(std::log10(value)));
  }
  /// 0 to 1.
  [[nodiscard]] double place(double value) const {
    return high_ > low_ ? std::clamp((std::log10(value) - low_) / (high_ - low_), 0.0, 1.0) : 0.5;
  }
  [[nodiscard]] std::vector<double> ticks() const {
    std::vector<double> ticks;
    for (double power = low_; power <= high_; ++power) ticks.push_back(std::pow(10, power));
    return ticks;
  }

 private:
  double low_ = 99;
  double high_ = -99;
};

std::string tick_text(double value) {
  if (value >= 1e6) return fmt::format("{:g}M", value / 1e6);
  if (value >= 1e3) return fmt::format("{:g}k", value / 1e3);
  return fmt::format("{:g}", value);
}

std::string text(Point at, std::string_view words, std::string_view more = "") {
  return fmt::format("<text x='{:.1f}' y='{:.1f}' {}>{}</text>\n", at.x, at.y, more, words);
}
std::string segment(Point from, Point to, std::string_view style) {
  return fmt::format("<line x1='{:.1f}' y1='{:.1f}' x2='{:.1f}' y2='{:.1f}' {}/>\n", from.x, from.y, to.x, to.y, style);
}

/// A curve for each series, and a legend beside.
std::string panel(std::string_view title, const std::vector<Series>& all) {
  std::string svg = text({margin_left, 18}, title, "font-weight='bold'");
  Axis across, up;
  for (const Series& series : all) {
    for (const Point& point : series.points) {
      across.include(point.x);
      up.include(point.y);
    }
  }
  const auto at = [&](Point point) {
    return Point{margin_left + inner_width * across.place(point.x),
                 margin_top + inner_height * (1 - up.place(point.y))};
  };
  for (const double tick : up.ticks()) {
    const double y = margin_top + inner_height * (1 - up.place(tick));
    svg += segment({margin_left, y}, {margin_left + inner_width, y}, "stroke='#dddddd'");
    svg += text({margin_left - 6, y + 4}, tick_text(tick), "text-anchor='end'");
  }
  for (const double tick : across.ticks()) {
    const double x = margin_left + inner_width * across.place(tick);
    svg += segment({x, margin_top}, {x, margin_top + inner_height}, "stroke='#dddddd'");
    svg += text({x, margin_top + inner_height + 16}, tick_text(tick), "text-anchor='middle'");
  }
  svg +=
      text({margin_left + inner_width / 2, margin_top + inner_height + 34}, "timers pending", "text-anchor='middle'");
  for (std::size_t i = 0; i < all.size(); ++i) {
    const char* colour = colours[i % colours.size()];
    std::string path;
    for (const Point& point : all[i].points) {
      const Point place = at(point);
      path += fmt::format("{}{:.1f},{:.1f}", path.empty() ? "" : " ", place.x, place.y);
      svg += fmt::format("<circle cx='{:.1f}' cy='{:.1f}' r='3' fill='{}'/>\n", place.x, place.y, colour);
    }
    svg += fmt::format("<polyline points='{}' fill='none' stroke='{}' stroke-width='1.5'/>\n", path, colour);
    const double y = margin_top + 8 + 17 * static_cast<double>(i);
    svg += segment({margin_left + inner_width + 10, y}, {margin_left + inner_width + 26, y},
                   fmt::format("stroke='{}' stroke-width='3'", colour));
    svg += text({margin_left + inner_width + 31, y + 4}, all[i].label);
  }
  return svg;
}

/// Pairs of bars: p99 in the quiet and in the storm.
std::string bars(const Rows& rows) {
  std::string svg = text({margin_left, 18}, "people's p99, quiet and while timers rain, us", "font-weight='bold'");
  std::vector<const Row*> shown;
  Axis up;
  for (const Row& row : rows) {
    if (!row.measure.ends_with("_quiet") && !row.measure.ends_with("_people")) continue;
    shown.push_back(&row);
    up.include(row.get(Figure::p99_us));
    up.include(row.get(Figure::p99_us) / 10);  // no bar is without height
  }
  if (shown.empty()) return svg;
  const double step = inner_height / static_cast<double>(shown.size());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const Row& row = *shown[i];
    const double length = inner_width * up.place(row.get(Figure::p99_us));
    const double y = margin_top + step * static_cast<double>(i);
    const std::string label = fmt::format("{:.0f}  {} {}", row.get(Figure::p99_us), row.measure, row.durability);
    svg += fmt::format("<rect x='{}' y='{:.1f}' width='{:.1f}' height='{:.1f}' fill='{}'/>\n", margin_left - 40, y,
                       length, step * 0.7, colours[row.measure.ends_with("_quiet") ? 2 : 1]);
    svg += text({margin_left - 36 + length, y + step * 0.5}, label);
  }
  return svg;
}

/// One series for each subject and durability; `value` of NaN leaves a point out.
std::vector<Series> series_of(const Rows& rows, std::string_view measure, double (*value)(const Row&)) {
  std::vector<Series> all;
  for (const Row& row : rows) {
    if (row.measure != measure || !(value(row) > 0)) continue;
    const std::string label =
        row.durability == "-" ? row.subject
                              : fmt::format("{}, {}", row.subject, row.durability == "power_loss" ? "synced" : "not");
    auto found = std::ranges::find(all, label, &Series::label);
    if (found == all.end()) found = all.insert(all.end(), Series{label, {}});
    found->points.push_back({static_cast<double>(row.pending), value(row)});
  }
  return all;
}

}  // namespace

std::string plot(const Rows& rows) {
  const std::array<std::string, 4> panels = {
      panel("set and cancel, us a pair",
            series_of(rows, "set_cancel", [](const Row& row) { return 1e6 / row.get(Figure::per_second); })),
      panel("late, p99, us", series_of(rows, "late", [](const Row& row) { return row.get(Figure::p99_us); })),
      panel("fired a second", series_of(rows, "fire", [](const Row& row) { return row.get(Figure::per_second); })),
      bars(rows)};
  std::string svg = fmt::format(
      "<svg xmlns='http://www.w3.org/2000/svg' width='{0}' height='{1}' viewBox='0 0 {0} {1}' "
      "font-family='sans-serif' font-size='11'>\n<rect width='100%' height='100%' fill='white'/>\n",
      2 * panel_width, 2 * panel_height);
  for (std::size_t i = 0; i < panels.size(); ++i)
    svg += fmt::format("<g transform='translate({},{})'>\n{}</g>\n", panel_width * static_cast<double>(i % 2),
                       panel_height * static_cast<double>(i / 2), panels[i]);
  return svg + "</svg>\n";
}

}  // namespace pavior::bench
