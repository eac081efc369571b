// 分类: what a classifier says of a report. People have the last word, and both stay on record.
#pragma once

#include <string_view>
#include <vector>

#include "city/order/rules.h"
#include "city/order/stages.h"
#include "pavior/city/v1/classification.pb.h"
#include "pavior/city/v1/facts.pb.h"

namespace pavior::city::inline v0::lifecycle {

struct says_how_sure_it_is {
  static constexpr std::string_view name = "says_how_sure_it_is";
  static constexpr std::string_view explanation = "a category, a model and a confidence from 0 to 1 are given";
  static bool test(const v1::RecordClassification& command, const OrderView& view);
};

struct Classifying {
  static constexpr std::string_view name = "classifying";

  // clang-format off
  using Table = machine::table<
  //              id      while                          command                   when                 event
  machine::beside<"T01b", any_of<reported, precheck>,    v1::RecordClassification, says_how_sure_it_is, v1::Classified>,
  machine::beside<"T01c", any_of<reported, precheck>,    v1::GiveUpClassification, machine::always,     v1::ClassificationGivenUp>>;
  // clang-format on

  static void apply(v1::WorkOrder& order, v1::Classified&& fact, const Event& meta);
  static void react(const v1::WorkOrder& order, const v1::Reported& fact, const Event& meta, Reaction& reaction);
  static std::vector<Command> follow_up(const v1::Classified& fact, const OrderView& view);
};

}  // namespace pavior::city::inline v0::lifecycle
