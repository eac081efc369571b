// What the clocks of a fact are about: "MS/fenced", "SUP/HND overdue", "ARR/1 fire_brigade".
#pragma once

#include <string>
#include <vector>

#include "pavior/city/v1/facts.pb.h"
#include "pavior/city/v1/work_order.pb.h"

namespace pavior::city::inline v0::lifecycle {

/// `order` is as it was before the fact. None for most facts.
template <class Fact>
[[nodiscard]] std::vector<std::string> clock_subjects(const Fact& fact, const v1::WorkOrder&) {
  if constexpr (requires { fact.milestone(); }) return {fact.milestone()};
  if constexpr (requires { fact.cause(); }) return {fact.cause()};
  return {};
}

[[nodiscard]] std::vector<std::string> clock_subjects(const v1::WhistleBlown& fact, const v1::WorkOrder& order);
[[nodiscard]] std::vector<std::string> clock_subjects(const v1::ReportedIn& fact, const v1::WorkOrder& order);
[[nodiscard]] std::vector<std::string> clock_subjects(const v1::TargetExcused& fact, const v1::WorkOrder& order);
[[nodiscard]] std::vector<std::string> clock_subjects(const v1::WhistleConcluded& fact, const v1::WorkOrder& order);
[[nodiscard]] std::vector<std::string> clock_subjects(const v1::AssistAdded& fact, const v1::WorkOrder& order);
[[nodiscard]] std::vector<std::string> clock_subjects(const v1::AssistDone& fact, const v1::WorkOrder& order);
[[nodiscard]] std::vector<std::string> clock_subjects(const v1::AssistExcused& fact, const v1::WorkOrder& order);

}  // namespace pavior::city::inline v0::lifecycle
