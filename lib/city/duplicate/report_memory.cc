#include "city/duplicate/report_memory.h"

#include <algorithm>

#include "city/duplicate/duplicate_rules.h"
#include "pavior/city/v1/classification.pb.h"
#include "pavior/city/v1/facts.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

using std::chrono::microseconds;

// A description longer than that is compared by its beginning.
constexpr std::size_t text_bytes_max = 4096;
// Windows of repeats that nobody needs any more are looked for in all of them.
constexpr std::chrono::hours sweep_every{1};

std::string kept(const std::string& text) { return text.substr(0, text_bytes_max); }

/// A level that stays raised below its count remembers more than one window tells.
microseconds repeat_span(const v1::RepeatRules& rules) {
  microseconds span{};
  for (const auto& rule : rules.rules()) {
    const bool lingers = std::ranges::any_of(rule.levels(), [](const v1::RepeatLevel& level) {
      return level.until_below() != 0 && level.until_below() < level.count();
    });
    span = std::max(span, window_of(rule.window()) * (lingers ? 2 : 1));
  }
  return span;
}

template <class Fact>
std::optional<Fact> read(const Event& event) {
  if (event.type != message_type<Fact>()) return std::nullopt;
  std::optional<Fact> fact(std::in_place);
  if (!parse(event.payload, *fact)) fact.reset();
  return fact;
}

bool set_if_new(std::string& text, const std::string& given) {
  if (given.empty() || given == text) return false;
  text = kept(given);
  return true;
}

}  // namespace

ReportMemory::ReportMemory(const Policy& policy, ReportMemoryLimits limits)
    : limits_(limits), index_(policy, DuplicateLimits{limits.reports_max}), repeats_(policy) {
  policy_.set_id(policy.data().id());
  policy_.set_version(policy.data().version());
  const auto longest = std::max(index_.window_max(), repeat_span(policy.data().repeats()));
  if (longest.count() > 0) span_ = longest + limits.patience;
}

bool ReportMemory::is_of(const Policy& policy) const {
  return policy_.id() == policy.data().id() && policy_.version() == policy.data().version();
}

std::optional<ReportFindings> ReportMemory::take(const Event& event) {
  if (event.workflow != work_order_workflow || span_.count() == 0) return std::nullopt;
  forget(event.time);
  if (event.type == message_type<v1::Reported>()) begin(event);
  const auto found = reports_.find(std::string(event.key));
  if (found == reports_.end()) return std::nullopt;
  auto& [key, report] = *found;
  const Change changed = change(report, event);
  report.stage = static_cast<v1::Stage>(event.stage);
  if (changed == Change::compared) {
    put(key, report);
  } else {
    if (changed == Change::category) index_.set_category(key, report.category);
    index_.set_stage(key, report.stage);
  }
  if (report.looked_at || report.category.empty()) return std::nullopt;
  report.looked_at = true;
  if (event.time - report.at > limits_.patience) return std::nullopt;
  return look_at(key, report);
}

void ReportMemory::begin(const Event& event) {
  const auto [entry, is_new] = reports_.try_emplace(std::string(event.key));
  if (!is_new) return;
  entry->second.at = event.time;
  by_age_.emplace_back(event.time, entry->first);
  if (reports_.size() > limits_.reports_max) forget_oldest();
}

ReportMemory::Change ReportMemory::change(KnownReport& report, const Event& event) {
  const auto take_category = [&](const std::string& given) {
    return set_if_new(report.category, given) ? Change::category : Change::nothing;
  };
  if (const auto reported = read<v1::Reported>(event)) {
    report.category = reported->suggested_category();
    report.title = kept(reported->title());
    report.description = kept(reported->description());
    report.reporter = reported->reporter().id();
    report.grid = reported->grid();
    report.is_by_person = !reported->has_alert();
    set_location(report, reported->location());
    return Change::compared;
  }
  if (const auto answer = read<v1::Classified>(event))  // What a person said holds.
    return report.category.empty() ? take_category(answer->classification().category()) : Change::nothing;
  if (const auto accepted = read<v1::Accepted>(event)) {
    set_if_new(report.grid, accepted->grid());
    return take_category(accepted->category());
  }
  if (const auto handled = read<v1::HandledOnSpot>(event)) return take_category(handled->category());
  if (const auto other = read<v1::Reclassified>(event)) return take_category(other->category());
  if (const auto migrated = read<v1::Migrated>(event)) return take_category(migrated->category());
  if (const auto corrected = read<v1::Corrected>(event)) {
    bool changed = set_if_new(report.title, corrected->title());
    changed |= set_if_new(report.description, corrected->description());
    if (!corrected->has_location()) return changed ? Change::compared : Change::nothing;
    if (corrected->has_whereabouts()) report.grid = corrected->grid();
    set_location(report, corrected->location());
    return Change::compared;
  }
  return Change::nothing;
}

void ReportMemory::set_location(KnownReport& report, const v1::Location& location) {
  report.address = kept(location.address());
  report.position.emplace();
  report.position->set_latitude(location.latitude());
  report.position->set_longitude(location.longitude());
}

ReportFindings ReportMemory::look_at(std::string_view key, const KnownReport& report) {
  ReportFindings findings;
  if (report.is_by_person)
    findings.warnings =
        repeats_.observe({key, report.category, report.reporter, report.grid, report.position, report.at});
  if (report.stage >= v1::STAGE_CLOSED) return findings;  // It was handled on the spot.
  findings.suggestion = index_.find({key, report.category, report.title, report.description, report.address,
                                     report.reporter, report.position, report.at});
  return findings;
}

void ReportMemory::put(std::string_view key, const KnownReport& report) {
  index_.put({key, report.category, report.title, report.description, report.address, report.reporter, report.position,
              report.at},
             report.stage);
}

void ReportMemory::forget(Time now) {
  const Time oldest = now - limits_.patience;
  while (!by_age_.empty() && by_age_.front().first < oldest - index_.window_max()) forget_oldest();
  if (now < next_sweep_) return;
  next_sweep_ = now + sweep_every;
  repeats_.forget(oldest);
}

void ReportMemory::forget_oldest() {
  index_.erase(by_age_.front().second);
  reports_.erase(by_age_.front().second);
  by_age_.pop_front();
}

}  // namespace pavior::city::inline v0
