#include "app.h"
#include "clocks/order_clock.h"
#include "fmt/format.h"
#include "text/clock_text.h"
#include "text/json.h"

namespace pavior::cli {
namespace {

void print(const App& app, const city::v1::Clock& clock, const std::string& left, const CityClock& wall) {
  const auto due = from_micros(clock.course().due());
  const auto limit = limit_text(clock.rule().limit());
  if (app.json) {
    JsonObject json;
    json.add("clock", clock.name())
        .add("instance", std::uint64_t{clock.instance()})
        .add("standing", standing_text(clock))
        .add("limit", limit)
        .add("calendar", clock.calendar().id())
        .add("version", std::uint64_t{clock.calendar().version()})
        .add("started", wall.iso_text(from_micros(clock.started_at())))
        .add("due", wall.iso_text(due))
        .add("provisional", clock.course().provisional())
        .add("left", left);
    fmt::print("{}\n", json.text());
    return;
  }
  fmt::print("{:<16} {:<18} {:<14} due {}{}  {}\n",
             printable(clock.name()) + (clock.instance() > 1 ? fmt::format("#{}", clock.instance()) : ""),
             standing_text(clock), limit, wall.text(due), clock.course().provisional() ? " provisional" : "",
             left.empty() ? "" : (city::is_open(clock) ? "left " : "margin ") + left);
}

Exit clocks(const App& app, const std::string& key, const std::string& as_of) {
  return with_order_clocks(app, key, as_of, [&](const OrderClocks& order) {
    for (const auto& clock : order.data.clocks()) {
      std::string left;
      if (clock.phase() != city::v1::Clock::CANCELLED) {
        const auto time = city::ClockView(clock, order.calendars).left(order.now);
        if (!time) return fail(time.error());
        left = duration_text(*time);
      }
      print(app, clock, left, order.wall);
    }
    if (order.data.clocks().empty() && !app.json) fmt::print("{} has no clocks\n", printable(key));
    return Exit::ok;
  });
}

}  // namespace

void add_clocks(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("clocks", "Shows the clocks of an order, and what they have left");
  const auto order = std::make_shared<std::string>();
  const auto as_of = std::make_shared<std::string>();
  verb->add_option("ORDER", *order, "Its key")->required();
  verb->add_option("--as-of", *as_of, "2025-09-30T16:30 by the city's clock, or with an offset; now if left out");
  verb->callback([&app, order, as_of] { app.run = [&app, order, as_of] { return clocks(app, *order, *as_of); }; });
}

}  // namespace pavior::cli
