#include <algorithm>
#include <string_view>

#include "fmt/format.h"
#include "what_if_text.h"
#include "what_if_units.h"

namespace pavior::cli {
namespace {

constexpr std::size_t units_max = 24;
constexpr double name_width = 220;
constexpr double panel_width = 320;
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

}  // namespace

std::string what_if_plot(const city::WhatIf& answer) {
  const auto units = units_of(answer, units_max);
  std::uint64_t most = 1;
  for (const auto& unit : units) most = std::max({most, unit.recorded.orders, unit.proposed.orders});
  const double orders_x = name_width + gap;
  const double rate_x = orders_x + panel_width + 2 * gap;
  const double width = rate_x + panel_width + 2 * gap;
  const double height = top + row_height * static_cast<double>(units.size()) + gap;
  std::string svg = fmt::format(
      "<svg xmlns='http://www.w3.org/2000/svg' width='{0:.0f}' height='{1:.0f}' font-family='sans-serif' "
      "font-size='12'>\n<rect width='{0:.0f}' height='{1:.0f}' fill='white'/>\n",
      width, height);
  svg += words(orders_x, 20, "orders", "font-weight='bold'");
  svg += words(rate_x, 20, "on time, percent", "font-weight='bold'");
  svg += bar(orders_x, 28, 16, was_colour, "as it was") + bar(orders_x + 110, 28, 16, tried_colour, "as tried");
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto& unit = units[i];
    const double y = top + row_height * static_cast<double>(i);
    svg += words(name_width + gap / 2, y + 16, unit.unit, "text-anchor='end'");
    const auto pair = [&](double x, double whole, double was, double tried, std::string_view format) {
      const auto one = [&](double offset, double value, std::string_view colour) {
        svg += bar(x, y + offset, panel_width * value / whole, colour, fmt::format(fmt::runtime(format), value));
      };
      one(0, was, was_colour);
      one(bar_height + 1, tried, tried_colour);
    };
    pair(orders_x, static_cast<double>(most), static_cast<double>(unit.recorded.orders),
         static_cast<double>(unit.proposed.orders), "{:.0f}");
    if (unit.recorded.measured + unit.proposed.measured > 0)
      pair(rate_x, 100, percent(unit.recorded.on_time, unit.recorded.measured),
           percent(unit.proposed.on_time, unit.proposed.measured), "{:.1f}");
  }
  return svg + "</svg>\n";
}

}  // namespace pavior::cli
