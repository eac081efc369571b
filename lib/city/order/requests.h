// 退单, 延期, 挂起: what a unit asks for, and what becomes of it. One request of each kind is open at most.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "city/order/handling.h"
#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

namespace request {
using none = machine::stage<v1::REQUEST_NONE, "none">;
using requested = machine::stage<v1::REQUEST_PENDING, "requested">;
using endorsed = machine::stage<v1::REQUEST_ENDORSED, "endorsed">;
using barred = machine::stage<v1::REQUEST_BARRED, "barred">;
}  // namespace request

/// One that was just asked.
template <class Fact>
[[nodiscard]] v1::Request request_of(Fact& fact, const Event& meta) {
  v1::Request request;
  request.set_state(v1::REQUEST_PENDING);
  request.set_reason(std::move(*fact.mutable_reason()));
  request.set_by(std::string(meta.actor));
  request.set_at(to_micros(meta.time));
  return request;
}

/// Nobody has to answer what is still asked. A unit that may not return the order still may not.
void let_requests_lapse(v1::WorkOrder& order);

struct has_basis {
  static constexpr std::string_view name = "has_basis";
  static constexpr std::string_view explanation = "the basis is named by which the order is another unit's";
  static bool test(const v1::RequestReturn& command, const OrderView&) { return !command.basis().empty(); }
};

/// By the calendar of the city's bounds; without one, as long as the unit has the order.
struct return_window_is_open {
  static constexpr std::string_view name = "return_window_is_open";
  static constexpr std::string_view explanation = "the time since the dispatch in which it may be returned is not over";
  static bool test(const OrderView& view);
};

struct returns_left {
  static constexpr std::string_view name = "returns_left";
  static constexpr std::string_view explanation = "the order was not yet returned as often as the city allows";
  static bool test(const OrderView& view) { return view.data.returns() < bounds(view).returns_max; }
};

struct handler_is_revoked {
  static constexpr std::string_view name = "handler_is_revoked";
  static constexpr std::string_view explanation = "the unit took the order back from its handler (RevokeHandler)";
  static bool test(const OrderView& view) { return view.data.handler().empty(); }
};

struct is_not_late_to_extend {
  static constexpr std::string_view name = "is_not_late_to_extend";
  static constexpr std::string_view explanation = "a clock runs that can be extended, and no such clock has run out";
  static bool test(const OrderView& view);
};

struct extensions_left {
  static constexpr std::string_view name = "extensions_left";
  static constexpr std::string_view explanation = "the order was not yet extended as often as the city allows";
  static bool test(const OrderView& view) { return view.data.extensions() < bounds(view).extensions_max; }
};

struct needs_endorsement {
  static constexpr std::string_view name = "needs_endorsement";
  static constexpr std::string_view explanation = "the city wants such requests endorsed";
  static bool test(const v1::EndorseExtension&, const OrderView& view) {
    return view.policy.policy.data().bounds().extension_endorsed();
  }
  static bool test(const v1::EndorseSuspension&, const OrderView& view) {
    return view.policy.policy.data().bounds().suspension_endorsed();
  }
};

struct is_endorsed_if_needed {
  static constexpr std::string_view name = "is_endorsed_if_needed";
  static constexpr std::string_view explanation = "the request was endorsed, which this city demands";
  static bool test(const OrderView& view) {
    return !view.policy.policy.data().bounds().extension_endorsed() ||
           view.data.extension_request().state() == v1::REQUEST_ENDORSED;
  }
};

struct Returns {
  static constexpr std::string_view name = "return_request";
  static v1::RequestState state(const v1::WorkOrder& order) { return order.return_request().state(); }

  // clang-format off
  using Table = machine::table<
  //              id      while        from                command            when                                                event                 to
  machine::beside<"T12",  any_at_unit, request::none,      v1::RequestReturn, machine::all<has_reason, has_basis, return_window_is_open,
                                                                              returns_left, handler_is_revoked>,                   v1::ReturnRequested,  request::requested>,
  machine::beside<"T14",  any_at_unit, request::requested, v1::RefuseReturn,  has_reason,                                          v1::ReturnRefused,    request::barred>>;
  // clang-format on

  static void apply(v1::WorkOrder& order, v1::ReturnRequested&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ReturnRefused&& fact, const Event& meta);
};

struct Extensions {
  static constexpr std::string_view name = "extension_request";
  static v1::RequestState state(const v1::WorkOrder& order) { return order.extension_request().state(); }
  using waiting = any_of<request::requested, request::endorsed>;

  // clang-format off
  using Table = machine::table<
  //              id      while        from                command               when                                              event                  to
  machine::beside<"T26a", any_at_work, request::none,      v1::RequestExtension, machine::all<has_reason, is_not_late_to_extend,
                                                                                 extensions_left>,                                 v1::ExtensionRequested, request::requested>,
  machine::beside<"T26b", any_at_work, request::requested, v1::EndorseExtension, needs_endorsement,                                v1::ExtensionEndorsed,  request::endorsed>,
  machine::beside<"T27a", any_at_work, waiting,            v1::ApproveExtension, machine::all<is_endorsed_if_needed, is_not_late_to_extend>,  v1::ExtensionApproved,  request::none>,
  machine::beside<"T27b", any_at_work, waiting,            v1::RefuseExtension,  has_reason,                                       v1::ExtensionRefused,   request::none>>;
  // clang-format on

  static v1::ExtensionApproved make(const v1::ApproveExtension& command, const OrderView& view,
                                    machine::tag<v1::ExtensionApproved>);
  static void apply(v1::WorkOrder& order, v1::ExtensionRequested&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ExtensionEndorsed&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ExtensionApproved&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ExtensionRefused&& fact, const Event& meta);
};

/// Approving one moves the order: that row is in the main table.
struct Suspensions {
  static constexpr std::string_view name = "suspension_request";
  static v1::RequestState state(const v1::WorkOrder& order) { return order.suspension_request().state(); }
  using waiting = any_of<request::requested, request::endorsed>;

  // clang-format off
  using Table = machine::table<
  //              id      while        from                command                when                                             event                   to
  machine::beside<"T28a", in_progress, request::none,      v1::RequestSuspension, machine::all<has_reason, until_is_near, is_not_late_to_pause,
                                                                                  suspensions_left>,                               v1::SuspensionRequested, request::requested>,
  machine::beside<"T28b", in_progress, request::requested, v1::EndorseSuspension, needs_endorsement,                               v1::SuspensionEndorsed,  request::endorsed>,
  machine::beside<"T28d", in_progress, waiting,            v1::RefuseSuspension,  has_reason,                                      v1::SuspensionRefused,   request::none>>;
  // clang-format on

  static void apply(v1::WorkOrder& order, v1::SuspensionRequested&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::SuspensionEndorsed&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::SuspensionRefused&& fact, const Event& meta);
};

}  // namespace pavior::city::inline v0::lifecycle
