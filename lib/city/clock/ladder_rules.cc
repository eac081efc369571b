#include "city/clock/ladder_rules.h"

#include <algorithm>
#include <set>
#include <string>

#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

constexpr std::uint32_t percent_max = 1000;
constexpr std::int64_t units_max = 1'000'000;
// All may be due at once, and each asks for a command in the same commit: `Limits::follow_ups_max`.
constexpr int rungs_max = 16;

Mistake units_mistake(const char* field, std::int64_t units, std::int64_t least) {
  if (units >= least && units <= units_max) return {};
  return DataMistake{field, fmt::format("use {} to {} units of the limit, not {}", least, units_max, units)};
}

Mistake point_mistake(const v1::Threshold& threshold) {
  switch (threshold.point_case()) {
    case v1::Threshold::kPercent:
      if (threshold.percent() < 1 || threshold.percent() > percent_max)
        return DataMistake{"percent", fmt::format("use 1 to {}, not {}", percent_max, threshold.percent())};
      if (threshold.every() != 0)
        return DataMistake{"every", "comes again with before and after only, not with percent"};
      return {};
    case v1::Threshold::kBefore: return units_mistake("before", threshold.before(), 1);
    case v1::Threshold::kAfter: return units_mistake("after", threshold.after(), 0);
    case v1::Threshold::POINT_NOT_SET: break;
  }
  return DataMistake{"point", "set one of percent, before and after"};
}

Mistake step_mistake(const v1::Threshold& threshold) {
  if (!v1::Step_IsValid(threshold.step()))
    return DataMistake{"step", "use REMIND, ESCALATE, SUPERVISE, ACKNOWLEDGE or ARCHIVE"};
  const bool tells =
      threshold.step() == v1::REMIND || threshold.step() == v1::ESCALATE || threshold.step() == v1::SUPERVISE;
  if (tells && threshold.roles().empty()) return DataMistake{"roles", "name at least one role that is told"};
  if (!tells && !threshold.roles().empty())
    return DataMistake{"step", "say how the roles are told: REMIND, ESCALATE or SUPERVISE"};
  if ((threshold.step() == v1::ESCALATE) != (threshold.level() != 0))
    return DataMistake{"level", "an ESCALATE has a level from 1 on, and nothing else has one"};
  if (std::ranges::find(threshold.roles(), "") != threshold.roles().end())
    return DataMistake{"roles", "a role has a name"};
  return {};
}

Mistake mistake_in(const v1::Threshold& threshold, std::set<std::string>& names) {
  if (threshold.name().empty()) return DataMistake{"name", "a threshold needs one"};
  if (!names.insert(threshold.name()).second)
    return DataMistake{"name", fmt::format("'{}' is another threshold's; give it its own", threshold.name())};
  if (auto mistake = point_mistake(threshold); mistake) return mistake;
  if (auto mistake = units_mistake("every", threshold.every(), 0); mistake) return mistake;
  if (threshold.every() == 0 && threshold.times() > 1)
    return DataMistake{"every", "say after how many units it comes again"};
  return step_mistake(threshold);
}

}  // namespace

Mistake ladder_mistake(const Ladder& ladder) {
  if (ladder.size() > rungs_max)
    return DataMistake{"", fmt::format("has {} thresholds, {} at most", ladder.size(), rungs_max)};
  std::set<std::string> names;
  for (int i = 0; i < ladder.size(); ++i)
    if (auto mistake = mistake_in(ladder[i], names))
      return DataMistake{fmt::format("[{}].{}", i, mistake->path), std::move(mistake->what)};
  return {};
}

}  // namespace pavior::city::inline v0
