// 受理: from the report to the filed order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "city/order/rules.h"
#include "pavior/city/v1/commands.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct has_words_or_evidence {
  static constexpr std::string_view name = "has_words_or_evidence";
  static constexpr std::string_view explanation = "the report has a title, a description or a piece of evidence";
  static bool test(const v1::Report& command, const OrderView&) {
    return !command.title().empty() || !command.description().empty() || !command.evidence().empty();
  }
};

struct channel_is_known {
  static constexpr std::string_view name = "channel_is_known";
  static constexpr std::string_view explanation = "the report comes by one of the city's channels";
  static bool test(const v1::Report& command, const OrderView& view);
  static std::string explain(const v1::Report& command, const OrderView& view);
};

struct brings_what_the_channel_asks {
  static constexpr std::string_view name = "brings_what_the_channel_asks";
  static constexpr std::string_view explanation = "the report brings all that its channel asks for";
  static bool test(const v1::Report& command, const OrderView& view);
  static std::string explain(const v1::Report& command, const OrderView& view);
};

struct profile_is_known {
  static constexpr std::string_view name = "profile_is_known";
  static constexpr std::string_view explanation = "the profile is one of the city's";
  static bool test(const auto& command, const OrderView& view) {
    return command.profile().empty() || view.policy.policy.profile(command.profile()) != nullptr;
  }
};

struct says_what_is_missing {
  static constexpr std::string_view name = "says_what_is_missing";
  static constexpr std::string_view explanation = "it says what is to be found out";
  static bool test(const v1::OrderPrecheck& command, const OrderView&) { return !command.missing().empty(); }
};

struct has_reply {
  static constexpr std::string_view name = "has_reply";
  static constexpr std::string_view explanation = "a reply to the reporter is given";
  static bool test(const auto& command, const OrderView&) { return !command.reply().empty(); }
};

struct has_category {
  static constexpr std::string_view name = "has_category";
  static constexpr std::string_view explanation = "a category is given";
  static bool test(const auto& command, const OrderView&) { return !command.category().empty(); }
};

struct category_is_known {
  static constexpr std::string_view name = "category_is_known";
  static constexpr std::string_view explanation = "the category is a minor one of the city's catalogue";
  /// What is empty stays as it is.
  static bool test(const auto& command, const OrderView& view) {
    return command.category().empty() || view.policy.policy.data().majors().empty() ||
           view.policy.policy.category(command.category()) != nullptr;
  }
  static std::string explain(const auto& command, const OrderView& view) {
    return unknown_category(command.category(), view);
  }

 private:
  static std::string unknown_category(const std::string& category, const OrderView& view);
};

/// The condition an order is filed by: the one that is named, or the only one of the category. Null: there is none.
[[nodiscard]] const v1::FilingCondition* filing_condition(std::string_view category, std::string_view named,
                                                          const OrderView& view);

/// An Accept where the profile accepts by itself, and the city knows the category.
[[nodiscard]] std::vector<Command> accept_by_itself(const std::string& category, std::string_view profile,
                                                    const OrderView& view);

struct condition_is_known {
  static constexpr std::string_view name = "condition_is_known";
  static constexpr std::string_view explanation = "one of the category's filing conditions is named";
  static bool test(const auto& command, const OrderView& view) {
    return is_known(category_of(command, view), command.condition(), view);
  }
  static std::string explain(const auto& command, const OrderView& view) {
    return choices(category_of(command, view), view);
  }

 private:
  static const std::string& category_of(const auto& command, const OrderView& view) {
    return command.category().empty() ? view.data.category() : command.category();
  }
  static bool is_known(const std::string& category, const std::string& condition, const OrderView& view);
  static std::string choices(const std::string& category, const OrderView& view);
};

struct grade_is_one_of_three {
  static constexpr std::string_view name = "grade_is_one_of_three";
  static constexpr std::string_view explanation = "the grade is general, complex or major hazard, or left out";
  static bool test(const auto& command, const OrderView&) { return v1::Grade_IsValid(command.grade()); }
};

struct category_allows_self_handling {
  static constexpr std::string_view name = "category_allows_self_handling";
  static constexpr std::string_view explanation = "the category is one that may be handled on the spot";
  static bool test(const v1::SelfHandle& command, const OrderView& view);
};

/// A photograph of the place before came with the report.
struct has_evidence_of_before {
  static constexpr std::string_view name = "has_evidence_of_before";
  static constexpr std::string_view explanation = "the report has a piece of evidence of the place before";
  static bool test(const OrderView& view) { return !view.data.evidence().empty(); }
};

struct names_body_and_receipt {
  static constexpr std::string_view name = "names_body_and_receipt";
  static constexpr std::string_view explanation = "the receiving body and its receipt are named";
  static bool test(const v1::TransferOut& command, const OrderView&) {
    return !command.body().empty() && !command.receipt().empty();
  }
};

struct Intake {
  static v1::Reported make(const v1::Report& command, const OrderView& view, machine::tag<v1::Reported>);
  static v1::Accepted make(const v1::Accept& command, const OrderView& view, machine::tag<v1::Accepted>);

  static void apply(v1::WorkOrder& order, v1::Reported&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::HandledOnSpot&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::PrecheckOrdered&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::PrecheckDone&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Rejected&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::Accepted&& fact, const Event& meta);
  static void apply(v1::WorkOrder& order, v1::TransferredOut&& fact, const Event& meta);

  static void react(const v1::WorkOrder& order, const v1::HandledOnSpot& fact, const Event& meta, Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::Rejected& fact, const Event& meta, Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::Accepted& fact, const Event& meta, Reaction& reaction);
  static void react(const v1::WorkOrder& order, const v1::TransferredOut& fact, const Event& meta, Reaction& reaction);

  static std::vector<Command> follow_up(const v1::Reported& fact, const OrderView& view);
  static std::vector<Command> follow_up(const v1::Accepted& fact, const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle
