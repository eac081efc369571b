#include <algorithm>
#include <array>
#include <string_view>

#include "city/policy/catalogue_check.h"
#include "fmt/format.h"
#include "pavior/city/v1/commands.pb.h"

namespace pavior::city::inline v0 {
namespace {

// What an order can do without anything that only a person knows.
constexpr std::array<std::string_view, 9> can_be_automatic = {"Accept",      "Dispatch",         "Redispatch",
                                                              "Acknowledge", "StartWork",        "ConfirmResult",
                                                              "PassReply",   "PassVerification", "Close"};

Mistake nodes_mistake(const v1::Profile& profile) {
  Names names("a node");
  std::map<int, std::string> stages;
  for (int i = 0; i < profile.nodes_size(); ++i) {
    const auto& node = profile.nodes(i);
    const auto path = fmt::format("nodes[{}]", i);
    if (auto mistake = names.add(path + ".name", node.name())) return mistake;
    for (int k = 0; k < node.stages_size(); ++k) {
      const auto place = fmt::format("{}.stages[{}]", path, k);
      const int stage = node.stages(k);
      if (!v1::Stage_IsValid(stage) || stage == v1::STAGE_ABSENT)
        return DataMistake{place, "is no stage of an order; write e.g. STAGE_ACCEPTED"};
      const auto [known, fresh] = stages.emplace(stage, node.name());
      if (!fresh)
        return DataMistake{place, fmt::format("{} is in the node {} already; a stage stands in one node at most",
                                              v1::Stage_Name(stage), known->second)};
    }
  }
  return {};
}

Mistake profile_mistake(const v1::Profile& profile) {
  if (auto mistake = text_mistake("name", profile.name())) return mistake;
  if (auto mistake = nodes_mistake(profile)) return mistake;
  if (auto mistake = list_mistake("automatic", profile.automatic(), "a command")) return mistake;
  for (int i = 0; i < profile.automatic_size(); ++i)
    if (std::ranges::find(can_be_automatic, profile.automatic(i)) == can_be_automatic.end())
      return DataMistake{fmt::format("automatic[{}]", i),
                         fmt::format("{} does not follow by itself; only {} can", profile.automatic(i),
                                     fmt::join(can_be_automatic, ", "))};
  if (auto mistake = list_mistake("verifiers", profile.verifiers(), "a role")) return mistake;
  if (auto mistake = list_mistake("summoned", profile.summoned(), "a unit")) return mistake;
  if (!profile.summoned().empty() && !profile.emergency())
    return DataMistake{"summoned", "nobody is summoned unless the profile has emergency: true"};
  return {};
}

// An order with a profile that is not there would have none.
Mistake reference_mistake(std::string path, const std::string& profile, const CatalogueNames& names) {
  if (profile.empty() || names.profiles.contains(profile)) return {};
  return DataMistake{std::move(path),
                     fmt::format("there is no profile \"{}\"; the profiles are: {}", profile, names.profiles.some())};
}

}  // namespace

Mistake profiles_mistake(const v1::Catalogue& data, CatalogueNames& names) {
  for (int i = 0; i < data.profiles_size(); ++i) {
    const auto path = fmt::format("profiles[{}]", i);
    if (auto mistake = names.profiles.add(path + ".id", data.profiles(i).id())) return mistake;
    if (auto mistake = within(path, profile_mistake(data.profiles(i)))) return mistake;
  }
  return {};
}

Mistake channels_mistake(const v1::Catalogue& data, const CatalogueNames& names) {
  for (int i = 0; i < data.majors_size(); ++i)
    for (int k = 0; k < data.majors(i).minors_size(); ++k)
      if (const auto& profile = data.majors(i).minors(k).profile(); !profile.empty())
        if (auto mistake = reference_mistake(fmt::format("majors[{}].minors[{}].profile", i, k), profile, names))
          return mistake;
  Names channels("a channel");
  for (int i = 0; i < data.channels_size(); ++i) {
    const auto& channel = data.channels(i);
    const auto path = fmt::format("channels[{}]", i);
    if (auto mistake = channels.add(path + ".name", channel.name())) return mistake;
    if (auto mistake = text_mistake(path + ".text", channel.text())) return mistake;
    for (int k = 0; k < channel.required_size(); ++k)
      if (!v1::Evidence_IsValid(channel.required(k)) || channel.required(k) == v1::EVIDENCE_UNSPECIFIED)
        return DataMistake{fmt::format("{}.required[{}]", path, k),
                           "is no evidence; write TITLE, DESCRIPTION, POSITION, ADDRESS, PHOTO, REPORTER or "
                           "EXTERNAL_REFERENCE"};
    if (auto mistake = reference_mistake(path + ".profile", channel.profile(), names)) return mistake;
  }
  return {};
}

Mistake grants_mistake(const v1::Catalogue& data) {
  const auto* commands = v1::Report::descriptor()->file();
  for (int i = 0; i < data.grants_size(); ++i) {
    const auto& grant = data.grants(i);
    const auto path = fmt::format("grants[{}]", i);
    if (auto mistake = name_mistake(path + ".command", grant.command(), "a grant")) return mistake;
    if (commands->FindMessageTypeByName(grant.command()) == nullptr)
      return DataMistake{path + ".command", fmt::format("\"{}\" is no command of an order; docs/lifecycle.md lists "
                                                        "them",
                                                        grant.command())};
    if (grant.roles().empty())
      return DataMistake{path + ".roles", "is empty, and what is granted to nobody is denied; name a role"};
    if (auto mistake = list_mistake(path + ".roles", grant.roles(), "a role")) return mistake;
    if (!v1::Grant::Scope_IsValid(grant.scope()))
      return DataMistake{path + ".scope", "use ANY_ORDER, LEAD_UNIT, ASSIST_UNIT, UNIT, GRID or OWN, or leave it out"};
  }
  return {};
}

}  // namespace pavior::city::inline v0
