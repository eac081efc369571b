// 吹哨, 报到: a street summons units that are not below it, and each of them reports in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

/// Null: there is none of that number.
[[nodiscard]] const v1::Whistle* whistle_of(const v1::WorkOrder& order, std::uint32_t number);
[[nodiscard]] const v1::Whistle::Target* target_of(const v1::WorkOrder& order, std::uint32_t number,
                                                   std::string_view unit);

struct has_kind {
  static constexpr std::string_view name = "has_kind";
  static constexpr std::string_view explanation =
      "the kind is given: hard_problem, enforcement, emergency, coordination, or one of the city's own";
  static bool test(const v1::BlowWhistle& command, const OrderView&) { return !command.kind().empty(); }
};

struct is_authorised_if_needed {
  static constexpr std::string_view name = "is_authorised_if_needed";
  static constexpr std::string_view explanation =
      "it names the leader of the street who authorised it, as this city demands";
  static bool test(const v1::BlowWhistle& command, const OrderView& view) {
    return !view.policy.policy.data().bounds().whistle_authorised() || !command.authorised_by().empty() ||
           view.actor.has_role(roles::system);
  }
};

struct has_result {
  static constexpr std::string_view name = "has_result";
  static constexpr std::string_view explanation = "the result is given";
  static bool test(const v1::ConcludeWhistle& command, const OrderView&) { return !command.result().empty(); }
};

struct all_targets_came {
  static constexpr std::string_view name = "all_targets_came";
  static constexpr std::string_view explanation = "every unit that was summoned has reported in or was excused";
  static bool test(const v1::ConcludeWhistle& command, const OrderView& view);
  static std::string explain(const v1::ConcludeWhistle& command, const OrderView& view);
};

struct ratings_fit {
  static constexpr std::string_view name = "ratings_fit";
  static constexpr std::string_view explanation = "ratings are of units that were summoned, from 1 to 5";
  static bool test(const v1::ConcludeWhistle& command, const OrderView& view);
};

struct has_place {
  static constexpr std::string_view name = "has_place";
  static constexpr std::string_view explanation = "the place is given where the unit reported in";
  static bool test(const v1::ReportIn& command, const OrderView&) { return !command.place().empty(); }
};

/// Of the whistle that a command names.
struct Whistles {
  static constexpr std::string_view name = "whistle";
  enum State { nothing, is_blown, is_concluded };
  using none = machine::stage<nothing, "none">;
  using blown = machine::stage<is_blown, "blown">;
  using concluded = machine::stage<is_concluded, "concluded">;
  static State state(const v1::WorkOrder& order, const auto& command) {
    if constexpr (requires { command.whistle(); }) return state_of(order, command.whistle());
    return nothing;  // One that is to be blown.
  }

  // clang-format off
  using Table = machine::table<
  //              id      while     from   command              when                                                             event                 to
  machine::beside<"T22",  any_open, none,  v1::BlowWhistle,     machine::all<has_kind, names_different_units, has_reason, is_authorised_if_needed>,  v1::WhistleBlown,     blown>,
  machine::beside<"T24",  any_open, blown, v1::ConcludeWhistle, machine::all<has_result, all_targets_came, ratings_fit>,        v1::WhistleConcluded, concluded>>;
  // clang-format on

  static v1::WhistleBlown make(const v1::BlowWhistle& command, const OrderView& view, machine::tag<v1::WhistleBlown>);
  static void apply(v1::WorkOrder& order, v1::WhistleBlown&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::WhistleConcluded&& fact, const Event& meta);
  static void react(const v1::WorkOrder& order, const v1::WhistleBlown& fact, const Event& meta, Reaction& reaction);

 private:
  static State state_of(const v1::WorkOrder& order, std::uint32_t number);
};

/// Of the unit that a command names, summoned by the whistle that it names.
struct Summonses {
  static constexpr std::string_view name = "summons";
  using none = machine::stage<v1::Whistle::Target::STATE_UNSPECIFIED, "none">;
  using summoned = machine::stage<v1::Whistle::Target::SUMMONED, "summoned">;
  using arrived = machine::stage<v1::Whistle::Target::ARRIVED, "arrived">;
  using excused = machine::stage<v1::Whistle::Target::EXCUSED, "excused">;
  static v1::Whistle::Target::State state(const v1::WorkOrder& order, const auto& command) {
    const v1::Whistle::Target* target = target_of(order, command.whistle(), command.unit());
    return target == nullptr ? v1::Whistle::Target::STATE_UNSPECIFIED : target->state();
  }

  // clang-format off
  using Table = machine::table<
  //              id      while     from      command           when        event              to
  machine::beside<"T23a", any_open, summoned, v1::ReportIn,     machine::all<has_place, acts_for_that_unit>,  v1::ReportedIn,    arrived>,
  machine::beside<"T23b", any_open, summoned, v1::ExcuseTarget, has_reason, v1::TargetExcused, excused>>;
  // clang-format on

  static void apply(v1::WorkOrder& order, v1::ReportedIn&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::TargetExcused&& fact, const Event& meta);
};

}  // namespace pavior::city::inline v0::lifecycle
