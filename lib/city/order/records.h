// 先行联系, 改类, 分段, 更正: what is added to an order on its way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "city/order/intake.h"
#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct has_new_class {
  static constexpr std::string_view name = "has_new_class";
  static constexpr std::string_view explanation = "another category, filing condition or grade is given";
  static bool test(const v1::Reclassify& command, const OrderView& view);
};

struct has_means {
  static constexpr std::string_view name = "has_means";
  static constexpr std::string_view explanation = "the means of the contact is given, e.g. phone or visit";
  static bool test(const v1::RecordContact& command, const OrderView&) { return !command.means().empty(); }
};

struct milestone_is_new {
  static constexpr std::string_view name = "milestone_is_new";
  static constexpr std::string_view explanation = "a milestone is named that is not yet done";
  static bool test(const v1::CompleteMilestone& command, const OrderView& view);
};

struct milestone_is_next {
  static constexpr std::string_view name = "milestone_is_next";
  static constexpr std::string_view explanation = "it is the next milestone of the order's filing condition";
  static bool test(const v1::CompleteMilestone& command, const OrderView& view);
  static std::string explain(const v1::CompleteMilestone& command, const OrderView& view);
};

struct has_text {
  static constexpr std::string_view name = "has_text";
  static constexpr std::string_view explanation = "a text is given";
  static bool test(const v1::AddNote& command, const OrderView&) { return !command.text().empty(); }
};

struct corrects_something {
  static constexpr std::string_view name = "corrects_something";
  static constexpr std::string_view explanation =
      "a title, a description, a location or an external reference is given";
  static bool test(const v1::Correct& command, const OrderView&) {
    return !command.title().empty() || !command.description().empty() || command.has_location() ||
           !command.external_reference().empty();
  }
};

struct Records {
  static constexpr std::string_view name = "records";

  // clang-format off
  using Table = machine::table<
  //              id      while               command                when                                                   event
  machine::beside<"T07",  any_filed,          v1::Reclassify,        machine::all<has_reason, has_new_class, grade_is_one_of_three,
                                                                     category_is_known, condition_is_known>,       v1::Reclassified>,
  machine::beside<"T11",  any_with_unit,      v1::RecordContact,     has_means,                                             v1::ReporterContacted>,
  machine::beside<"T25",  in_progress,        v1::CompleteMilestone, machine::all<milestone_is_new, milestone_is_next>,     v1::MilestoneDone>,
  machine::beside<"T55a", any_stage,          v1::AddNote,           has_text,                                              v1::NoteAdded>,
  machine::beside<"T55b", any_stage,          v1::Attach,            has_evidence,                                          v1::Attached>,
  machine::beside<"T55c", any_open_or_closed, v1::Correct,           machine::all<has_reason, corrects_something>,          v1::Corrected>>;
  // clang-format on

  static v1::Reclassified make(const v1::Reclassify& command, const OrderView& view, machine::tag<v1::Reclassified>);

  static v1::Corrected make(const v1::Correct& command, const OrderView& view, machine::tag<v1::Corrected>);

  static void apply(v1::WorkOrder& order, v1::Reclassified&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::ReporterContacted&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::MilestoneDone&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::NoteAdded&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Attached&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Corrected&& fact, const Event& meta);

  static std::vector<Command> follow_up(const v1::Reclassified& fact, const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle
