// Rules that several chapters ask. Each says what must hold; `explanation` completes "<command> requires that ...".
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "city/order/order_view.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0::lifecycle {

/// The end of the year 9999: later instants are mistakes of unit, and would overflow when computed with.
inline constexpr std::int64_t deadline_max = 253'402'300'799'999'999;

struct has_reason {
  static constexpr std::string_view name = "has_reason";
  static constexpr std::string_view explanation = "a reason is given";
  static bool test(const auto& command, const OrderView&) { return !command.reason().empty(); }
};

struct has_evidence {
  static constexpr std::string_view name = "has_evidence";
  static constexpr std::string_view explanation = "a piece of evidence is given";
  static bool test(const auto& command, const OrderView&) { return !command.evidence().empty(); }
};

struct deadline_is_plausible {
  static constexpr std::string_view name = "deadline_is_plausible";
  static constexpr std::string_view explanation =
      "the deadline is 0 or an instant before the year 10000, in microseconds since 1970 UTC";
  static bool test(const auto& command, const OrderView&) {
    return command.deadline() >= 0 && command.deadline() <= deadline_max;
  }
};

struct names_one_lead {
  static constexpr std::string_view name = "names_one_lead";
  static constexpr std::string_view explanation = "one lead department is named";
  static bool test(const auto& command, const OrderView&) { return !command.lead().empty(); }
};

struct names_unit {
  static constexpr std::string_view name = "names_unit";
  static constexpr std::string_view explanation = "a unit is named";
  static bool test(const auto& command, const OrderView&) { return !command.unit().empty(); }
};

/// Somebody of one unit does not answer for another. Roles without a place belong to no unit and are not asked.
struct acts_for_that_unit {
  static constexpr std::string_view name = "acts_for_that_unit";
  static constexpr std::string_view explanation = "the actor belongs to the unit that is named";
  static bool test(const auto& command, const OrderView& view) { return belongs(view.actor, command.unit()); }

 private:
  static bool belongs(const Actor& actor, std::string_view unit);
};

struct names_roles {
  static constexpr std::string_view name = "names_roles";
  static constexpr std::string_view explanation = "the roles to be told are named";
  static bool test(const auto& command, const OrderView&) {
    return !command.roles().empty() && std::ranges::find(command.roles(), "") == command.roles().end();
  }
};

struct names_different_units {
  static constexpr std::string_view name = "names_different_units";
  static constexpr std::string_view explanation = "one unit or several are named, each of them once";
  static bool test(const auto& command, const OrderView&) {
    const auto& units = units_of(command);
    if (units.empty()) return false;
    for (auto unit = units.begin(); unit != units.end(); ++unit)
      if (unit->empty() || std::find(unit + 1, units.end(), *unit) != units.end()) return false;
    return true;
  }

 private:
  static const auto& units_of(const auto& command) {
    if constexpr (requires { command.units(); }) {
      return command.units();
    } else {
      return command.targets();
    }
  }
};

}  // namespace pavior::city::inline v0::lifecycle
