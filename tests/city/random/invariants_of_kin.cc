#include <algorithm>
#include <string>

#include "city/random/invariants.h"
#include "fmt/format.h"

namespace pavior::city::tests {
namespace {

/// What a parent knows of a child in this stage.
v1::Stage ended_of(v1::Stage stage) {
  switch (stage) {
    case v1::STAGE_CLOSED:
    case v1::STAGE_ARCHIVED: return v1::STAGE_CLOSED;
    case v1::STAGE_VOIDED:
    case v1::STAGE_TRANSFERRED_OUT: return stage;
    default: return v1::STAGE_ABSENT;
  }
}

bool holds(const v1::WorkOrder& order, const std::string& source) {
  return std::ranges::count(order.merged_from(), source) == 1;
}

}  // namespace

void Invariants::check_merges(const OrderWorld& world) {
  for (const auto& [key, each] : world.orders()) {
    const v1::WorkOrder& order = *world.order(key);
    const bool is_merged = order.stage() == v1::STAGE_MERGED;
    if (is_merged != !order.merged_into().empty()) add("a merged order says into which", key);
    if (is_merged) {
      const auto* target = world.order(order.merged_into());
      if (target == nullptr || !holds(*target, key)) add("both sides of a merge agree", key);
      if (!order.merged_from().empty() || (target != nullptr && target->stage() == v1::STAGE_MERGED))
        add("merges are one level deep", key);
    }
    if (order.followers_size() != order.merged_from_size()) add("every merged order has its follower", key);
    for (const std::string& name : order.merged_from()) {
      const auto* source = world.order(name);
      if (source == nullptr || source->merged_into() != key) add("both sides of a merge agree", key + ' ' + name);
    }
  }
}

void Invariants::check_families(const OrderWorld& world) {
  for (const auto& [key, each] : world.orders()) {
    const v1::WorkOrder& order = *world.order(key);
    for (const auto& child : order.children()) {
      const auto* found = world.order(child.key());
      if (found == nullptr || found->parent() != key) {
        add("a parent and its child agree", fmt::format("{} and {}", key, child.key()));
        continue;
      }
      if (!found->children().empty()) add("families are one level deep", child.key());
      if (child.ended() != ended_of(found->stage()))
        add("a parent knows how its child ended",
            fmt::format("{}: {} is {}", key, child.key(), v1::Stage_Name(found->stage())));
    }
    if (order.parent().empty()) continue;
    const auto* parent = world.order(order.parent());
    const bool knows = parent != nullptr && std::ranges::any_of(parent->children(), [&key = key](const auto& child) {
                         return child.key() == key;
                       });
    if (!knows) add("a parent and its child agree", fmt::format("{} and {}", order.parent(), key));
  }
}

}  // namespace pavior::city::tests
