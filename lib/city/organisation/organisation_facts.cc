#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "city/organisation/organisation_check.h"
#include "city/organisation/published.h"
#include "city/publishing/commands.h"
#include "city/publishing/publishing_checks.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {

StreamId organisation_id(std::string organisation) {
  return publishing::stream_of<publishing::Organisations>(std::move(organisation));
}

const v1::PublishedOrganisations* published_organisations(const State& state) noexcept {
  return state_data<v1::PublishedOrganisations>(state);
}

Command publish_organisation_command(v1::Organisation organisation) {
  return publishing::publish_command_of<publishing::Organisations>(std::move(organisation));
}

Command withdraw_organisation_command(std::string organisation, std::uint32_t version, std::string reason) {
  return publishing::withdraw_command_of<publishing::Organisations>(std::move(organisation), version,
                                                                    std::move(reason));
}

namespace publishing {

Mistake Organisations::mistake(const Data& data, const Calendars* known) { return organisation_mistake(data, known); }

Result<void> Organisations::follows(const Data& next, const Data& before) {
  std::unordered_set<std::string_view> there;
  for (const auto& unit : next.units()) there.insert(unit.id());
  std::vector<std::string> gone;
  for (const auto& unit : before.units())
    if (!there.contains(unit.id())) gone.push_back(unit.id());
  if (gone.empty()) return {};
  const auto which = gone.size() == 1 ? fmt::format("a unit of version {} is", before.version())
                                      : fmt::format("{} units of version {} are", gone.size(), before.version());
  return Error::refused("units_are_accounted_for",
                        fmt::format("{} gone without a word: {}; keep each, with closed: true if it takes nothing any "
                                    "more",
                                    which, named(std::move(gone))));
}

}  // namespace publishing
}  // namespace pavior::city::inline v0
