#include <CLI/CLI.hpp>

#include "app.h"

namespace {

constexpr auto footer = R"(Exit codes:
  0  done
  1  refused, or the answer is no (no such order)
  2  the command line cannot be understood
  3  a file or message cannot be read or understood
  4  the store is missing, locked or not writable
  5  the store contradicts itself, or a newer version wrote it)";

}  // namespace

int main(int argc, char** argv) {
  CLI::App root("City work orders in an event-sourced store.", "pavior");
  pavior::cli::App app;
  app.program = argv[0];
  root.add_option("--store", app.store, "The folder of the store");
  root.add_flag("--json", app.json, "Answer with JSON, one object a line");
  root.require_subcommand(1);
  root.fallthrough();
  root.footer(footer);
  for (const auto add :
       {pavior::cli::add_demo,   pavior::cli::add_init,         pavior::cli::add_import,   pavior::cli::add_submit,
        pavior::cli::add_show,   pavior::cli::add_list,         pavior::cli::add_history,  pavior::cli::add_watch,
        pavior::cli::add_verify, pavior::cli::add_stats,        pavior::cli::add_describe, pavior::cli::add_calendar,
        pavior::cli::add_clocks, pavior::cli::add_explain,      pavior::cli::add_timers,   pavior::cli::add_recount,
        pavior::cli::add_policy, pavior::cli::add_organisation, pavior::cli::add_dispatch, pavior::cli::add_what_if,
        pavior::cli::add_map,    pavior::cli::add_scenario,     pavior::cli::add_act})
    add(root, app);
#ifdef PAVIOR_CLASSIFIER
  pavior::cli::add_classify(root, app);
#endif
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = root.exit(error);
    return code == 0 ? 0 : static_cast<int>(pavior::cli::Exit::usage);
  }
  if (app.needs_store && app.store.empty())
    return static_cast<int>(pavior::cli::fail(pavior::cli::Exit::usage, "--store DIR is missing"));
  return static_cast<int>(app.run());
}
