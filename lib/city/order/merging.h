// 并案, 拆并: two orders about one thing. Both sides are written in one commit.
#pragma once

#include <string_view>
#include <vector>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct names_another_order {
  static constexpr std::string_view name = "names_another_order";
  static constexpr std::string_view explanation = "another order is named";
  static bool test(const v1::Merge& command, const OrderView& view) { return differs(command.target(), view); }
  static bool test(const v1::Absorb& command, const OrderView& view) { return differs(command.source(), view); }

 private:
  static bool differs(std::string_view key, const OrderView& view) { return !key.empty() && key != view.stream.key(); }
};

/// Keeps merges one level deep, so that a reporter is never passed on twice.
struct has_absorbed_none {
  static constexpr std::string_view name = "has_absorbed_none";
  static constexpr std::string_view explanation = "no other order was merged into this one";
  static bool test(const OrderView& view) { return view.data.merged_from().empty(); }
};

struct has_no_family {
  static constexpr std::string_view name = "has_no_family";
  static constexpr std::string_view explanation = "no order was split off from this one, nor this one from another";
  static bool test(const OrderView& view) { return view.data.parent().empty() && view.data.children().empty(); }
};

/// Of an order that was merged.
template <class Stage>
struct was_merged_in {
  static constexpr std::string_view name = "was_merged_in";
  static constexpr std::string_view explanation = "it was merged in that stage";
  static bool test(const OrderView& view) { return static_cast<pavior::Stage>(view.data.merged_at()) == Stage::number; }
};

struct holds_that_order {
  static constexpr std::string_view name = "holds_that_order";
  static constexpr std::string_view explanation = "the other order was merged into this one";
  static bool test(const v1::Release& command, const OrderView& view);
};

struct Merging {
  static constexpr std::string_view name = "merging";

  // clang-format off
  using Table = machine::table<
  //              id      while               command      when                 event
  machine::beside<"T41b", any_open,           v1::Absorb,  names_another_order, v1::Absorbed>,
  machine::beside<"T42b", any_not_archived,   v1::Release, holds_that_order,    v1::Released>>;
  // clang-format on

  static v1::Unmerged make(const v1::Unmerge& command, const OrderView& view, machine::tag<v1::Unmerged>);

  static void apply(v1::WorkOrder& order, v1::MergedInto&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Absorbed&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Unmerged&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Released&& fact, const Event& meta);

  static void react(const v1::WorkOrder& order, const v1::MergedInto& fact, const Event& meta, Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::Unmerged& fact, const Event& meta, Reaction& reaction);

  static std::vector<Command> follow_up(const v1::MergedInto& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::Unmerged& fact, const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle
