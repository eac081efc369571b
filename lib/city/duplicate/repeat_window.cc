#include "city/duplicate/repeat_window.h"

#include <algorithm>
#include <string>

#include "city/duplicate/duplicate_rules.h"
#include "fmt/format.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

using Counted = google::protobuf::RepeatedPtrField<v1::CountedReport>;

/// Reports at this instant or before it count no more.
std::int64_t edge_of(const v1::RepeatRule& rule, std::int64_t now) { return now - window_of(rule.window()).count(); }

void drop_until(Counted& counted, std::int64_t edge) {
  const auto first = std::ranges::find_if(counted, [&](const auto& report) { return report.at() > edge; });
  counted.erase(counted.begin(), first);
}

/// A level may warn again once the count has been below its bound. The count only falls until the next report comes, so it
/// was smallest just before that: what leaves at that very instant was still there, and has made no gap.
void rearm(v1::RepeatWindow& window, const v1::RepeatRule& rule, std::int64_t now) {
  if (now <= window.at()) return;
  const auto edge = edge_of(rule, now - 1);
  const auto count = std::ranges::count_if(window.counted(), [&](const auto& report) { return report.at() > edge; });
  auto& raised = *window.mutable_raised();
  const auto may_warn_again = [&](std::uint32_t reached) {
    const auto level = std::ranges::find(rule.levels(), reached, &v1::RepeatLevel::count);
    if (level == rule.levels().end()) return true;  // The rules have changed.
    return count < (level->until_below() == 0 ? level->count() : level->until_below());
  };
  raised.erase(std::remove_if(raised.begin(), raised.end(), may_warn_again), raised.end());
}

/// People count once, by their latest report. Those without a name are different people.
void add(v1::RepeatWindow& window, const v1::RepeatRule& rule, const RepeatReport& report) {
  auto& counted = *window.mutable_counted();
  const auto at = to_micros(report.at);
  if (rule.by() != v1::RepeatRule::REPORTER && !report.reporter.empty()) {
    const auto known = std::ranges::find(counted, report.reporter, &v1::CountedReport::reporter);
    if (known != counted.end()) {
      if (known->at() >= at) return;
      counted.erase(known);
    }
  }
  auto& added = *counted.Add();
  added.set_at(at);
  added.set_order(std::string(report.order));
  added.set_reporter(std::string(report.reporter));
  // One that comes late goes where its time is, behind those of the same instant.
  for (int i = counted.size() - 1; i > 0 && counted[i].at() < counted[i - 1].at(); --i) counted.SwapElements(i, i - 1);
}

/// Of a count beyond the highest level nothing depends on how far: while the newest reports stay, so does the level.
void keep_newest(Counted& counted, const v1::RepeatRule& rule) {
  const int most = static_cast<int>(rule.levels(rule.levels_size() - 1).count());
  if (counted.size() > most) counted.erase(counted.begin(), counted.end() - most);
}

std::string what_text(const v1::RepeatRule& rule, int count) {
  switch (rule.by()) {
    case v1::RepeatRule::REPORTER: return fmt::format("{} reports of one person", count);
    case v1::RepeatRule::GRID: return fmt::format("{} people report from one grid", count);
    default: return fmt::format("{} people report from one place", count);
  }
}

std::string window_text(const v1::Limit& window) {
  const auto* unit = window.unit() == v1::UNIT_HOUR ? "hour" : "minute";
  return fmt::format("{} {}{}", window.amount(), unit, window.amount() == 1 ? "" : "s");
}

}  // namespace

std::vector<v1::RepeatLevel> count_report(v1::RepeatWindow& window, const v1::RepeatRule& rule,
                                          const RepeatReport& report) {
  // The window's time never goes back.
  const auto now = window.counted().empty() && window.raised().empty() ? to_micros(report.at)
                                                                       : std::max(window.at(), to_micros(report.at));
  rearm(window, rule, now);
  window.set_at(now);
  auto& counted = *window.mutable_counted();
  drop_until(counted, edge_of(rule, now));
  add(window, rule, report);
  drop_until(counted, edge_of(rule, now));
  keep_newest(counted, rule);

  std::vector<v1::RepeatLevel> crossed;
  for (const auto& level : rule.levels()) {
    if (counted.size() < static_cast<int>(level.count())) break;
    if (std::ranges::find(window.raised(), level.count()) != window.raised().end()) continue;
    window.add_raised(level.count());
    crossed.push_back(level);
  }
  return crossed;
}

bool is_empty(const v1::RepeatWindow& window, const v1::RepeatRule& rule, Time now) {
  // Just before `now`, as for what may warn again: a report at `now` itself must still find no gap.
  return window.counted().empty() || window.counted().rbegin()->at() <= edge_of(rule, to_micros(now) - 1);
}

v1::RepeatWarning warning_of(const v1::RepeatWindow& window, const v1::RepeatRule& rule, const v1::RepeatLevel& level) {
  v1::RepeatWarning warning;
  warning.set_rule(rule.id());
  warning.set_key(window.key());
  warning.set_by(rule.by());
  warning.set_colour(level.colour());
  warning.set_count(static_cast<std::uint32_t>(window.counted_size()));
  warning.set_at(window.at());
  warning.set_since(window.counted(0).at());
  for (const auto& report : window.counted()) warning.add_orders(report.order());
  warning.set_reason(fmt::format("{} within {}", what_text(rule, window.counted_size()), window_text(rule.window())));
  return warning;
}

}  // namespace pavior::city::inline v0
