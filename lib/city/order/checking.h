// 审核, 核查: somebody reads the reply, somebody goes and looks.
#pragma once

#include <string_view>
#include <vector>

#include "city/order/replies.h"
#include "city/order/stages.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct needs_no_field_check {
  static constexpr std::string_view name = "needs_no_field_check";
  static constexpr std::string_view explanation = "by the order's profile nobody has to go and look";
  static bool test(const OrderView& view) { return profile_of(view).no_field_check(); }
};

/// Separation of duties. `system` stands for many and is not a person.
struct verifier_is_not_handler {
  static constexpr std::string_view name = "verifier_is_not_handler";
  static constexpr std::string_view explanation = "the work is verified by someone who did not do it";
  static bool test(const OrderView& view) {
    const std::string& handler = view.data.handler();
    return profile_of(view).handler_may_verify() || view.actor.has_role(roles::system) ||
           (view.actor.id() != handler && view.actor.principal() != handler) || handler.empty();
  }
};

struct verifies_by_the_profile {
  static constexpr std::string_view name = "verifies_by_the_profile";
  static constexpr std::string_view explanation = "the order's profile lets this role verify";
  static bool test(const OrderView& view);
};

struct Checking {
  static v1::ReworkOrdered make(const v1::FailVerification& command, const OrderView& view,
                                machine::tag<v1::ReworkOrdered>);

  static void apply(v1::WorkOrder& order, v1::VerificationPassed&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ReworkOrdered&& fact, const Event& meta);

  static std::vector<Command> follow_up(const v1::ReplyPassed& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::ReplySufficed& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::VerificationPassed& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::ReworkOrdered& fact, const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle
