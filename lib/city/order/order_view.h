// What the rules of a work order see: the order, its policy, who acts and when.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pavior/city/policy_book.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "pavior/table.h"

namespace pavior::city::inline v0::lifecycle {

/// What an order is decided by: the version of the policy that it keeps.
struct OrderPolicy {
  std::shared_ptr<const PolicyVersions> versions;
  Policy policy;
  const WorkOrderPolicy& host;  // The workflow's.
};

using OrderView = machine::View<v1::WorkOrder, OrderPolicy>;

/// How often and how long, with what holds where the catalogue says nothing.
struct Bounds {
  std::uint32_t reopens_max;
  std::uint32_t returns_max;
  std::uint32_t hops_max;
  std::uint32_t extensions_max;
  std::uint32_t suspensions_max;
  std::uint32_t suspension_days_max;
  std::uint32_t reworks_max;
  std::uint32_t children_max;
};
[[nodiscard]] Bounds bounds(const OrderView& view);

/// The catalogue's first if there is none of that name.
[[nodiscard]] const v1::Profile& profile_named(std::string_view id, const OrderView& view);
[[nodiscard]] inline const v1::Profile& profile_of(const OrderView& view) {
  return profile_named(view.data.profile(), view);
}

/// Whether a command follows by itself in a profile.
[[nodiscard]] bool is_automatic(std::string_view command, std::string_view profile, const OrderView& view);

/// Commands that follow from what an actor did, decided by the system on the actor's behalf: they are not the actor's to
/// be allowed.
[[nodiscard]] std::vector<Command> by_system(std::vector<Command> commands, const OrderView& view);
template <class C>
[[nodiscard]] std::vector<Command> by_system(const C& command, const OrderView& view) {
  return by_system(std::vector<Command>{make_command(view.stream, command)}, view);
}

/// `command`, if it follows by itself.
template <class C>
[[nodiscard]] std::vector<Command> automatic_in(std::string_view profile, const C& command, const OrderView& view) {
  if (!is_automatic(C::descriptor()->name(), profile, view)) return {};
  return by_system(command, view);
}
template <class C>
[[nodiscard]] std::vector<Command> if_automatic(const C& command, const OrderView& view) {
  return automatic_in(view.data.profile(), command, view);
}

/// In a catalogue an empty list fits everything.
template <class List, class T>
[[nodiscard]] bool fits(const List& list, const T& value) {
  return list.empty() || std::ranges::find(list, value) != list.end();
}

/// Who has any of the roles now, each person once; nobody without a directory.
[[nodiscard]] std::vector<std::string> holders(const std::vector<std::string>& roles, const OrderView& view);

}  // namespace pavior::city::inline v0::lifecycle
