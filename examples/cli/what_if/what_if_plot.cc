#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "what_if/what_if_text.h"
#include "what_if/what_if_units.h"

namespace pavior::cli {
namespace {

constexpr std::size_t plotted_units_max = 24;
constexpr double name_width = 220;
constexpr double panel_width = 240;
constexpr double gap = 40;
constexpr double top = 56;
constexpr double row_height = 30;
constexpr double bar_height = 11;
constexpr std::string_view was_colour = "#8a97a6";
constexpr std::string_view tried_colour = "#1f5fa8";

/// What XML takes for itself.
std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      default: safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return safe;
}

std::string words(double x, double y, std::string_view text, std::string_view more = "") {
  return fmt::format("<text x='{:.1f}' y='{:.1f}' {}>{}</text>\n", x, y, more, escaped(text));
}

std::string bar(double x, double y, double width, std::string_view colour, std::string_view label) {
  return fmt::format("<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{:.1f}' fill='{}'/>\n", x, y,
                     std::max(width, 0.5), bar_height, colour) +
         words(x + width + 4, y + bar_height - 2, label, "font-size='9'");
}

/// One figure of all units, with bars that share a scale.
struct Panel {
  std::string_view title;
  std::string_view number;  ///< A format.
  std::optional<double> (*value)(const city::UnitFigures& figures);
};

constexpr std::array panels = {
    Panel{"orders", "{:.0f}",
          [](const city::UnitFigures& unit) -> std::optional<double> { return static_cast<double>(unit.orders); }},
    Panel{"at work, on average", "{:.1f}",
          [](const city::UnitFigures& unit) -> std::optional<double> { return unit.at_work_mean; }},
    Panel{"on time, percent", "{:.1f}",
          [](const city::UnitFigures& unit) -> std::optional<double> {
            if (unit.measured == 0) return std::nullopt;
            return percent(unit.on_time, unit.measured);
          }},
};

std::string drawn(const Panel& panel, double x, const std::vector<UnitBefore>& units) {
  double most = 1;
  for (const auto& unit : units)
    most = std::max({most, panel.value(unit.recorded).value_or(0), panel.value(unit.proposed).value_or(0)});
  std::string svg = words(x, 20, panel.title, "font-weight='bold'");
  for (std::size_t i = 0; i < units.size(); ++i) {
    const double y = top + row_height * static_cast<double>(i);
    const auto one = [&](double offset, std::optional<double> value, std::string_view colour) {
      if (value)
        svg += bar(x, y + offset, panel_width * *value / most, colour, fmt::format(fmt::runtime(panel.number), *value));
    };
    one(0, panel.value(units[i].recorded), was_colour);
    one(bar_height + 1, panel.value(units[i].proposed), tried_colour);
  }
  return svg;
}

}  // namespace

std::string what_if_plot(const city::WhatIf& answer) {
  const auto units = units_of(answer, plotted_units_max);
  constexpr double step = panel_width + 2 * gap;
  constexpr double left = name_width + gap;
  const double width = left + step * static_cast<double>(panels.size());
  const double height = top + row_height * static_cast<double>(units.size()) + gap;
  std::string svg = fmt::format(
      "<svg xmlns='http://www.w3.org/2000/svg' width='{0:.0f}' height='{1:.0f}' font-family='sans-serif' "
      "font-size='12'>\n<rect width='{0:.0f}' height='{1:.0f}' fill='white'/>\n",
      width, height);
  svg += bar(left, 28, 16, was_colour, "as it was") + bar(left + 110, 28, 16, tried_colour, "as tried");
  for (std::size_t i = 0; i < units.size(); ++i)
    svg +=
        words(name_width + gap / 2, top + row_height * static_cast<double>(i) + 16, units[i].unit, "text-anchor='end'");
  for (std::size_t i = 0; i < panels.size(); ++i) svg += drawn(panels[i], left + step * static_cast<double>(i), units);
  return svg + "</svg>\n";
}

}  // namespace pavior::cli
