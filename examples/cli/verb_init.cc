#include "app.h"
#include "fmt/format.h"
#include "json.h"
#include "pavior/testing.h"
#include "settings.h"

namespace pavior::cli {
namespace {

Exit init(const App& app, const std::string& zone) {
  if (const auto clock = CityClock::of(zone); !clock) return fail(Exit::bad_input, clock.error().message());
  SimulatedRuntime runtime(std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()));
  const auto engine = open_owner(app, runtime, true, Durability::power_loss, false);
  if (!engine) return fail_store(engine.error());
  const auto receipt = (*engine)->submit_and_wait(set_zone(zone));
  if (!receipt) return fail(receipt.error());
  if (app.json) {
    fmt::print("{}\n", JsonObject().add("zone", zone).add("repeated", receipt->repeated).text());
  } else {
    fmt::print("{} is a store of a city in {}\n", app.store.string(), zone);
  }
  return Exit::ok;
}

}  // namespace

void add_init(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("init", "Makes a store, or says that it is one");
  const auto zone = std::make_shared<std::string>("America/New_York");
  verb->add_option("--zone", *zone, "The city's time zone")->capture_default_str();
  verb->callback([&app, zone] { app.run = [&app, zone] { return init(app, *zone); }; });
}

}  // namespace pavior::cli
