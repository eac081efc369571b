#include "city/order/authorisation.h"

#include <algorithm>
#include <string>
#include <vector>

#include "city/order/joint.h"
#include "city/order/rules.h"
#include "city/order/whistles.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {

Claim claim_of(std::string_view role) {
  const auto at = role.find('@');
  return {role.substr(0, at), at == std::string_view::npos ? std::string_view() : role.substr(at + 1)};
}

bool Directory::stands_in(std::string_view, std::string_view, std::string_view, Time) const { return false; }

bool has_role(const Actor& actor, std::string_view role) {
  return std::ranges::any_of(actor.roles(), [&](const std::string& each) { return claim_of(each).role == role; });
}

namespace lifecycle {
namespace {

using v1::Grant;

bool is_lead(std::string_view unit, const v1::WorkOrder& order) {
  return !unit.empty() && (unit == order.lead() || unit == order.subordinate());
}

bool assists(std::string_view unit, const v1::WorkOrder& order) {
  if (unit.empty()) return false;
  if (assist_of(order, unit) != nullptr) return true;
  return std::ranges::any_of(order.whistles(), [&](const v1::Whistle& whistle) {
    return target_of(order, whistle.number(), unit) != nullptr;
  });
}

/// "3411/05" lies in "3411".
bool lies_in(std::string_view grid, std::string_view area) {
  return !area.empty() && grid.starts_with(area) && (grid.size() == area.size() || grid[area.size()] == '/');
}

/// Of the actor, or of the one in whose place it acts.
bool is_own(const Actor& actor, const v1::WorkOrder& order) {
  const std::string& who = actor.principal().empty() ? actor.id() : actor.principal();
  return !who.empty() && (who == order.reporter().id() || who == order.reporter().agent() || who == order.handler());
}

bool covers(Grant::Scope scope, const Claim& claim, const OrderView& view) {
  switch (scope) {
    case Grant::LEAD_UNIT: return is_lead(claim.at, view.data);
    case Grant::ASSIST_UNIT: return assists(claim.at, view.data);
    case Grant::UNIT: return is_lead(claim.at, view.data) || assists(claim.at, view.data);
    case Grant::GRID: return lies_in(view.data.grid(), claim.at);
    case Grant::OWN: return is_own(view.actor, view.data);
    default: return true;
  }
}

/// Who acts in nobody's place needs no leave to.
bool may_stand_in(std::string_view role, const OrderView& view) {
  const Actor& actor = view.actor;
  return actor.principal().empty() ||
         (view.policy.host.directory != nullptr &&
          view.policy.host.directory->stands_in(actor.id(), actor.principal(), role, view.now));
}

/// A new order is nobody's yet, so only the role counts.
bool has_scope(const OrderView& view) { return view.stage != pavior::Stage::absent; }

std::string scope_text(Grant::Scope scope) {
  switch (scope) {
    case Grant::LEAD_UNIT: return "of the unit that leads";
    case Grant::ASSIST_UNIT: return "of a unit that assists or was summoned";
    case Grant::UNIT: return "of a unit that leads, assists or was summoned";
    case Grant::GRID: return "of the order's grid";
    case Grant::OWN: return "who reported or handles it";
    default: return "";
  }
}

std::string grant_text(const Grant& grant) {
  const auto scope = scope_text(grant.scope());
  return fmt::format("{}{}{}", fmt::join(grant.roles(), ", "), scope.empty() ? "" : " ", scope);
}

Error refusal(std::string_view command, const std::vector<Grant>& grants, bool has_some_role, const OrderView& view) {
  if (grants.empty())
    return Error::refused("role", fmt::format("{} may be submitted by {} only", command, roles::system));
  std::vector<std::string> who;
  for (const Grant& grant : grants) who.push_back(grant_text(grant));
  return Error::refused(
      has_some_role ? "scope" : "role",
      fmt::format("{} may be submitted by {} only, not by {} ({})", command, fmt::join(who, ", or by "),
                  view.actor.id(),
                  view.actor.roles().empty() ? "no role" : fmt::format("{}", fmt::join(view.actor.roles(), ", "))));
}

}  // namespace

bool acts_for_that_unit::belongs(const Actor& actor, std::string_view unit) {
  bool has_place = false;
  for (const std::string& role : actor.roles()) {
    const auto place = claim_of(role).at;
    if (place == unit) return true;
    has_place |= !place.empty();
  }
  return !has_place;
}

Result<void> may_submit(std::string_view command, const OrderView& view) {
  if (view.actor.has_role(roles::system)) return {};
  const auto& grants = view.policy.policy.grants(command);
  bool has_some_role = false;
  const std::string* not_handed_over = nullptr;
  for (const Grant& grant : grants) {
    for (const std::string& role : view.actor.roles()) {
      const Claim claim = claim_of(role);
      if (std::ranges::find(grant.roles(), claim.role) == grant.roles().end()) continue;
      has_some_role = true;
      if (has_scope(view) && !covers(grant.scope(), claim, view)) continue;
      if (may_stand_in(role, view)) return {};
      not_handed_over = &role;
    }
  }
  if (not_handed_over == nullptr) return refusal(command, grants, has_some_role, view);
  return Error::refused("delegation", fmt::format("{} did not hand over the role {} to {} for now",
                                                  view.actor.principal(), *not_handed_over, view.actor.id()));
}

}  // namespace lifecycle
}  // namespace pavior::city::inline v0
