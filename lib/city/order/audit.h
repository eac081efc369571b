// What has to be accounted for besides what changes an order: who read it, and what was refused to whom.
#pragma once

#include <string_view>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct has_purpose {
  static constexpr std::string_view name = "has_purpose";
  static constexpr std::string_view explanation = "a purpose is given";
  static bool test(const v1::Read& command, const OrderView&) { return !command.purpose().empty(); }
};

struct names_command_and_rule {
  static constexpr std::string_view name = "names_command_and_rule";
  static constexpr std::string_view explanation = "the command is named and the rule that refused it";
  static bool test(const v1::RecordRefusal& command, const OrderView&) {
    return !command.command().empty() && !command.rule().empty();
  }
};

struct Audit {
  static constexpr std::string_view name = "audit";

  // clang-format off
  using Table = machine::table<
  //              id    while      command            when                    event
  machine::beside<"A1", any_stage, v1::Read,          has_purpose,            v1::ReadRecorded>,
  machine::beside<"A2", any_stage, v1::RecordRefusal, names_command_and_rule, v1::RefusalRecorded>>;
  // clang-format on
};

}  // namespace pavior::city::inline v0::lifecycle
