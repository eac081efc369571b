#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app.h"
#include "author.h"
#include "city/organisation_source.h"
#include "fmt/format.h"
#include "pavior/city/organisation_counts.h"
#include "pavior/city/organisations.h"
#include "pavior/city/work_orders.h"
#include "pavior/testing.h"
#include "text/json.h"
#include "text/policy_source.h"

namespace pavior::cli {
namespace {

struct OrganisationWish {
  std::vector<std::string> files;
  Author author{"organiser", {std::string(city::roles::leader)}};
};

void print(const App& app, const std::string& file, const city::Organisation& organisation) {
  const auto& data = organisation.data();
  const auto day = organisation.day_of(present());
  const auto findings = city::role_count_findings(organisation, day);
  if (app.json) {
    JsonObject json;
    json.add("file", file)
        .add("id", data.id())
        .add("version", std::uint64_t{data.version()})
        .add("grids", static_cast<std::uint64_t>(data.grids_size()))
        .add("units", static_cast<std::uint64_t>(data.units_size()))
        .add("people", static_cast<std::uint64_t>(data.people_size()))
        .add("incomplete", std::uint64_t{findings.size()});
    fmt::print("{}\n", json.text());
    return;
  }
  fmt::print("{}: {} version {} is sound: {} grids, {} units, {} people\n", file, data.id(), data.version(),
             data.grids_size(), data.units_size(), data.people_size());
  for (const auto& count : city::staff_counts(organisation, day))
    fmt::print("  {:<20} {:>6} ({} part-time)\n", printable(count.role), count.people, count.part_time);
  for (const auto& finding : findings) fmt::print("  {}\n", printable(city::text_of(finding)));
}

Exit validate(const App& app, const OrganisationWish& wish) {
  auto worst = Exit::ok;
  for (const auto& file : wish.files) {
    const auto organisation = open_organisation(file, with_shipped_calendars({}));
    if (organisation) {
      print(app, file, *organisation);
    } else {
      worst = fail_file(organisation.error());
    }
  }
  return worst;
}

Exit publish(const App& app, const OrganisationWish& wish) {
  SimulatedRuntime runtime(present());
  const auto engine = open_owner(app, runtime, false, Durability::power_loss, false);
  if (!engine) return fail_store(engine.error());
  const auto calendars = city_calendars(**engine);
  if (!calendars) return fail_store(calendars.error());
  const auto organisation = open_organisation(wish.files.front(), *calendars);
  if (!organisation) return fail_file(organisation.error());
  const auto receipt =
      (*engine)->submit_and_wait(city::publish_organisation_command(organisation->data()).by(wish.author.as_actor()));
  if (!receipt) return fail(receipt.error());
  fmt::print("{} version {} is published\n", organisation->data().id(), organisation->data().version());
  return Exit::ok;
}

constexpr auto validate_organisation_footer =
    R"(An organisation is protobuf text or JSON (docs/organisation.md). Teams that are not complete are told, and are no mistake:
  $ pavior organisation validate district.textproto
  district.textproto: district version 1 is sound: 17 grids, 60 units, 45 people
    acceptor                  1 (0 part-time)
    callback_agent            1 (1 part-time))";
constexpr auto publish_organisation_footer =
    R"(From then on the store dispatches by it, where a catalogue has rules, and knows who is told what:
  $ pavior --store city organisation publish district.textproto --actor mo --role leader)";

}  // namespace

void add_organisation(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("organisation", "Who works where: checks and publishes units, people and grids");
  verb->require_subcommand(1);
  const auto wish = std::make_shared<OrganisationWish>();
  auto* validated = verb->add_subcommand("validate", "Says whether organisations are sound, and which teams are short");
  validated->footer(validate_organisation_footer);
  validated->add_option("FILE", wish->files, "Of an organisation")->required();
  validated->final_callback([&app, wish] {
    app.needs_store = false;
    app.run = [&app, wish] { return validate(app, *wish); };
  });
  auto* published = verb->add_subcommand("publish", "Makes it the next version of the store's organisation");
  published->footer(publish_organisation_footer);
  published->add_option("FILE", wish->files, "Of an organisation")->required()->expected(1);
  add_author(*published, wish->author, "Who publishes");
  published->final_callback([&app, wish] { app.run = [&app, wish] { return publish(app, *wish); }; });
}

}  // namespace pavior::cli
