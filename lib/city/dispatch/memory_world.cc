#include <algorithm>
#include <atomic>

#include "core/check.h"
#include "pavior/city/dispatch.h"

namespace pavior::city::inline v0 {

MemoryWorld::MemoryWorld(v1::PolicyVersion version, std::vector<v1::HandlingUnit> units)
    : version_(std::move(version)), units_(std::move(units)), duties_(units_.size()) {
  for (std::size_t i = 0; i < units_.size(); ++i) numbers_.emplace(units_[i].id(), i);
}

void MemoryWorld::add_joint_group(v1::JointGroup group) {
  std::string id = group.id();
  groups_.insert_or_assign(std::move(id), std::move(group));
}

void MemoryWorld::add_duty(std::string_view unit, Time from, Time to) {
  if (const auto number = number_of(unit)) duties_[*number].push_back({from, to});
}

std::optional<std::size_t> MemoryWorld::number_of(std::string_view unit) const {
  const auto found = numbers_.find(unit);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

bool MemoryWorld::on_duty(std::size_t unit, Time at) const {
  return std::ranges::any_of(duties_[unit], [at](const Duty& duty) { return duty.from <= at && at < duty.to; });
}

std::string_view MemoryWorld::unit_of_grid(std::string_view grid) const {
  const auto found = grids_.find(grid);
  return found == grids_.end() ? std::string_view() : std::string_view(found->second);
}

bool MemoryWorld::has_grid(std::string_view grid) const { return grids_.empty() || grids_.contains(grid); }

const v1::JointGroup* MemoryWorld::joint_group(std::string_view id) const {
  const auto found = groups_.find(id);
  return found == groups_.end() ? nullptr : &found->second;
}

// The two of one unit need not agree with each other: a decision looks at each of them once.
struct MemoryWorkload::Counts {
  std::atomic<std::uint32_t> at_work = 0;
  std::atomic<std::int64_t> last_dispatch = 0;
};

MemoryWorkload::MemoryWorkload(std::size_t unit_count)
    : counts_(std::make_unique<Counts[]>(unit_count)), size_(unit_count) {}

MemoryWorkload::~MemoryWorkload() = default;

void MemoryWorkload::set(std::size_t unit, UnitLoad load) {
  PAVIOR_CHECK(unit < size_, "unit {} of {}", unit, size_);
  counts_[unit].at_work.store(load.at_work, std::memory_order_relaxed);
  counts_[unit].last_dispatch.store(load.last_dispatch, std::memory_order_relaxed);
}

void MemoryWorkload::dispatched(std::size_t unit, std::int64_t when) {
  PAVIOR_CHECK(unit < size_, "unit {} of {}", unit, size_);
  counts_[unit].at_work.fetch_add(1, std::memory_order_relaxed);
  counts_[unit].last_dispatch.store(when, std::memory_order_relaxed);
}

void MemoryWorkload::ended(std::size_t unit) {
  PAVIOR_CHECK(unit < size_, "unit {} of {}", unit, size_);
  auto& at_work = counts_[unit].at_work;
  auto count = at_work.load(std::memory_order_relaxed);
  // What was at work before the counting began ends too, and is not below none.
  while (count > 0 && !at_work.compare_exchange_weak(count, count - 1, std::memory_order_relaxed)) {
  }
}

UnitLoad MemoryWorkload::of(std::size_t unit) const {
  PAVIOR_CHECK(unit < size_, "unit {} of {}", unit, size_);
  return {counts_[unit].at_work.load(std::memory_order_relaxed),
          counts_[unit].last_dispatch.load(std::memory_order_relaxed)};
}

}  // namespace pavior::city::inline v0
