// 结案, 强制结案, 重办, 作废, 归档: how an order ends, and how it does not.
#pragma once

#include <string_view>
#include <vector>

#include "city/order/order_clocks.h"
#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct children_have_ended {
  static constexpr std::string_view name = "children_have_ended";
  static constexpr std::string_view explanation = "all orders that were split off have ended";
  static bool test(const OrderView& view);
};

struct nothing_is_asked {
  static constexpr std::string_view name = "nothing_is_asked";
  static constexpr std::string_view explanation = "no request for joint handling waits for an answer, and no whistle";
  static bool test(const OrderView& view);
};

struct supervisions_are_answered {
  static constexpr std::string_view name = "supervisions_are_answered";
  static constexpr std::string_view explanation = "every supervision is answered";
  static bool test(const OrderView& view);
};

/// Whether Close would be decided now.
[[nodiscard]] bool may_close(const OrderView& view);

struct reopens_left {
  static constexpr std::string_view name = "reopens_left";
  static constexpr std::string_view explanation = "the order was not yet reopened as often as the city allows";
  static bool test(const OrderView& view) { return view.data.reopens() < bounds(view).reopens_max; }
};

/// The clock WIN, where the city has it.
struct reopening_window_is_open {
  static constexpr std::string_view name = "reopening_window_is_open";
  static constexpr std::string_view explanation = "the time in which a closed order may be reopened is not over";
  static bool test(const OrderView& view);
};

struct was_dispatched {
  static constexpr std::string_view name = "was_dispatched";
  static constexpr std::string_view explanation = "a unit had the order; otherwise it is to be dispatched anew";
  static bool test(const OrderView& view) { return !view.data.lead().empty(); }
};

struct asks_for_dispatch {
  static constexpr std::string_view name = "asks_for_dispatch";
  static constexpr std::string_view explanation = "the order is to be dispatched anew";
  static bool test(const v1::Reopen& command, const OrderView&) { return command.dispatch_anew(); }
};

struct window_is_over {
  static constexpr std::string_view name = "window_is_over";
  static constexpr std::string_view explanation =
      "the order cannot be reopened any more, and nobody has to be called back";
  static bool test(const OrderView& view);
};

/// Whether Archive would be decided once the clocks stand as a fact leaves them, which may be what ends the window or
/// the callback that is waited for.
[[nodiscard]] bool may_archive_after(const ClockChanges& changes, const OrderView& view);

struct Closing {
  static v1::Closed make(const v1::Close& command, const OrderView& view, machine::tag<v1::Closed>);
  static v1::ReopenedForDispatch make(const v1::Reopen& command, const OrderView& view,
                                      machine::tag<v1::ReopenedForDispatch>);
  static v1::Reopened make(const v1::Reopen& command, const OrderView& view, machine::tag<v1::Reopened>);

  static void apply(v1::WorkOrder& order, v1::Closed&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ForceClosed&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ReopenedForDispatch&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Reopened&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Voided&& fact, const Event& meta);

  static void react(const v1::WorkOrder& order, const v1::Closed& fact, const Event& meta, Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::ForceClosed& fact, const Event& meta, Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::ReopenedForDispatch& fact, const Event& meta,
                    Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::Reopened& fact, const Event& meta, Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::Voided& fact, const Event& meta, Reaction& reaction);
};

}  // namespace pavior::city::inline v0::lifecycle
