// To another version of the policy: what the order is called by it, and what becomes of its clocks.
#pragma once

#include <string>
#include <string_view>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/migration.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct version_is_another {
  static constexpr std::string_view name = "version_is_another";
  static constexpr std::string_view explanation = "the version was published, and is not the order's own";
  static bool test(const v1::Migrate& command, const OrderView& view);
};

struct category_has_a_successor {
  static constexpr std::string_view name = "category_has_a_successor";
  static constexpr std::string_view explanation =
      "the order's category stands in the new version, by its code or by a mapping of the new version";
  static bool test(const v1::Migrate& command, const OrderView& view);
  static std::string explain(const v1::Migrate& command, const OrderView& view);
};

struct Migrations {
  static constexpr std::string_view name = "migration";

  // clang-format off
  using Table = machine::table<
  //              id    while               command      when                                                                event
  machine::beside<"P1", any_open_or_closed, v1::Migrate, machine::all<has_reason, version_is_another, category_has_a_successor>,  v1::Migrated>>;
  // clang-format on

  static Result<v1::Migrated> make(const v1::Migrate& command, const OrderView& view, machine::tag<v1::Migrated>);
  static void apply(v1::WorkOrder& order, v1::Migrated&& fact, const Event& meta);
};

}  // namespace pavior::city::inline v0::lifecycle
