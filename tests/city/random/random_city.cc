#include "city/random/random_city.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "city/calendars.h"
#include "city/clocks.h"

namespace pavior::city::tests {
namespace {

std::string shipped_file(const std::string& path) {
  std::ifstream file(PAVIOR_SOURCE_DIR "/examples/" + path, std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

Policy made(v1::Catalogue data, const Calendars& calendars) {
  auto policy = Policy::make(std::move(data), calendars);
  if (!policy) FAIL(policy.error());
  return *std::move(policy);
}

v1::Catalogue district(const Calendars& calendars) {
  auto read = read_catalogue(shipped_file("catalogues/district.textproto"), calendars);
  if (!read) FAIL(read.error());
  return *std::move(read);
}

RandomCity city(std::string name, std::vector<Policy> policies, const Calendars& calendars) {
  RandomCity city;
  city.name = std::move(name);
  city.policies = std::move(policies);
  city.calendars = calendars;
  city.units = {"municipal_works", "water", "fire_rescue", "urban_management", "street_office"};
  city.profiles = {""};
  for (const auto& profile : city.catalogue().profiles()) city.profiles.push_back(profile.id());
  for (const auto& channel : city.catalogue().channels()) city.channels.push_back(channel.name());
  if (city.channels.empty()) city.channels = {"12345"};
  city.categories = {"roads", "burst_pipe"};
  if (city.catalogue().majors().empty()) return city;
  city.categories.clear();
  for (const auto& major : city.catalogue().majors())
    for (const auto& minor : major.minors()) {
      bool is_staged = false;
      for (const auto& condition : minor.conditions()) is_staged |= condition.milestones_size() > 0;
      if (is_staged || minor.self_handling() || minor.conditions_size() == 1) city.categories.push_back(minor.code());
    }
  return city;
}

/// Drops a clock, so that migrating cancels it.
v1::Catalogue next_version(v1::Catalogue data) {
  data.set_version(data.version() + 1);
  data.set_effective_from("2024-09-20");
  auto& clocks = *data.mutable_clocks()->mutable_clocks();
  for (int i = clocks.size(); i-- > 0;)
    if (clocks[i].name() == "RSP" || clocks[i].name() == "REV") clocks.DeleteSubrange(i, 1);
  return data;
}

/// An order that goes back and comes again has what was left of its time.
void keep_remaining_time(v1::ClockSpec& handling) {
  handling.clear_cancels();
  handling.add_pauses("Returned");
  handling.add_resumes("Dispatched");
  handling.add_resumes("Designated");
}

/// No step follows by itself, and what can be asked has to be endorsed.
v1::Catalogue by_people(v1::Catalogue data) {
  for (auto& profile : *data.mutable_profiles()) profile.clear_automatic();
  data.mutable_bounds()->set_extension_endorsed(true);
  data.mutable_bounds()->set_suspension_endorsed(true);
  data.mutable_bounds()->set_whistle_authorised(true);
  data.clear_reply_rules();
  for (auto& clock : *data.mutable_clocks()->mutable_clocks())
    if (clock.name() == "HND") keep_remaining_time(clock);
  return data;
}

/// Everything may happen once.
v1::Catalogue tight(v1::Catalogue data) {
  auto& bounds = *data.mutable_bounds();
  bounds.set_reopens_max(1);
  bounds.set_returns_max(1);
  bounds.set_hops_max(1);
  bounds.set_extensions_max(1);
  bounds.set_suspensions_max(1);
  bounds.set_suspension_days_max(5);
  bounds.set_reworks_max(1);
  bounds.set_children_max(1);
  bounds.set_extension_endorsed(false);
  bounds.set_suspension_endorsed(false);
  bounds.clear_return_window();
  bounds.clear_return_calendar();
  return data;
}

std::vector<RandomCity> make_cities() {
  const Calendars calendars = testing::calendars_of(testing::shipped("cn"));
  const auto plan = read_clock_plan(shipped_file("clocks/district.textproto")).value();
  const auto data = district(calendars);
  return {
      city("defaults", {Policy()}, calendars),
      city("plan of clocks", {Policy::of_clocks(ClockPlan::make(plan, calendars).value())}, calendars),
      city("district", {made(data, calendars), made(next_version(data), calendars)}, calendars),
      city("by people", {made(by_people(data), calendars)}, calendars),
      city("tight", {made(tight(data), calendars)}, calendars),
  };
}

}  // namespace

PolicyBook RandomCity::book() const {
  PolicyBook book = PolicyBook::of(policies.front(), calendars);
  for (const Policy& policy : policies)
    if (auto added = book.add(policy); !added) FAIL(added.error());
  return book;
}

const std::vector<RandomCity>& random_cities() {
  static const std::vector<RandomCity> cities = make_cities();
  return cities;
}

}  // namespace pavior::city::tests
