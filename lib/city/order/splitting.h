// 拆单: parts of an order become orders of their own, which it waits for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

/// One level: a part is not split again.
struct is_no_child {
  static constexpr std::string_view name = "is_no_child";
  static constexpr std::string_view explanation = "the order was not itself split off from another";
  static bool test(const OrderView& view) { return view.data.parent().empty(); }
};

struct parts_are_new_orders {
  static constexpr std::string_view name = "parts_are_new_orders";
  static constexpr std::string_view explanation = "each part has a title and the key of a new order, each of them once";
  static bool test(const v1::Split& command, const OrderView& view);
};

struct children_left {
  static constexpr std::string_view name = "children_left";
  static constexpr std::string_view explanation = "the order has no more parts than the city allows";
  static bool test(const v1::Split& command, const OrderView& view) {
    return static_cast<std::uint32_t>(view.data.children_size() + command.parts_size()) <= bounds(view).children_max;
  }
};

struct is_its_child {
  static constexpr std::string_view name = "is_its_child";
  static constexpr std::string_view explanation = "the other order was split off from this one";
  static bool test(const v1::RecordChild& command, const OrderView& view);
};

struct parent_waits {
  static constexpr std::string_view name = "parent_waits";
  static constexpr std::string_view explanation =
      "the order it was split off from is still open, so that it can wait again";
  static bool test(const v1::RecordChild& command, const OrderView& view);
};

/// Where an order can have children, or its end can find them.
using any_with_children = any_of<accepted, dispatched, acknowledged, in_progress, suspended, handled, verifying,
                                 verified, closed, archived, voided, transferred_out>;

struct Splitting {
  static constexpr std::string_view name = "splitting";

  // clang-format off
  using Table = machine::table<
  //              id      while                                                 command          when                                                  event
  machine::beside<"T43a", any_of<accepted, dispatched, acknowledged, in_progress>,  v1::Split,       machine::all<has_reason, is_no_child, parts_are_new_orders, children_left>,  v1::ChildrenCreated>,
  machine::beside<"T43c", any_with_children,                                    v1::RecordChild, machine::all<is_its_child, parent_waits>,             v1::ChildRecorded>>;
  // clang-format on

  static v1::ChildrenCreated make(const v1::Split& command, const OrderView& view, machine::tag<v1::ChildrenCreated>);
  static v1::FiledAsChild make(const v1::FileChild& command, const OrderView& view, machine::tag<v1::FiledAsChild>);

  static void apply(v1::WorkOrder& order, v1::ChildrenCreated&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::FiledAsChild&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ChildRecorded&& fact, const Event& meta);

  static std::vector<Command> follow_up(const v1::ChildrenCreated& fact, const OrderView& view);
  // What becomes of a child, its parent learns in the same commit.
  static std::vector<Command> follow_up(const v1::Closed& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::ForceClosed& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::Voided& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::TransferredOut& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::Reopened& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::ReopenedForDispatch& fact, const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle
