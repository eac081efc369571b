#include "app.h"
#include "fmt/format.h"
#include "pavior/city/recount.h"
#include "pavior/testing.h"
#include "settings.h"
#include "text/json.h"

namespace pavior::cli {
namespace {

Exit recount(const App& app) {
  SimulatedRuntime runtime(present());
  const auto engine = open_owner(app, runtime, false, Durability::power_loss, false);
  if (!engine) return fail_store(engine.error());
  const auto settings = city_settings(**engine);
  if (!settings) return fail_store(settings.error());
  const auto counted = city::recount_clocks(**engine, settings->clocks.calendars());
  if (!counted) return fail(counted.error());
  if (app.json) {
    JsonObject json;
    json.add("orders", counted->orders).add("clocks", counted->clocks).add("refused", counted->refused);
    fmt::print("{}\n", json.text());
  } else {
    fmt::print("{} orders looked at, {} clocks counted again, {} refused\n", counted->orders, counted->clocks,
               counted->refused);
  }
  return counted->refused == 0 ? Exit::ok : Exit::no;
}

}  // namespace

void add_recount(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("recount", "Counts open clocks again whose calendar has a newer version");
  verb->callback([&app] { app.run = [&app] { return recount(app); }; });
}

}  // namespace pavior::cli
