#include "app.h"
#include "fmt/format.h"
#include "orders/orders.h"
#include "pavior/city/orders_view.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "text/event_text.h"

namespace pavior::cli {
namespace {

struct Filter {
  std::string stage;
  std::string unit;
  std::size_t limit = 50;
};

struct Line {
  std::string key, stage, unit, reported, deadline, title;
};

Line line_of(const Engine& engine, const CityClock& clock, std::string_view key, const city::v1::OrderRow& row) {
  const auto deadline = row.rounds().empty() ? 0 : row.rounds().rbegin()->deadline();
  return {std::string(key),
          stage_text(engine, city::work_order_workflow, Stage{row.stage()}),
          row.assignments().empty() ? "" : row.assignments().rbegin()->unit(),
          clock.iso_text(from_micros(row.reported())),
          deadline == 0 ? "" : clock.iso_text(from_micros(deadline)),
          row.title()};
}

void print(const App& app, const Line& line) {
  if (app.json) {
    JsonObject json;
    json.add("order", line.key).add("stage", line.stage).add("unit", line.unit).add("reported", line.reported);
    if (!line.deadline.empty()) json.add("deadline", line.deadline);
    fmt::print("{}\n", json.add("title", line.title).text());
  } else {
    fmt::print("{:<16} {:<12} {:<22.22} {:<19.19} {:<19.19} {}\n", line.key, line.stage, printable(line.unit),
               line.reported, line.deadline, printable(line.title));
  }
}

Exit list(const App& app, const Filter& filter) {
  return with_city(app, [&](Engine& engine, const CityClock& clock) {
    std::size_t shown = 0;
    std::size_t left_out = 0;
    if (!app.json)
      fmt::print("{:<16} {:<12} {:<22} {:<19} {:<19} {}\n", "order", "stage", "unit", "reported", "deadline", "title");
    const auto visited = visit_orders(engine, [&](std::string_view key, const city::v1::OrderRow& row) {
      const auto line = line_of(engine, clock, key, row);
      if (!filter.stage.empty() && line.stage != filter.stage) return true;
      if (!filter.unit.empty() && line.unit != filter.unit) return true;
      if (shown == filter.limit) return ++left_out, true;
      print(app, line);
      ++shown;
      return true;
    });
    if (!visited) return fail_store(visited.error());
    if (left_out > 0) fmt::print(stderr, "{} more; --limit shows them\n", left_out);
    return Exit::ok;
  });
}

}  // namespace

void add_list(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("list", "Lists work orders");
  const auto filter = std::make_shared<Filter>();
  verb->add_option("--stage", filter->stage, "Only those in this stage, e.g. in_progress");
  verb->add_option("--unit", filter->unit, "Only those of this lead department");
  verb->add_option("--limit", filter->limit, "At most so many")->capture_default_str();
  verb->callback([&app, filter] { app.run = [&app, filter] { return list(app, *filter); }; });
}

}  // namespace pavior::cli
