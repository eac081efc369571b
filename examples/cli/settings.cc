#include "settings.h"

#include "cli.pb.h"
#include "pavior/proto.h"

namespace pavior::cli {
namespace {

const StreamId settings_stream("settings", "city");
constexpr Stage known{1};

struct Settings final : State {
  Settings() { stage_ = known; }
  std::string zone;
};

class SettingsWorkflow final : public Workflow {
 public:
  std::string_view name() const noexcept override { return settings_stream.workflow(); }

  Result<Decision> decide(const State* state, const Command& command, const Context&) const override {
    auto wish = unpack<v1::SetZone>(command.type(), command.payload());
    if (!wish) return std::move(wish).error();
    const auto* settings = static_cast<const Settings*>(state);
    if (settings != nullptr && settings->zone != wish->zone())
      return Error::refused("zone_is_fixed", "the city's zone is " + settings->zone + " and stays so");
    v1::ZoneSet fact;
    fact.set_zone(wish->zone());
    return Decision{{make_fact(fact, known)}, {}};
  }

  Result<StatePtr> evolve(StatePtr, std::span<const Event> events) const override {
    auto fact = unpack<v1::ZoneSet>(events.back().type, events.back().payload);
    if (!fact) return Error(ErrorCode::corrupt, fact.error().message());
    auto settings = std::make_shared<Settings>();
    settings->zone = fact->zone();
    return StatePtr(std::move(settings));
  }

  std::string_view stage_name(Stage stage) const override { return stage == known ? "known" : ""; }
};

}  // namespace

std::shared_ptr<const Workflow> make_settings_workflow() { return std::make_shared<SettingsWorkflow>(); }

Result<std::string> city_zone(const Engine& engine) {
  const auto snapshot = engine.load(settings_stream);
  if (snapshot) return static_cast<const Settings&>(*snapshot->state).zone;
  if (snapshot.error().code() == ErrorCode::not_found) return std::string("America/New_York");
  return snapshot.error();
}

Command set_zone(const std::string& zone) {
  v1::SetZone wish;
  wish.set_zone(zone);
  return make_command(settings_stream, wish).with_id("settings:zone:" + zone).by(Actor("cli", {"system"}));
}

}  // namespace pavior::cli
