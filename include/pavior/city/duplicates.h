/// \file
/// Which open orders a new report may be about as well, best first and with reasons. docs/duplicates.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "pavior/city/policy.h"
#include "pavior/city/v1/duplicates.pb.h"
#include "pavior/event.h"
#include "pavior/export.h"

namespace pavior::city::inline v0 {

/// What of a report is compared. Lifetime: the texts are looked at during a call, and copied where they are kept.
struct DuplicateReport {
  std::string_view key;  ///< Of the order.
  std::string_view category;
  std::string_view title;
  std::string_view description;
  std::string_view address;
  std::string_view reporter;                  ///< The host's pseudonym; empty if there is none.
  std::optional<v1::Position> position = {};  ///< 0,0 and what is not on earth count as none.
  Time reported_at{};
};

/// Of an order as it is now. Lifetime: the report is as good as `key` and `order`.
[[nodiscard]] PAVIOR_EXPORT DuplicateReport duplicate_report(std::string_view key, const v1::WorkOrder& order);

struct DuplicateLimits {
  /// Beyond it those leave that were reported first, whatever their window. Units: orders, about a kilobyte each.
  std::size_t entries_max = 1'000'000;
};

/// The orders of the last hours or days, found by place, address and reporter; by the duplicate rules of one policy.
///
/// In memory and of no use after a crash: feed it again, e.g. with the orders reported within `window_max`. An answer
/// depends on the orders that are here and on nothing else, neither on when they came nor on a clock.
/// Threads: as a standard container; several may ask at once while nobody changes it.
/// Blocks: never. Cost: microseconds an order or a question; docs/duplicates.md has figures.
class PAVIOR_EXPORT DuplicateIndex {
 public:
  explicit DuplicateIndex(const Policy& policy, DuplicateLimits limits = {});
  ~DuplicateIndex();
  DuplicateIndex(DuplicateIndex&& other) noexcept;
  DuplicateIndex& operator=(DuplicateIndex&& other) noexcept;

  /// Adds an order, or puts it in the place of the one with its key, e.g. after it was moved.
  void put(const DuplicateReport& report, v1::Stage stage);
  /// As `put` with nothing but another category, e.g. after it was classified. Nothing happens without the order.
  void set_category(std::string_view key, std::string_view category);
  /// Closed orders are no candidates, and are again once they are reopened. Nothing happens without the order.
  void set_stage(std::string_view key, v1::Stage stage);
  void erase(std::string_view key);
  /// Lets go of what was reported too long before `now` to be a candidate of a report made at `now` or later.
  void forget(Time now);

  /// The candidates of a report by its category's rule, and what the rule does with them. Never the report itself.
  /// Both limits of a rule count: what is exactly so far away, and so long ago, is a candidate.
  /// In order of score, then the oldest, then by key.
  [[nodiscard]] v1::DuplicateSuggestion find(const DuplicateReport& report) const;

  /// The longest window of the rules. Without duplicate rules 0, and nothing is kept.
  [[nodiscard]] std::chrono::microseconds window_max() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;
  /// Orders that left because of `DuplicateLimits::entries_max`.
  [[nodiscard]] std::size_t left_early() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pavior::city::inline v0
