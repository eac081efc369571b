#include "policy/policy_store.h"

#include <string_view>

#include "fmt/format.h"
#include "pavior/city/policies.h"
#include "pavior/city/v1/policy.pb.h"
#include "pavior/proto.h"
#include "pavior/testing.h"
#include "policy/policy_text.h"
#include "text/city_clock.h"
#include "text/json.h"
#include "text/policy_source.h"

namespace pavior::cli {
namespace {

using city::v1::Catalogue;

/// By the wall clock of the catalogue's zone.
std::string instant_text(std::int64_t micros, const Catalogue& catalogue) {
  return CityClock::of(catalogue.zone().empty() ? "UTC" : catalogue.zone()).value().iso_text(from_micros(micros));
}

/// The version of this number as the store has it.
Result<city::v1::PublishedCatalogue> published(const Engine& engine, const Catalogue& catalogue) {
  const auto snapshot = engine.load(city::policy_id(catalogue.id()));
  if (!snapshot) return snapshot.error();
  for (const auto& version : city::published_catalogues(*snapshot->state)->versions())
    if (version.catalogue().version() == catalogue.version()) return version;
  return Error(ErrorCode::not_found, "the version is gone");
}

/// Versions take effect in the order they have.
void print_versions(const App& app, const city::v1::PublishedCatalogues& all, Time now) {
  const city::v1::PublishedCatalogue* in_force = nullptr;
  for (const auto& version : all.versions())
    if (!version.withdrawn() && from_micros(version.effective_from()) <= now) in_force = &version;
  for (const auto& version : all.versions()) {
    const auto& catalogue = version.catalogue();
    const std::string_view standing = version.withdrawn()                            ? "withdrawn"
                                      : &version == in_force                         ? "in force"
                                      : from_micros(version.effective_from()) <= now ? "replaced"
                                                                                     : "to come";
    const auto effect = instant_text(version.effective_from(), catalogue);
    if (app.json) {
      JsonObject json;
      json.add("id", catalogue.id())
          .add("version", std::uint64_t{catalogue.version()})
          .add("effective_from", effect)
          .add("standing", standing)
          .add("counts", counts_json(catalogue));
      fmt::print("{}\n", json.text());
    } else {
      fmt::print("{:<16} {:>4}  {}  {:<9}  {}\n", catalogue.id(), catalogue.version(), effect, standing,
                 counts_text(catalogue));
    }
  }
}

}  // namespace

Exit publish_policy(const App& app, const PublishPolicy& wish) {
  // Before the store is opened, so that a mistake leaves no trace.
  if (const auto sound = open_catalogue(wish.file, nullptr); !sound) return fail_file(sound.error());
  // Nothing happens by itself here: due timers are the owner platform's to fire.
  SimulatedRuntime runtime(present());
  const auto engine = open_owner(app, runtime, false, Durability::power_loss, false);
  if (!engine) return fail_store(engine.error());
  const auto calendars = city_calendars(**engine);
  if (!calendars) return fail_store(calendars.error());
  const auto opened = open_catalogue(wish.file, &*calendars);
  if (!opened) return fail_file(opened.error());
  const Catalogue& catalogue = *opened;
  const auto receipt = (*engine)->submit_and_wait(city::publish_command(catalogue).by(wish.author.as_actor()));
  if (!receipt) return fail(receipt.error());
  const auto version = published(**engine, catalogue);
  if (!version) return fail_store(version.error());
  const auto effect = instant_text(version->effective_from(), catalogue);
  if (app.json) {
    JsonObject json;
    json.add("id", catalogue.id())
        .add("version", std::uint64_t{catalogue.version()})
        .add("effective_from", effect)
        .add("position", number(receipt->first));
    fmt::print("{}\n", json.text());
  } else {
    fmt::print("{} version {} is published, in effect from {}\n", catalogue.id(), catalogue.version(), effect);
  }
  return Exit::ok;
}

Exit list_policies(const App& app) {
  return with_store(app, [&](Engine& engine) {
    std::vector<StreamId> streams;
    const auto visited = engine.streams(city::policy_workflow, [&](const StreamId& stream, Version, Stage) {
      streams.push_back(stream);
      return true;
    });
    if (!visited) return fail_store(visited.error());
    for (const auto& stream : streams) {
      const auto snapshot = engine.load(stream);
      if (!snapshot) return fail_store(snapshot.error());
      print_versions(app, *city::published_catalogues(*snapshot->state), present());
    }
    if (streams.empty() && !app.json) fmt::print("no policy is published; the library's defaults hold\n");
    return Exit::ok;
  });
}

}  // namespace pavior::cli
