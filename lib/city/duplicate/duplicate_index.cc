#include <algorithm>
#include <deque>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "city/duplicate/cells.h"
#include "city/duplicate/comparison.h"
#include "core/check.h"
#include "pavior/city/v1/work_order.pb.h"
#include "pavior/proto.h"

namespace pavior::city::inline v0 {
namespace {

// A question looks at the cells that its circle meets: about ten of them for the distances of most rules.
constexpr double cell_metres = 50;

using Slot = std::uint32_t;

/// Slots by something that several orders have in common.
template <class Key>
class Shared {
 public:
  void add(const Key& key, Slot slot) { slots_[key].push_back(slot); }
  void remove(const Key& key, Slot slot) {
    const auto found = slots_.find(key);
    std::erase(found->second, slot);
    if (found->second.empty()) slots_.erase(found);
  }
  void append(const Key& key, std::vector<Slot>& slots) const {
    if (const auto found = slots_.find(key); found != slots_.end())
      slots.insert(slots.end(), found->second.begin(), found->second.end());
  }

 private:
  std::unordered_map<Key, std::vector<Slot>> slots_;
};

struct Entry {
  ComparedReport report;
  v1::Stage stage;
};

struct Found {
  const ComparedReport* report;
  Comparison comparison;
};

/// Best first, in an order that nothing but the reports decides.
bool is_better(const Found& one, const Found& other) {
  if (one.comparison.score != other.comparison.score) return one.comparison.score > other.comparison.score;
  if (one.report->reported_at != other.report->reported_at) return one.report->reported_at < other.report->reported_at;
  return one.report->key < other.report->key;
}

}  // namespace

struct DuplicateIndex::Impl {
  Impl(const Policy& policy, DuplicateLimits given) : rules(policy), limits(given) {}

  DuplicateRulebook rules;
  DuplicateLimits limits;
  std::deque<std::optional<Entry>> entries;  ///< Which do not move, since `by_key` looks into them.
  std::vector<Slot> free;
  std::unordered_map<std::string_view, Slot> by_key;
  std::set<std::pair<Time, Slot>> by_time;
  CellIndex by_place{cell_metres};
  Shared<std::uint64_t> by_address;
  Shared<std::string> by_reporter;
  std::size_t left_early = 0;

  Slot free_slot() {
    if (free.empty()) {
      free.push_back(static_cast<Slot>(entries.size()));
      entries.emplace_back();
    }
    const Slot slot = free.back();
    free.pop_back();
    return slot;
  }

  void add(ComparedReport report, v1::Stage stage) {
    const Slot slot = free_slot();
    const auto& added = entries[slot].emplace(Entry{std::move(report), stage}).report;
    by_key.emplace(added.key, slot);
    by_time.emplace(added.reported_at, slot);
    if (added.place) by_place.add(*added.place, slot);
    if (added.address_digest != 0) by_address.add(added.address_digest, slot);
    if (!added.reporter.empty()) by_reporter.add(added.reporter, slot);
  }

  void remove(Slot slot) {
    const auto& gone = entries[slot]->report;
    by_key.erase(gone.key);
    by_time.erase({gone.reported_at, slot});
    if (gone.place) by_place.remove(*gone.place, slot);
    if (gone.address_digest != 0) by_address.remove(gone.address_digest, slot);
    if (!gone.reporter.empty()) by_reporter.remove(gone.reporter, slot);
    entries[slot].reset();
    free.push_back(slot);
  }

  /// All that `compare` may say yes to, and others.
  std::vector<Slot> worth_comparing(const ComparedReport& fresh, const DuplicateRule& rule) const {
    std::vector<Slot> slots;
    if (fresh.place) slots = by_place.around(*fresh.place, rule.metres);
    if (fresh.address_digest != 0) by_address.append(fresh.address_digest, slots);
    const bool of_reporter =
        rule.same_reporter == v1::DuplicateRule::STANDS_FOR_PLACE || rule.same_reporter == v1::DuplicateRule::NEEDED;
    if (of_reporter && !fresh.reporter.empty()) by_reporter.append(fresh.reporter, slots);
    std::ranges::sort(slots);
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
    return slots;
  }

