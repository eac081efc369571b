#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <optional>

#include "app.h"
#include "city/map_source.h"
#include "fmt/format.h"
#include "import/import_run.h"
#include "pavior/city/grid_maps.h"
#include "pavior/city/orders_view.h"
#include "pavior/city/work_orders.h"
#include "settings.h"
#include "text/json.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

constexpr std::size_t rejects_shown_max = 20;

struct ImportWish {
  std::string format;
  std::vector<std::filesystem::path> files;
  std::filesystem::path rejects;
  MapWish map;
};

struct Summary {
  std::uint64_t rows = 0;
  std::uint64_t imported = 0;
  std::uint64_t repeated = 0;
  std::vector<RejectedRow> rejected;
  std::map<std::string, std::uint64_t> notes;
  Metrics metrics;
};

// The latest thing that happened in the rows. Deadlines are plans, not happenings.
Time last_happening(const ImportRows& rows) {
  Time last = Time::min();
  for (const auto& [place, order] : rows.orders) last = std::max({last, order.opened, order.closed.value_or(last)});
  return last;
}

// Timers that an earlier import left are due at their own instants, even before the first row.
void start_clock_at_first_timer(const Engine& engine, SimulatedRuntime& runtime) {
  const auto waiting = engine.timers(1);
  if (waiting && !waiting->empty() && waiting->front().due < runtime.now())
    runtime.jump_clock(waiting->front().due - runtime.now());
}

Result<ImportOutcome> live(Engine& engine, SimulatedRuntime& runtime, const Format& format, const ImportRows& rows) {
  const auto zone = engine.submit_and_wait(set_zone(std::string(format.zone)));
  if (!zone) return zone.error();
  start_clock_at_first_timer(engine, runtime);
  Progress progress("importing", 2 * rows.orders.size());
  auto outcome = ImportRun(engine, runtime, format, rows).run(progress);
  if (!outcome) return outcome;
  runtime.advance_to(last_happening(rows));
  if (const auto caught_up = engine.view_catch_up(city::orders_view); !caught_up) return caught_up.error();
  if (const auto synced = engine.sync(); !synced) return synced.error();
  return outcome;
}

Summary summary_of(ImportRows rows, ImportOutcome outcome, const Metrics& metrics) {
  Summary summary{
      rows.rows, outcome.imported, rows.repeated + outcome.repeated, std::move(rows.rejected), std::move(rows.notes),
      metrics};
  std::ranges::move(outcome.rejected, std::back_inserter(summary.rejected));
  std::ranges::stable_sort(summary.rejected, {},
                           [](const RejectedRow& row) { return std::pair(row.place.file, row.place.line); });
  return summary;
}

std::string reject_line(const std::vector<std::filesystem::path>& files, const RejectedRow& row) {
  return fmt::format("{}:{}: {}: {}\n", files[row.place.file].string(), row.place.line, row.error.reason,
                     printable(row.error.detail));
}

void list_rejects(const ImportWish& wish, const std::vector<RejectedRow>& rejected) {
  for (std::size_t i = 0; i < rejected.size() && i < rejects_shown_max; ++i)
    fmt::print(stderr, "{}", reject_line(wish.files, rejected[i]));
  if (rejected.size() > rejects_shown_max)
    fmt::print(stderr, "and {} more rejected rows{}\n", rejected.size() - rejects_shown_max,
               wish.rejects.empty() ? "; --rejects FILE lists them all" : "");
}

JsonObject counts_json(const std::map<std::string, std::uint64_t>& counts) {
  JsonObject json;
  for (const auto& [name, count] : counts) json.add(name, count);
  return json;
}

void print(const App& app, const Summary& summary) {
  std::map<std::string, std::uint64_t> reasons;
  for (const auto& row : summary.rejected) ++reasons[row.error.reason];
  if (app.json) {
    fmt::print("{}\n", JsonObject()
                           .add("rows", summary.rows)
                           .add("imported", summary.imported)
                           .add("repeated", summary.repeated)
                           .add("rejected", std::uint64_t{summary.rejected.size()})
                           .add("rejected_by_reason", counts_json(reasons))
                           .add("notes", counts_json(summary.notes))
                           .add("events", summary.metrics.events)
                           .add("timers_fired", summary.metrics.timers_fired)
                           .text());
    return;
  }
  fmt::print("{} rows: {} imported, {} repeated, {} rejected; {} events, {} timers fired\n", summary.rows,
             summary.imported, summary.repeated, summary.rejected.size(), summary.metrics.events,
             summary.metrics.timers_fired);
  for (const auto& [reason, count] : reasons) fmt::print("  rejected  {:<32} {}\n", reason, count);
  for (const auto& [note, count] : summary.notes) fmt::print("  note      {:<32} {}\n", note, count);
}

