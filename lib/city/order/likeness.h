// 疑似重复, 一人多诉, 多人一诉, 告警归并: what is found of an order beside others. It was looked for outside, and is a fact here:
// replay asks no index.
#pragma once

#include <string>
#include <string_view>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct suggests_others {
  static constexpr std::string_view name = "suggests_others";
  static constexpr std::string_view explanation =
      "one other order or up to 100 are suggested, each of them once and with a score from 0 to 1";
  static bool test(const v1::SuggestDuplicates& command, const OrderView& view);
};

struct says_what_repeats {
  static constexpr std::string_view name = "says_what_repeats";
  static constexpr std::string_view explanation =
      "the warning has a rule, a reason and a colour, and names up to 1000 orders that count";
  static bool test(const v1::WarnOfRepeat& command, const OrderView& view);
};

/// A report of no sensor has none.
struct alert_is_sound {
  static constexpr std::string_view name = "alert_is_sound";
  static constexpr std::string_view explanation = "the alert has a sensor, a scenario, a time and sound readings";
  static bool test(const v1::Report& command, const OrderView& view);
  static bool test(const v1::AddAlertSample& command, const OrderView& view);
  static std::string explain(const auto& command, const OrderView&) { return mistake_in(command.alert()); }

 private:
  static std::string mistake_in(const v1::Alert& alert);
};

struct Likeness {
  static constexpr std::string_view name = "likeness";

  // clang-format off
  using Table = machine::table<
  //              id      while               command                when               event
  machine::beside<"T01d", any_open,           v1::AddAlertSample,    alert_is_sound,    v1::AlertSampled>,
  machine::beside<"T41c", any_open,           v1::SuggestDuplicates, suggests_others,   v1::DuplicatesSuggested>,
  machine::beside<"T48b", any_open_or_closed, v1::WarnOfRepeat,      says_what_repeats, v1::RepeatWarned>>;
  // clang-format on

  static v1::RepeatWarned make(const v1::WarnOfRepeat& command, const OrderView& view, machine::tag<v1::RepeatWarned>);

  static void apply(v1::WorkOrder& order, v1::AlertSampled&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::DuplicatesSuggested&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::RepeatWarned&& fact, const Event& meta);

  static void react(const v1::WorkOrder& order, const v1::RepeatWarned& fact, const Event& meta, Reaction& reaction);
};

}  // namespace pavior::city::inline v0::lifecycle
