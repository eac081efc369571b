#include "city/order/clock_subjects.h"

#include "city/order/whistles.h"
#include "fmt/format.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

std::string summons(std::uint32_t whistle, const std::string& unit) { return fmt::format("{} {}", whistle, unit); }

}  // namespace

std::vector<std::string> clock_subjects(const v1::WhistleBlown& fact, const v1::WorkOrder&) {
  std::vector<std::string> subjects;
  for (const auto& unit : fact.targets()) subjects.push_back(summons(fact.number(), unit));
  return subjects;
}

std::vector<std::string> clock_subjects(const v1::ReportedIn& fact, const v1::WorkOrder&) {
  return {summons(fact.whistle(), fact.unit())};
}

std::vector<std::string> clock_subjects(const v1::TargetExcused& fact, const v1::WorkOrder&) {
  return {summons(fact.whistle(), fact.unit())};
}

std::vector<std::string> clock_subjects(const v1::WhistleConcluded& fact, const v1::WorkOrder& order) {
  std::vector<std::string> subjects;
  if (const v1::Whistle* whistle = whistle_of(order, fact.whistle()))
    for (const auto& target : whistle->targets()) subjects.push_back(summons(fact.whistle(), target.unit()));
  return subjects;
}

std::vector<std::string> clock_subjects(const v1::AssistAdded& fact, const v1::WorkOrder&) { return {fact.unit()}; }
std::vector<std::string> clock_subjects(const v1::AssistDone& fact, const v1::WorkOrder&) { return {fact.unit()}; }
std::vector<std::string> clock_subjects(const v1::AssistExcused& fact, const v1::WorkOrder&) { return {fact.unit()}; }

}  // namespace pavior::city::inline v0::lifecycle
