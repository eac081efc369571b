/// \file
/// What every verb shares: the global options, the exit codes, and how a store is opened.
#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "pavior/city/calendars.h"
#include "pavior/engine.h"
#include "text/city_clock.h"
#include "text/printable.h"

namespace pavior::cli {

/// docs/cli.md and `pavior --help` list them.
enum class Exit : int {
  ok = 0,
  no = 1,           ///< Refused, or a negative answer: no such order.
  usage = 2,        ///< The command line cannot be understood.
  bad_input = 3,    ///< A file or message cannot be read or understood.
  unavailable = 4,  ///< The store is missing, locked, not writable, or the folder holds something else.
  corrupt = 5,      ///< The store contradicts itself, or a newer version wrote it.
};

/// The command line as understood; `run` is the chosen verb.
struct App {
  std::string program;  ///< As it was called.
  std::filesystem::path store;
  bool json = false;
  bool needs_store = true;
  std::function<Exit()> run;
};

/// Adds a verb to the command line; its options live as long as `root`.
void add_init(CLI::App& root, App& app);
void add_demo(CLI::App& root, App& app);
void add_import(CLI::App& root, App& app);
void add_submit(CLI::App& root, App& app);
void add_show(CLI::App& root, App& app);
void add_list(CLI::App& root, App& app);
void add_history(CLI::App& root, App& app);
void add_watch(CLI::App& root, App& app);
void add_verify(CLI::App& root, App& app);
void add_stats(CLI::App& root, App& app);
void add_describe(CLI::App& root, App& app);
void add_calendar(CLI::App& root, App& app);
void add_classify(CLI::App& root, App& app);  // Built with PAVIOR_CLASSIFIER alone.
void add_clocks(CLI::App& root, App& app);
void add_explain(CLI::App& root, App& app);
void add_timers(CLI::App& root, App& app);
void add_recount(CLI::App& root, App& app);
void add_policy(CLI::App& root, App& app);
void add_organisation(CLI::App& root, App& app);
void add_map(CLI::App& root, App& app);
void add_dispatch(CLI::App& root, App& app);
void add_what_if(CLI::App& root, App& app);
void add_act(CLI::App& root, App& app);
void add_scenario(CLI::App& root, App& app);

/// Says on stderr what is wrong; returns the code that fits.
Exit fail(const Error& error);
/// As `fail`, for errors of opening or reading a store as a whole.
Exit fail_store(const Error& error);
/// For what a file says, as compilers write it, so that editors find the place.
Exit fail_file(const Error& error);
Exit fail(Exit code, std::string_view message);

/// Opens the store as its owner; the arguments are as in `Options`.
[[nodiscard]] Result<std::unique_ptr<Engine>> open_owner(const App& app, Runtime& runtime, bool create,
                                                         Durability durability, bool run_timers);

/// Opens the store to look at it, also beside a running owner, and calls `use`; its answer is the exit code.
Exit with_store(const App& app, const std::function<Exit(Engine&)>& use);
/// The wall clock of a store's city. Errors: those of its settings.
[[nodiscard]] Result<CityClock> city_clock(const Engine& engine);
/// Those that a store's policies may count by: of its settings, and the shipped ones. Errors: those of its settings.
[[nodiscard]] Result<city::Calendars> city_calendars(const Engine& engine);
/// As `with_store`, with the wall clock of the store's city.
Exit with_city(const App& app, const std::function<Exit(Engine&, const CityClock&)>& use);

/// An order's stream from what people type: `101000295613` or `work_order/101000295613`.
[[nodiscard]] StreamId order_stream(const std::string& text);

}  // namespace pavior::cli
