#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "app.h"
#include "demo/scoreboard.h"
#include "demo/simulated_city.h"
#include "fmt/format.h"
#include "pavior/testing.h"
#include "progress.h"
#include "settings.h"
#include "text/clock_source.h"

namespace pavior::cli {
namespace {

constexpr auto zone = "Asia/Shanghai";
/// Midnight of Monday, 2 March 2026, there.
constexpr Time first_day = std::chrono::sys_days(std::chrono::year{2026} / 3 / 1) + std::chrono::hours(16);

std::string store_argument(const App& app) { return fmt::format("{} --store {}", app.program, app.store.string()); }

void print_end(const App& app, const Engine& engine, const demo::SimulatedCity& city, const Verification& verified,
               std::chrono::duration<double> played, int days) {
  const Metrics metrics = engine.metrics();
  fmt::print("\n  {} commands became {} facts, {} timers fired; {} days took {:.1f} s\n", metrics.accepted,
             verified.events, metrics.timers_fired, days, played.count());
  for (const auto& [rule, count] : city.refusals()) fmt::print("  {} commands were refused by \"{}\"\n", count, rule);
  fmt::print("  verified: {} streams folded again, the chain ends in {}...\n", verified.streams,
             verified.chain.substr(0, 16));
  const std::string pavior = store_argument(app);
  fmt::print(
      "\n  Look around:\n    {0} show R000007\n    {0} clocks R000007\n    {0} explain R000007 HND\n    {0} timers\n   "
      " {0} list --stage in_progress\n    {0} stats --as-of "
      "2026-03-15T00:00:00\n    {0} describe lifecycle\n\n",
      pavior);
}

/// With the zone and the clocks of a Chinese district.
Result<void> make_store(const App& app, Runtime& runtime) {
  const auto engine = open_owner(app, runtime, true, Durability::process_crash, false);
  if (!engine) return engine.error();
  const auto clocks = open_clock_plan("district", {});
  if (!clocks) return clocks.error();
  for (const auto& command : {set_zone(zone), set_clocks(*clocks)})
    if (auto set = (*engine)->submit_and_wait(command); !set) return std::move(set).error();
  return {};
}

Exit play(const App& app, demo::Plan plan) {
  std::error_code ignored;
  if (std::filesystem::exists(app.store, ignored) && !std::filesystem::is_empty(app.store, ignored))
    return fail(Exit::bad_input,
                fmt::format("{} is there already; remove it or name another folder", app.store.string()));
  SimulatedRuntime runtime(first_day, plan.seed);
  if (auto made = make_store(app, runtime); !made) return fail_store(made.error());
  auto engine = open_owner(app, runtime, false, Durability::process_crash, true);
  if (!engine) return fail_store(engine.error());

  const auto start = std::chrono::steady_clock::now();
  demo::SimulatedCity city(**engine, runtime, plan);
  fmt::print("A district of the city, {} days from Monday 2 March 2026, seed {}\n", plan.days, plan.seed);
  std::fflush(stdout);
  {
    Progress progress("playing day", static_cast<std::uint64_t>(plan.days));
    for (int day = 1; day <= plan.days; ++day) {
      city.plan_day();
      runtime.advance_by(std::chrono::hours(24));
      progress.reached(static_cast<std::uint64_t>(day));
    }
  }
  if (auto synced = (*engine)->sync(); !synced) return fail_store(synced.error());
  const std::chrono::duration<double> played = std::chrono::steady_clock::now() - start;

  const bool colours = ::isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  auto board = demo::scoreboard(**engine, {first_day, plan.days}, colours);
  if (!board) return fail_store(board.error());
  fmt::print("{}", *board);
  auto verified = (*engine)->verify();
  if (!verified) return fail_store(verified.error());
  if (!verified->problems.empty()) return fail(Exit::corrupt, verified->problems.front());
  print_end(app, **engine, city, *verified, played, plan.days);
  return Exit::ok;
}

}  // namespace

void add_demo(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("demo", "Plays a made-up city into a new store and prints how it did");
  const auto plan = std::make_shared<demo::Plan>();
  verb->add_option("--days", plan->days, "How many days to play")->capture_default_str()->check(CLI::Range(1, 366));
  verb->add_option("--reports", plan->reports_a_day, "Reports on a dry day")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  verb->add_option("--seed", plan->seed, "Another seed, another city")->capture_default_str();
  verb->callback([&app, plan] { app.run = [&app, plan] { return play(app, *plan); }; });
}

}  // namespace pavior::cli
