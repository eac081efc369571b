#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app.h"
#include "author.h"
#include "city/map_source.h"
#include "city/organisation_source.h"
#include "fmt/format.h"
#include "pavior/city/grid_map_findings.h"
#include "pavior/city/grid_maps.h"
#include "pavior/city/work_orders.h"
#include "pavior/testing.h"
#include "settings.h"
#include "text/json.h"
#include "text/policy_source.h"

namespace pavior::cli {
namespace {

struct GridMapWish {
  MapWish map;
  std::string organisation;
  Author author{"mapper", {std::string(city::roles::leader)}};
};

void print(const App& app, const std::string& file, const city::v1::GridMap& map,
           const std::vector<city::GridMapFinding>& findings) {
  const std::uint64_t areas = static_cast<std::uint64_t>(map.areas_size()), bytes = map.ByteSizeLong();
  if (app.json) {
    JsonObject json;
    json.add("file", file).add("areas", areas).add("bytes", bytes).add("findings", std::uint64_t{findings.size()});
    fmt::print("{}\n", json.text());
    return;
  }
  fmt::print("{}: {} areas are sound: {} bytes as an event\n", file, areas, bytes);
  for (const auto& finding : findings) fmt::print("  {}\n", printable(city::text_of(finding)));
}

Exit validate(const App& app, const GridMapWish& wish) {
  const auto data = open_grid_map(wish.map);
  if (!data) return fail_file(data.error());
  std::vector<city::GridMapFinding> findings;
  if (!wish.organisation.empty()) {
    const auto organisation = open_organisation(wish.organisation, with_shipped_calendars({}));
    if (!organisation) return fail_file(organisation.error());
    findings = city::grid_map_findings(city::GridMap::make(*data).value(), *organisation);
  }
  print(app, wish.map.file, *data, findings);
  return Exit::ok;
}

Exit publish(const App& app, const GridMapWish& wish) {
  SimulatedRuntime runtime(present());
  const auto engine = open_owner(app, runtime, false, Durability::power_loss, false);
  if (!engine) return fail_store(engine.error());
  const auto settings = city_settings(**engine);
  if (!settings) return fail_store(settings.error());
  auto before = last_grid_map(**engine);
  if (!before) return fail_store(before.error());
  if (before->zone().empty()) before->set_zone(settings->zone);
  const auto map = open_grid_map(wish.map, *before);
  if (!map) return fail_file(map.error());
  auto command = city::publish_grid_map_command(*map);
  if (!command) return fail(command.error());
  const auto receipt = (*engine)->submit_and_wait(std::move(*command).by(wish.author.as_actor()));
  if (!receipt) return fail(receipt.error());
  fmt::print("{} version {} is published: {} areas\n", map->id(), map->version(), map->areas_size());
  return Exit::ok;
}

void add_file(CLI::App* to, const std::shared_ptr<GridMapWish>& wish) {
  to->add_option("FILE", wish->map.file, "GeoJSON, plain or .gz, or a grid map as protobuf text")->required();
  to->add_option("--area", wish->map.properties.id, "The property of a feature that is the path of its grid")
      ->capture_default_str();
  to->add_option("--name", wish->map.properties.name, "The property that is its name; left out: areas have none");
}

constexpr auto validate_map_footer =
    R"(A map is the GeoJSON of the grids (docs/places.md). Grids that it and the organisation do not share are told, and are no mistake:
  $ pavior map validate boston_neighborhoods.geojson --organisation district.textproto
  boston_neighborhoods.geojson: 26 areas are sound: 112676 bytes as an event
    grid 3411/01/01/001 has no area)";
constexpr auto publish_map_footer = R"(From then on the store locates orders by it, until the next version takes effect:
  $ pavior --store city map publish grids.geojson --area code --from 2024-06-01
  city version 2 is published: 26 areas)";

}  // namespace

void add_map(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("map", "Which ground each grid covers: checks and publishes the areas of grids");
  verb->require_subcommand(1);
  const auto wish = std::make_shared<GridMapWish>();
  auto* validated = verb->add_subcommand("validate", "Says whether areas are sound, and fit the organisation's grids");
  validated->footer(validate_map_footer);
  add_file(validated, wish);
  validated->add_option("--organisation", wish->organisation, "Whose grids they are: a file");
  validated->final_callback([&app, wish] {
    app.needs_store = false;
    app.run = [&app, wish] { return validate(app, *wish); };
  });
  auto* published = verb->add_subcommand("publish", "Makes them the next version of the store's grid map");
  published->footer(publish_map_footer);
  add_file(published, wish);
  published->add_option("--id", wish->map.id, "Of the map; left out: as before, or city");
  published->add_option("--from", wish->map.effective_from, "When it takes effect, as 2024-05-01; left out: at once");
  published->add_option("--zone", wish->map.zone, "Whose time --from is; left out: the city's");
  published->add_option("--near", wish->map.near_metres, "How far outside of all areas the nearest one counts: metres");
  add_author(*published, wish->author, "Who publishes");
  published->final_callback([&app, wish] { app.run = [&app, wish] { return publish(app, *wish); }; });
}

}  // namespace pavior::cli
