#include "city/order/order_view.h"

#include <algorithm>
#include <string>

namespace pavior::city::inline v0::lifecycle {

Bounds bounds(const OrderView& view) {
  const v1::Bounds& given = view.policy.policy.data().bounds();
  Bounds all{};
  all.reopens_max = given.has_reopens_max() ? given.reopens_max() : 2;
  all.returns_max = given.has_returns_max() ? given.returns_max() : 2;
  all.hops_max = given.has_hops_max() ? given.hops_max() : 3;
  all.extensions_max = given.has_extensions_max() ? given.extensions_max() : 2;
  all.suspensions_max = given.has_suspensions_max() ? given.suspensions_max() : 1;
  all.suspension_days_max = given.has_suspension_days_max() ? given.suspension_days_max() : 366;
  all.reworks_max = given.has_reworks_max() ? given.reworks_max() : 3;
  all.children_max = given.has_children_max() ? given.children_max() : 10;
  return all;
}

const v1::Profile& profile_named(std::string_view id, const OrderView& view) {
  const v1::Profile* profile = view.policy.policy.profile(id);
  return profile == nullptr ? view.policy.policy.default_profile() : *profile;
}

bool is_automatic(std::string_view command, std::string_view profile, const OrderView& view) {
  const auto& automatic = profile_named(profile, view).automatic();
  return std::ranges::find(automatic, command) != automatic.end();
}

std::vector<Command> by_system(std::vector<Command> commands, const OrderView& view) {
  for (Command& command : commands)
    command.by(Actor(view.actor.id(), {std::string(roles::system)}, view.actor.principal()));
  return commands;
}

std::vector<std::string> holders(const std::vector<std::string>& roles, const OrderView& view) {
  std::vector<std::string> people;
  if (view.policy.host.directory == nullptr) return people;
  for (const std::string& role : roles)
    for (std::string& person : view.policy.host.directory->holders(role, view.data))
      if (std::ranges::find(people, person) == people.end()) people.push_back(std::move(person));
  return people;
}

}  // namespace pavior::city::inline v0::lifecycle
