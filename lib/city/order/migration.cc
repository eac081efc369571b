#include "city/order/migration.h"

#include <algorithm>
#include <utility>

#include "city/order/clock_limits.h"
#include "fmt/format.h"
#include "pavior/city/clock.h"

namespace pavior::city::inline v0 {
namespace {

using namespace v1;  // NOLINT

std::string successor(const std::string& category, const Policy& to) {
  if (category.empty() || to.data().majors().empty() || to.category(category) != nullptr) return category;
  const auto& mappings = to.data().mappings();
  const auto mapping = std::ranges::find(mappings, category, &CodeMapping::old_code);
  return mapping == mappings.end() ? std::string() : mapping->new_code();
}

std::string condition_in(const std::string& condition, const std::string& category, const Policy& to) {
  if (to.condition(category, condition) != nullptr) return condition;
  const MinorCategory* minor = to.category(category);
  return minor != nullptr && minor->conditions_size() == 1 ? minor->conditions(0).code() : std::string();
}

bool knows(const Policy& policy, const Clock& clock) {
  return std::ranges::any_of(policy.clocks().data().clocks(),
                             [&](const ClockSpec& spec) { return lifecycle::is_of(clock, spec); });
}

}  // namespace

MigrationEffects migration_effects(const WorkOrder& order, const Policy& to) {
  MigrationEffects effects;
  effects.category = successor(order.category(), to);
  effects.condition = condition_in(order.condition(), effects.category, to);
  if (to.profile(order.profile()) != nullptr) effects.profile = order.profile();
  for (const Clock& clock : order.clocks())
    if (is_open(clock)) (knows(to, clock) ? effects.kept : effects.cancelled).push_back(clock.name());
  return effects;
}

namespace lifecycle {
namespace {

const Policy* target(const Migrate& command, const OrderView& view) {
  return view.policy.versions->find(command.to().id(), command.to().version());
}

}  // namespace

bool version_is_another::test(const Migrate& command, const OrderView& view) {
  const auto& now = view.data.policy();
  const bool same = now.id() == command.to().id() && now.version() == command.to().version();
  return !same && target(command, view) != nullptr;
}

bool category_has_a_successor::test(const Migrate& command, const OrderView& view) {
  return view.data.category().empty() || !successor(view.data.category(), *target(command, view)).empty();
}

std::string category_has_a_successor::explain(const Migrate& command, const OrderView& view) {
  return fmt::format("the order's category {} stands in {} version {}, by its code or by a mapping",
                     view.data.category(), command.to().id(), command.to().version());
}

Result<Migrated> Migrations::make(const Migrate& command, const OrderView& view, machine::tag<Migrated>) {
  const auto effects = migration_effects(view.data, *target(command, view));
  Migrated fact;
  *fact.mutable_from() = view.data.policy();
  *fact.mutable_to() = command.to();
  fact.set_category(effects.category);
  fact.set_condition(effects.condition);
  fact.set_profile(effects.profile);
  fact.set_reason(command.reason());
  for (const std::string& clock : effects.cancelled) {
    auto change = ClockView(*find_clock(view.data, clock), view.policy.versions->calendars())
                      .cancel(view.now, "the policy has no such clock any more");
    if (!change) return std::move(change).error();
    *fact.add_clocks() = *std::move(change);
  }
  return fact;
}

void Migrations::apply(WorkOrder& order, Migrated&& fact, const Event&) {
  *order.mutable_policy() = std::move(*fact.mutable_to());
  order.set_category(std::move(*fact.mutable_category()));
  order.set_condition(std::move(*fact.mutable_condition()));
  order.set_profile(std::move(*fact.mutable_profile()));
}

}  // namespace lifecycle
}  // namespace pavior::city::inline v0
