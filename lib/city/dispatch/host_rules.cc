#include <algorithm>
#include <exception>
#include <optional>

#include "city/dispatch/decision.h"
#include "city/dispatch/host_text.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

/// The one place where a rule is called: nothing it throws gets further.
std::optional<Verdict> ask(const DispatchRule& rule, const Surroundings& around, const v1::HandlingUnit& unit,
                           std::string& failure) {
  try {
    auto verdict = rule.ask(around.question, unit);
    if (verdict.score >= 0 && verdict.score <= 1) return verdict;
    failure = fmt::format("scored {} with {}, which is not from 0 to 1", unit.id(), verdict.score);
  } catch (const std::exception& thrown) {
    failure = fmt::format("threw when asked about {}: {}", unit.id(), thrown.what());
  } catch (...) {
    failure = fmt::format("threw when asked about {}", unit.id());
  }
  return std::nullopt;
}

std::string veto_text(std::string_view rule, const Verdict& verdict) {
  if (verdict.reason.empty()) return fmt::format("vetoed by {}", rule);
  return fmt::format("vetoed by {}: {}", rule, host_text(verdict.reason));
}

}  // namespace

HostVerdicts ask_host(std::span<const NamedRule> rules, const Surroundings& around, std::vector<FoundUnit>& found,
                      PassedUnits& passed) {
  HostVerdicts all;
  for (const auto& rule : rules) {
    auto& told = all.rules.emplace_back();
    told.set_name(rule.name);
    told.set_weight(rule.weight);
  }
  if (rules.empty()) return all;
  std::vector<FoundUnit> left;
  for (auto& one : found) {
    double sum = one.score, weights = 1;
    std::vector<Verdict> verdicts;
    bool vetoed = false;
    for (std::size_t i = 0; i < rules.size() && !vetoed; ++i) {
      auto& told = all.rules[i];
      std::string failure;
      auto verdict = ask(*rules[i].rule, around, *around.units[one.unit].unit, failure);
      told.set_asked(told.asked() + 1);
      if (!verdict) {
        told.set_failure(host_text(failure));
        all.failed = true;
        found.clear();
        return all;
      }
      vetoed = !verdict->eligible;
      if (vetoed) {
        told.set_vetoes(told.vetoes() + 1);
        passed.add(veto_text(told.name(), *verdict));
      }
      sum += rules[i].weight * verdict->score;
      weights += rules[i].weight;
      verdicts.push_back(std::move(*verdict));
    }
    if (vetoed) continue;
    one.score = sum / weights;
    one.verdicts = static_cast<std::uint32_t>(all.of.size());
    left.push_back(one);
    all.of.push_back(std::move(verdicts));
  }
  found = std::move(left);
  return all;
}

void tell_host(std::span<const NamedRule> rules, std::span<const Verdict> verdicts, v1::Candidate& candidate) {
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    auto& score = *candidate.add_scores();
    score.set_name(rules[i].name);
    score.set_value(verdicts[i].score);
    score.set_weight(rules[i].weight);
    score.set_why(host_text(verdicts[i].reason));
  }
}

}  // namespace pavior::city::inline v0
