#include "app.h"
#include "fmt/format.h"
#include "pavior/testing.h"
#include "settings.h"
#include "text/clock_source.h"
#include "text/json.h"

namespace pavior::cli {
namespace {

struct InitWish {
  std::string zone = "America/New_York";
  std::string clocks;
  std::vector<std::string> calendars;
};

Exit init(const App& app, const InitWish& wish) {
  const std::string& zone = wish.zone;
  if (const auto clock = CityClock::of(zone); !clock) return fail(Exit::bad_input, clock.error().message());
  PlanSource source;
  if (!wish.clocks.empty()) {
    auto opened = open_clock_plan(wish.clocks, wish.calendars);
    if (!opened) return fail(Exit::bad_input, printable(opened.error().message()));
    source = *std::move(opened);
  }
  SimulatedRuntime runtime(present());
  const auto engine = open_owner(app, runtime, true, Durability::power_loss, false);
  if (!engine) return fail_store(engine.error());
  const auto receipt = (*engine)->submit_and_wait(set_zone(zone));
  if (!receipt) return fail(receipt.error());
  if (!wish.clocks.empty()) {
    const auto set = (*engine)->submit_and_wait(set_clocks(source));
    if (!set) return fail(set.error());
  }
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
  const auto wish = std::make_shared<InitWish>();
  verb->add_option("--zone", wish->zone, "The city's time zone")->capture_default_str();
  auto* clocks =
      verb->add_option("--clocks", wish->clocks, "The clocks of its orders from now on: district, or a file");
  verb->add_option("--calendar", wish->calendars, "What they count by: cn, us, or a file; may be given more than once")
      ->needs(clocks);
  verb->callback([&app, wish] { app.run = [&app, wish] { return init(app, *wish); }; });
}

}  // namespace pavior::cli
