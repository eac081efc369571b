#include "what_if/what_if_text.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "text/json.h"
#include "text/printable.h"
#include "what_if/what_if_units.h"

namespace pavior::cli {
namespace {

constexpr std::size_t printed_units_max = 20;
constexpr std::size_t moves_max = 15;
constexpr std::size_t categories_max = 20;

double hours(std::chrono::microseconds time) { return std::chrono::duration<double, std::ratio<3600>>(time).count(); }

std::string rate(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "-" : fmt::format("{:.2f}%", percent(part, whole));
}

std::string line(std::string_view what, const std::string& recorded, const std::string& proposed) {
  return fmt::format("  {:<34} {:>12} {:>12}\n", what, recorded, proposed);
}

std::string sides(const city::WhatIf& answer) {
  const auto& was = answer.recorded;
  const auto& would = answer.proposed;
  const auto number = [](std::uint64_t value) { return fmt::format("{}", value); };
  const auto long_time = [](std::chrono::microseconds time) { return fmt::format("{:.1f} h", hours(time)); };
  return line("", "as it was", "as tried") + line("dispatches", number(was.dispatches), number(would.dispatches)) +
         line("handed back", number(was.handed_back), number(would.handed_back)) +
         line("waited for a dispatcher", "-", number(would.waited)) +
         line("went to the fallback unit", "-", number(would.fallback)) +
         line("first unit handled it", rate(answer.right_recorded, answer.handled),
              rate(answer.right_proposed, answer.handled)) +
         line("on time", rate(was.on_time, was.measured), rate(would.on_time, would.measured)) +
         line("handling, mean", long_time(was.handling.mean), long_time(would.handling.mean)) +
         line("handling, median", long_time(was.handling.median), long_time(would.handling.median)) +
         line("handling, 90 of 100 within", long_time(was.handling.p90), long_time(would.handling.p90));
}

std::string units(const city::WhatIf& answer) {
  std::string text = fmt::format("\n  {:<30} {:>9} {:>9}  {:>7} {:>7}  {:>8} {:>8}\n", "unit", "orders", "as tried",
                                 "at work", "tried", "on time", "tried");
  for (const auto& unit : units_of(answer, printed_units_max))
    text += fmt::format("  {:<30} {:>9} {:>9}  {:>7.1f} {:>7.1f}  {:>8} {:>8}\n", printable(unit.unit),
                        unit.recorded.orders, unit.proposed.orders, unit.recorded.at_work_mean,
                        unit.proposed.at_work_mean, rate(unit.recorded.on_time, unit.recorded.measured),
                        rate(unit.proposed.on_time, unit.proposed.measured));
  return text;
}

std::string name_of(const std::string& unit) { return unit.empty() ? "(a dispatcher)" : printable(unit); }

std::string moves(const city::WhatIf& answer) {
  if (answer.moved.empty()) return {};
  std::string text = "\n  would have gone elsewhere\n";
  for (std::size_t i = 0; i < answer.moved.size() && i < moves_max; ++i)
    text += fmt::format("  {:>8}  {} -> {}\n", answer.moved[i].orders, name_of(answer.moved[i].from),
                        name_of(answer.moved[i].to));
  if (answer.moved.size() > moves_max) text += fmt::format("  {:>8} other ways\n", answer.moved.size() - moves_max);
  text += "\n  for example\n";
  for (const auto& example : answer.examples)
    text += fmt::format("  {}: {} -> {}: {}\n", printable(example.order), name_of(example.from), name_of(example.to),
                        printable(example.why.reason()));
  return text;
}

/// The categories with the most rounds that would have gone elsewhere.
std::string categories(const city::WhatIf& answer) {
  std::vector<std::pair<std::string, city::CategoryFigures>> all(answer.categories.begin(), answer.categories.end());
  std::erase_if(all, [](const auto& category) { return category.second.same == category.second.rounds; });
  std::ranges::stable_sort(all, std::greater<>(),
                           [](const auto& category) { return category.second.rounds - category.second.same; });
  if (all.empty()) return {};
  std::string text = fmt::format("\n  {:<44} {:>7} {:>8}  {}\n", "category", "rounds", "same", "most of the others");
  for (std::size_t i = 0; i < all.size() && i < categories_max; ++i) {
    const auto& [name, figures] = all[i];
    text += fmt::format("  {:<44} {:>7} {:>8}  {} {} -> {}\n", printable(name), figures.rounds,
                        rate(figures.same, figures.rounds), figures.most.orders, name_of(figures.most.from),
                        name_of(figures.most.to));
  }
  return text;
}

JsonObject json_of(const city::WhatIfSide& side) {
  const auto seconds = [](std::chrono::microseconds time) {
    return fmt::format("{}", static_cast<double>(time.count()) / 1e6);
  };
  JsonObject units;
  for (const auto& [unit, figures] : side.units) {
    JsonObject json;
    json.add("orders", figures.orders)
        .add("at_work_most", figures.at_work_most)
        .add_json("at_work_mean", fmt::format("{:.3f}", figures.at_work_mean))
        .add("measured", figures.measured)
        .add("on_time", figures.on_time);
    units.add(unit, json);
  }
  JsonObject json;
  json.add("dispatches", side.dispatches)
      .add("handed_back", side.handed_back)
      .add("waited", side.waited)
      .add("fallback", side.fallback)
      .add("measured", side.measured)
      .add("on_time", side.on_time)
      .add_json("handling_mean_seconds", seconds(side.handling.mean))
      .add_json("handling_median_seconds", seconds(side.handling.median))
      .add_json("handling_p90_seconds", seconds(side.handling.p90))
      .add("units", units);
  return json;
}

}  // namespace

std::string what_if_text(const city::WhatIf& answer) {
  return fmt::format("{} orders, {} rounds; {} would have gone to the same unit first ({})\n\n", answer.orders,
                     answer.rounds, answer.same, rate(answer.same, answer.rounds)) +
         sides(answer) + units(answer) + categories(answer) + moves(answer);
}

std::string what_if_json(const city::WhatIf& answer) {
  std::string moved;
  for (const auto& move : answer.moved) {
    JsonObject json;
    json.add("from", move.from).add("to", move.to).add("orders", move.orders);
    moved += (moved.empty() ? "" : ",") + json.text();
  }
  JsonObject categories;
  for (const auto& [name, figures] : answer.categories) {
    JsonObject json;
    json.add("rounds", figures.rounds).add("same", figures.same);
    categories.add(name, json);
  }
  JsonObject json;
  json.add("orders", answer.orders)
      .add("rounds", answer.rounds)
      .add("same", answer.same)
      .add("handled", answer.handled)
      .add("right_recorded", answer.right_recorded)
      .add("right_proposed", answer.right_proposed)
      .add("recorded", json_of(answer.recorded))
      .add("proposed", json_of(answer.proposed))
      .add("categories", categories)
      .add_json("moved", '[' + moved + ']');
  return json.text();
}

}  // namespace pavior::cli
