#include "app.h"
#include "fmt/format.h"
#include "text/event_text.h"

namespace pavior::cli {
namespace {

Exit history(const App& app, const std::string& order) {
  return with_city(app, [&](Engine& engine, const CityClock& clock) {
    const auto print = [&](const Event& event) {
      fmt::print("{}\n", event_json(engine, event, clock).text());
      return true;
    };
    if (order.empty()) {
      const auto read = engine.read(Position::none, print);
      return read ? Exit::ok : fail_store(read.error());
    }
    const auto events = engine.history(order_stream(order));
    if (!events) return fail(events.error());
    for (const auto& event : *events) print(event);
    return Exit::ok;
  });
}

}  // namespace

void add_history(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("history", "Prints events as JSON, one a line");
  const auto order = std::make_shared<std::string>();
  verb->add_option("ORDER", *order, "Only this order's (or WORKFLOW/KEY); all events if left out");
  verb->callback([&app, order] { app.run = [&app, order] { return history(app, *order); }; });
}

}  // namespace pavior::cli
