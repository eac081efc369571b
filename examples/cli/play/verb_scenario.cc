#include <vector>

#include "app.h"
#include "fmt/format.h"
#include "scenario/player.h"
#include "scenario/reader.h"
#include "text/json.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

constexpr auto example = R"(A scenario tells an order's life, for example:

  # The hole is filled, and the reporter is told.
  city china
  clocks district
  holds supervisor: zhao

  at 2024-03-08 10:00
  by xiaowang grid_worker
  submit A1 Report { title: "pothole" reporter { id: "r-1" } }
  expect A1 clock ACC running due 2024-03-08 10:15
  advance 20m
  expect A1 events Reported ClockRang Reminded

Steps: at, advance, by, submit (then: refused by RULE, conflict, invalid, repeated),
restart, recount. Expectations: expect ORDER stage S, expect ORDER { fields },
expect ORDER clock C running|paused|stopped met|stopped late|cancelled [due T],
expect ORDER events E E, expect notices, expect allowed, expect no order,
expect verify sound. Settings: city, zone, calendar, clocks, policy, holds.

Exit codes: 0 all went as told, 1 one did not, 3 a file cannot be understood.)";

struct ScenarioWish {
  std::vector<std::string> files;
  bool trace = false;
  std::uint64_t seed = 1;
};

struct Totals {
  std::uint64_t scenarios = 0, failed = 0, steps = 0, events = 0;
};

std::string located(const scenario::Script& script, const scenario::Failure& failure) {
  return fmt::format("{}:{}: {}", script.file.string(), failure.line, printable(failure.text));
}

void print_json(const scenario::Script& script, const scenario::Played& played) {
  JsonObject json;
  json.add("scenario", script.name())
      .add("file", script.file.string())
      .add("ok", !played.failure)
      .add("steps", played.steps)
      .add("events", played.events);
  if (played.failure) json.add("line", std::uint64_t{played.failure->line}).add("problem", played.failure->text);
  fmt::print("{}\n", json.text());
}

/// Whether it went as told.
bool play_one(const App& app, const ScenarioWish& wish, const scenario::Script& script, Totals& totals) {
  scenario::PlayOptions options;
  options.seed = wish.seed;
  if (wish.trace) options.tell = [](const std::string& line) { fmt::print("{}\n", printable(line)); };
  const auto played = scenario::play(script, options);
  totals.scenarios += 1;
  totals.failed += played.failure ? 1 : 0;
  totals.steps += played.steps;
  totals.events += played.events;
  if (app.json) {
    print_json(script, played);
  } else if (!played.failure) {
    fmt::print("ok {} ({} steps, {} events)\n", script.name(), played.steps, played.events);
  } else {
    fmt::print("FAILED {}\n", script.name());
  }
  if (played.failure) {
    std::fflush(stdout);
    fmt::print(stderr, "{}\n", located(script, *played.failure));
  }
  return !played.failure;
}

/// Every file is read before the first one is played.
Exit run(const App& app, const ScenarioWish& wish) {
  std::vector<scenario::Script> scripts;
  bool understood = true;
  for (const auto& file : wish.files) {
    const auto text = read_text(file);
    if (!text) return fail(Exit::bad_input, text.error().message());
    auto script = scenario::read_script(file, *text);
    if (const auto* mistake = std::get_if<scenario::Mistake>(&script)) {
      fmt::print(stderr, "{}:{}: {}\n", file, mistake->line, printable(mistake->text));
      understood = false;
    } else {
      scripts.push_back(std::get<scenario::Script>(std::move(script)));
    }
  }
  if (!understood) return Exit::bad_input;

  Totals totals;
  for (const auto& script : scripts) play_one(app, wish, script, totals);
  if (app.json) {
    fmt::print("{}\n", JsonObject()
                           .add("scenarios", totals.scenarios)
                           .add("failed", totals.failed)
                           .add("steps", totals.steps)
                           .add("events", totals.events)
                           .text());
  } else {
    fmt::print("{} of {} scenarios went as told: {} steps, {} events\n", totals.scenarios - totals.failed,
               totals.scenarios, totals.steps, totals.events);
  }
  return totals.failed == 0 ? Exit::ok : Exit::no;
}

}  // namespace

void add_scenario(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("scenario", "Stories of orders, played in simulated time");
  verb->require_subcommand(1);
  auto* running = verb->add_subcommand("run", "Plays stories in stores of their own and says what did not go as told");
  const auto wish = std::make_shared<ScenarioWish>();
  running->add_option("FILE", wish->files, "A .scenario file; docs/scenarios.md has the language")->required();
  running->add_flag("--trace", wish->trace, "Prints every step with the facts and notices that followed");
  running->add_option("--seed", wish->seed, "Another order of what happens at one time; no story may depend on it")
      ->capture_default_str();
  running->footer(example);
  running->callback([&app, wish] {
    app.needs_store = false;
    app.run = [&app, wish] { return run(app, *wish); };
  });
}

}  // namespace pavior::cli