Result<std::optional<city::v1::GridMap>> read_map(const ImportWish& wish, const Format& format) {
  if (wish.map.file.empty()) return std::optional<city::v1::GridMap>();
  auto map = open_grid_map(wish.map);
  if (!map) return std::move(map).error();
  // Orders are located as of when they were opened, however long ago that is.
  map->set_zone(std::string(format.zone));
  map->set_effective_from("1970-01-01");
  return std::optional(*std::move(map));
}

/// As the first version of a store that has none, before it is opened to be decided by it.
Result<void> publish_first(const App& app, Runtime& runtime, const city::v1::GridMap& map) {
  const auto engine = open_owner(app, runtime, true, Durability::process_crash, false);
  if (!engine) return engine.error();
  const auto there = last_grid_map(**engine);
  if (!there) return there.error();
  if (there->version() == 0) {
    auto command = city::publish_grid_map_command(map);
    if (!command) return std::move(command).error();
    const Actor importer("import", {std::string(city::roles::system)});
    const auto receipt = (*engine)->submit_and_wait(std::move(*command).by(importer));
    return receipt ? Result<void>() : receipt.error();
  }
  const auto same = [](const auto& one, const auto& other) {
    return one.SerializeAsString() == other.SerializeAsString();
  };
  if (std::ranges::equal(there->areas(), map.areas(), same)) return {};
  return Error(ErrorCode::conflict,
               fmt::format("the store has the map {} version {}, which is another one; leave --places out, or make it "
                           "the next version with map publish",
                           there->id(), there->version()));
}

Exit import(const App& app, const ImportWish& wish) {
  const auto& format = *find_format(wish.format);
  auto rows = read_import_rows(format, wish.files);  // All of it, before the store is touched.
  if (!rows) return fail(Exit::bad_input, printable(rows.error().message()));
  std::ofstream rejects;
  if (!wish.rejects.empty()) rejects.open(wish.rejects);
  if (!rejects) return fail(Exit::bad_input, fmt::format("{} cannot be written", wish.rejects.string()));

  const auto map = read_map(wish, format);
  if (!map) return fail(Exit::bad_input, printable(map.error().message()));

  SimulatedRuntime runtime(ImportRun::begin(*rows));
  if (*map)
    if (const auto published = publish_first(app, runtime, **map); !published) return fail(published.error());
  const auto engine = open_owner(app, runtime, true, Durability::process_crash, true);
  if (!engine) return fail_store(engine.error());
  auto outcome = live(**engine, runtime, format, *rows);
  if (!outcome) return fail(outcome.error());
  const auto summary = summary_of(*std::move(rows), *std::move(outcome), (*engine)->metrics());
  list_rejects(wish, summary.rejected);
  for (const auto& row : summary.rejected) rejects << reject_line(wish.files, row);
  print(app, summary);
  if (!wish.rejects.empty() && !rejects.flush())
    return fail(Exit::bad_input, fmt::format("{} cannot be written to its end", wish.rejects.string()));
  return Exit::ok;
}

}  // namespace

void add_import(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("import", "Lets the rows of a city's extract live their dates in the store");
  const auto wish = std::make_shared<ImportWish>();
  std::vector<std::string> names;
  for (const auto& format : formats()) names.emplace_back(format.name);
  verb->add_option("--format", wish->format, fmt::format("{}", fmt::join(names, " or ")))
      ->required()
      ->check(CLI::IsMember(names));
  verb->add_option("FILE", wish->files, "CSV, plain or .gz")->required();
  verb->add_option("--places", wish->map.file,
                   "GeoJSON of areas, plain or .gz: the map of a store that has none. Orders get the grid they lie in");
  verb->add_option("--area", wish->map.properties.id, "The property of a feature that names its area")
      ->capture_default_str();
  verb->add_option("--rejects", wish->rejects, "Writes every rejected row here: file, line, reason");
  verb->callback([&app, wish] { app.run = [&app, wish] { return import(app, *wish); }; });
}

}  // namespace pavior::cli
