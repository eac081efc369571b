#include "app.h"
#include "fmt/format.h"
#include "orders/orders.h"
#include "pavior/city/orders_view.h"
#include "text/json.h"

namespace pavior::cli {
namespace {

using city::OrderCounts;

JsonObject& add(JsonObject& json, const OrderCounts& counts) {
  return json.add("created", counts.created)
      .add("open", counts.open)
      .add("breached", counts.breached)
      .add("breached_open", counts.breached_open);
}

void print_json(const city::OrderStatistics& statistics, const std::string& as_of) {
  JsonObject units;
  for (const auto& [unit, counts] : statistics.by_unit()) {
    JsonObject of_unit;
    units.add(unit, add(of_unit, counts));
  }
  JsonObject json;
  json.add("as_of", as_of);
  fmt::print("{}\n", add(json, statistics.all()).add("by_unit", units).text());
}

void print_line(std::string_view unit, const OrderCounts& counts) {
  fmt::print("{:<24} {:>9} {:>9} {:>9} {:>14}\n", unit, counts.created, counts.open, counts.breached,
             counts.breached_open);
}

void print_table(const city::OrderStatistics& statistics, const std::string& as_of) {
  fmt::print("as of {}\n{:<24} {:>9} {:>9} {:>9} {:>14}\n", as_of, "unit", "created", "open", "breached",
             "breached, open");
  for (const auto& [unit, counts] : statistics.by_unit()) print_line(unit.empty() ? "(none)" : printable(unit), counts);
  print_line("all", statistics.all());
}

Exit stats(const App& app, const std::string& as_of) {
  const auto wall = parse_iso_time(as_of);
  if (!wall)
    return fail(Exit::usage, fmt::format("--as-of '{}' is no time; write it as 2011-10-01T00:00:00", printable(as_of)));
  return with_city(app, [&](Engine& engine, const CityClock& clock) {
    const auto instant = clock.utc(*wall);
    city::OrderStatistics statistics(instant);
    const auto visited = visit_orders(engine, [&](std::string_view, const city::v1::OrderRow& row) {
      statistics.add(row);
      return true;
    });
    if (!visited) return fail_store(visited.error());
    if (app.json) {
      print_json(statistics, clock.iso_text(instant));
    } else {
      print_table(statistics, clock.text(instant));
    }
    return Exit::ok;
  });
}

}  // namespace

void add_stats(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("stats", "Counts orders as they stood at one instant, whole and by unit");
  const auto as_of = std::make_shared<std::string>();
  verb->add_option("--as-of", *as_of, "The instant by the city's wall clock, e.g. 2011-10-01T00:00:00")->required();
  verb->callback([&app, as_of] { app.run = [&app, as_of] { return stats(app, *as_of); }; });
}

}  // namespace pavior::cli