  std::vector<Found> candidates(const ComparedReport& fresh, const DuplicateRule& rule) const {
    std::vector<Found> found;
    for (const Slot slot : worth_comparing(fresh, rule)) {
      const auto& [known, stage] = *entries[slot];
      if (!rules.is_open(stage) || known.key == fresh.key) continue;
      if (const auto comparison = compare(fresh, known, rule, rules)) found.push_back({&known, *comparison});
    }
    std::ranges::sort(found, is_better);
    return found;
  }
};

DuplicateReport duplicate_report(std::string_view key, const v1::WorkOrder& order) {
  DuplicateReport report;
  report.key = key;
  report.category = order.category();
  report.title = order.title();
  report.description = order.description();
  report.address = order.location().address();
  report.reporter = order.reporter().id();
  report.position.emplace();
  report.position->set_latitude(order.location().latitude());
  report.position->set_longitude(order.location().longitude());
  report.reported_at = from_micros(order.reported_at());
  return report;
}

DuplicateIndex::DuplicateIndex(const Policy& policy, DuplicateLimits limits)
    : impl_(std::make_unique<Impl>(policy, limits)) {}
DuplicateIndex::~DuplicateIndex() = default;
DuplicateIndex::DuplicateIndex(DuplicateIndex&& other) noexcept = default;
DuplicateIndex& DuplicateIndex::operator=(DuplicateIndex&& other) noexcept = default;

void DuplicateIndex::put(const DuplicateReport& report, v1::Stage stage) {
  if (impl_->rules.empty()) return;
  erase(report.key);
  impl_->add(ComparedReport(report, impl_->rules), stage);
  for (; size() > impl_->limits.entries_max; ++impl_->left_early) impl_->remove(impl_->by_time.begin()->second);
}

void DuplicateIndex::set_category(std::string_view key, std::string_view category) {
  if (const auto found = impl_->by_key.find(key); found != impl_->by_key.end())
    impl_->entries[found->second]->report.category = category;
}

void DuplicateIndex::set_stage(std::string_view key, v1::Stage stage) {
  if (const auto found = impl_->by_key.find(key); found != impl_->by_key.end())
    impl_->entries[found->second]->stage = stage;
}

void DuplicateIndex::erase(std::string_view key) {
  if (const auto found = impl_->by_key.find(key); found != impl_->by_key.end()) impl_->remove(found->second);
}

void DuplicateIndex::forget(Time now) {
  auto& by_time = impl_->by_time;
  while (!by_time.empty() && by_time.begin()->first < now - window_max()) impl_->remove(by_time.begin()->second);
}

v1::DuplicateSuggestion DuplicateIndex::find(const DuplicateReport& report) const {
  const auto& rules = impl_->rules;
  v1::DuplicateSuggestion suggestion;
  *suggestion.mutable_policy() = rules.policy();
  suggestion.set_at(to_micros(report.reported_at));
  suggestion.set_action(v1::DuplicateRule::NOTHING);
  const auto& rule = rules.rule(report.category);
  if (rules.empty() || rule.action == v1::DuplicateRule::NOTHING) return suggestion;

  const auto found = impl_->candidates(ComparedReport(report, rules), rule);
  if (found.empty()) return suggestion;
  const bool merges = rule.action == v1::DuplicateRule::MERGE && found.front().comparison.score >= rule.merge_score_min;
  suggestion.set_action(merges ? v1::DuplicateRule::MERGE : v1::DuplicateRule::SUGGEST);
  const auto told_count = std::min(found.size(), rules.candidates_max());
  for (std::size_t i = 0; i < told_count; ++i)
    *suggestion.add_candidates() = told(*found[i].report, found[i].comparison);
  suggestion.set_candidates_left_off(static_cast<std::uint32_t>(found.size() - told_count));
  return suggestion;
}

std::chrono::microseconds DuplicateIndex::window_max() const noexcept { return impl_->rules.window_max(); }
std::size_t DuplicateIndex::size() const noexcept { return impl_->by_key.size(); }
std::size_t DuplicateIndex::left_early() const noexcept { return impl_->left_early; }

}  // namespace pavior::city::inline v0
