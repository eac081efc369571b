#include "settings.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "cli.pb.h"
#include "fmt/format.h"
#include "pavior/city/calendar_file.h"
#include "pavior/proto.h"

namespace pavior::cli {
namespace {

const StreamId settings_stream("settings", "city");
constexpr Stage known{1};

struct Settings final : State {
  Settings() { stage_ = known; }
  std::string zone;
  std::string plan;
  std::vector<city::v1::Calendar> calendars;
};

Result<Decision> decide_zone(const Settings& settings, const v1::SetZone& wish) {
  if (!settings.zone.empty() && settings.zone != wish.zone())
    return Error::refused("zone_is_fixed", "the city's zone is " + settings.zone + " and stays so");
  v1::ZoneSet fact;
  fact.set_zone(wish.zone());
  return Decision{{make_fact(fact, known)}, {}};
}

Result<Decision> decide_clocks(const Settings& settings, const v1::SetClocks& wish) {
  v1::ClocksSet fact;
  fact.set_plan(wish.plan());
  auto calendars = settings.calendars;
  for (const auto& text : wish.calendars()) {
    const auto calendar = city::read_calendar(text);
    if (!calendar) return calendar.error();
    const auto old = std::ranges::find_if(calendars, [&](const city::v1::Calendar& one) {
      return one.id() == calendar->id() && one.version() == calendar->version();
    });
    if (old == calendars.end()) {
      calendars.push_back(*calendar);
      fact.add_calendars(text);
    } else if (old->SerializeAsString() != calendar->SerializeAsString()) {
      return Error::refused("calendar_versions_never_change",
                            fmt::format("version {} of the calendar {} is there with other content; give the new one "
                                        "the next number",
                                        calendar->version(), calendar->id()));
    }
  }
  if (auto plan = make_clock_plan(fact.plan(), calendars); !plan) return std::move(plan).error();
  return Decision{{make_fact(fact, known)}, {}};
}

class SettingsWorkflow final : public Workflow {
 public:
  std::string_view name() const noexcept override { return settings_stream.workflow(); }

  Result<Decision> decide(const State* state, const Command& command, const Context&) const override {
    const Settings none;
    const auto& settings = state == nullptr ? none : static_cast<const Settings&>(*state);
    if (const auto zone = unpack<v1::SetZone>(command.type(), command.payload())) return decide_zone(settings, *zone);
    const auto clocks = unpack<v1::SetClocks>(command.type(), command.payload());
    return clocks ? decide_clocks(settings, *clocks) : Result<Decision>(clocks.error());
  }

  Result<StatePtr> evolve(StatePtr before, std::span<const Event> events) const override {
    auto settings =
        before ? std::make_shared<Settings>(static_cast<const Settings&>(*before)) : std::make_shared<Settings>();
    for (const Event& event : events) {
      if (const auto zone = unpack<v1::ZoneSet>(event.type, event.payload)) {
        settings->zone = zone->zone();
      } else if (const auto clocks = unpack<v1::ClocksSet>(event.type, event.payload)) {
        settings->plan = clocks->plan();
        for (const auto& text : clocks->calendars()) {
          auto calendar = city::read_calendar(text);
          if (!calendar) return Error(ErrorCode::corrupt, calendar.error().message());
          settings->calendars.push_back(*std::move(calendar));
        }
      } else {
        return Error(ErrorCode::corrupt, clocks.error().message());
      }
    }
    return StatePtr(std::move(settings));
  }

  std::string_view stage_name(Stage stage) const override { return stage == known ? "known" : ""; }
};

}  // namespace

std::shared_ptr<const Workflow> make_settings_workflow() { return std::make_shared<SettingsWorkflow>(); }

Result<CitySettings> city_settings(const Engine& engine) {
  CitySettings city;
  const auto snapshot = engine.load(settings_stream);
  if (!snapshot) {
    if (snapshot.error().code() == ErrorCode::not_found) return city;
    return snapshot.error();
  }
  const auto& settings = static_cast<const Settings&>(*snapshot->state);
  if (!settings.zone.empty()) city.zone = settings.zone;
  auto plan = make_clock_plan(settings.plan, settings.calendars);
  if (!plan) return std::move(plan).error();
  city.clocks = *std::move(plan);
  return city;
}

Command set_zone(const std::string& zone) {
  v1::SetZone wish;
  wish.set_zone(zone);
  return make_command(settings_stream, wish).with_id("settings:zone:" + zone).by(Actor("cli", {"system"}));
}

Command set_clocks(const PlanSource& source) {
  v1::SetClocks wish;
  wish.set_plan(source.plan);
  wish.mutable_calendars()->Add(source.calendars.begin(), source.calendars.end());
  return make_command(settings_stream, wish).by(Actor("cli", {"system"}));
}

}  // namespace pavior::cli
