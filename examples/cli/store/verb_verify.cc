#include "app.h"
#include "fmt/format.h"
#include "progress.h"
#include "text/json.h"

namespace pavior::cli {
namespace {

void print_json(const Verification& found) {
  std::string problems;
  for (const auto& problem : found.problems) problems.append(problems.empty() ? "" : ",").append(json_string(problem));
  fmt::print("{}\n", JsonObject()
                         .add("sound", found.problems.empty())
                         .add("events", found.events)
                         .add("commits", found.commits)
                         .add("streams", found.streams)
                         .add("timers", found.timers)
                         .add("effects", found.effects)
                         .add("chain", found.chain)
                         .add_json("problems", '[' + problems + ']')
                         .add("problems_left_out", found.problems_left_out)
                         .text());
}

void print_text(const Verification& found) {
  for (const auto& problem : found.problems) fmt::print("{}\n", printable(problem));
  if (found.problems_left_out > 0) fmt::print("and {} more\n", found.problems_left_out);
  fmt::print("{}: {} events in {} commits on {} streams, {} timers waiting, {} effects not delivered\nchain {}\n",
             found.problems.empty() ? "sound" : "NOT SOUND", found.events, found.commits, found.streams, found.timers,
             found.effects, found.chain);
}

Exit verify(const App& app) {
  return with_store(app, [&](Engine& engine) {
    const auto found = [&] {
      Progress progress("verifying", number(engine.last()));
      return engine.verify([&](Position position) { progress.reached(number(position)); });
    }();
    if (!found) return fail_store(found.error());
    if (app.json) {
      print_json(*found);
    } else {
      print_text(*found);
    }
    return found->problems.empty() ? Exit::ok : Exit::corrupt;
  });
}

}  // namespace

void add_verify(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("verify", "Derives everything again from the events and compares");
  verb->callback([&app] { app.run = [&app] { return verify(app); }; });
}

}  // namespace pavior::cli
