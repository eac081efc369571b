/// \file
/// One person reporting often, and many people reporting one thing: exactly one warning each time there are too many.
/// docs/duplicates.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/city/policy.h"
#include "pavior/city/v1/duplicates.pb.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

/// What of a report is counted. Lifetime: the texts are looked at during a call.
struct RepeatReport {
  std::string_view order;
  std::string_view category;
  std::string_view reporter;  ///< The host's pseudonym; empty if there is none.
  std::string_view grid;
  std::optional<v1::Position> position = {};
  Time at{};
};

/// Of an order as it is now. Lifetime: the report is as good as `key` and `order`.
[[nodiscard]] PAVIOR_EXPORT RepeatReport repeat_report(std::string_view key, const v1::WorkOrder& order);

/// The repeat rules of a policy: which windows a report counts in, and what that does to each of them.
///
/// A report made at `t` counts from `t` until just before `t` plus the window: the range is half-open, so windows that
/// follow each other count it once. Only a report can raise a count, so every warning comes with one, and no timer is
/// needed. A report from before the latest one that its window knows counts as far as it is still in the window then.
/// Threads: immutable; copy and share freely.
class PAVIOR_EXPORT RepeatCounter {
 public:
  explicit RepeatCounter(const Policy& policy);
  ~RepeatCounter();
  RepeatCounter(const RepeatCounter& other);
  RepeatCounter& operator=(const RepeatCounter& other);

  /// The windows in which the report counts, empty ones: `rule` and `key` name the rows to load. In the rules' order.
  [[nodiscard]] std::vector<v1::RepeatWindow> windows(const RepeatReport& report) const;
  /// Counts the report in a window that `windows` named, and adds what is to be warned of, from low to high. With rules
  /// that changed since, a level that is new to the window warns with the next report.
  [[nodiscard]] std::vector<v1::RepeatWarning> count(v1::RepeatWindow& window, const RepeatReport& report) const;
  /// Whether the window remembers nothing any more at `now`, so that its row may be erased.
  [[nodiscard]] bool is_spent(const v1::RepeatWindow& window, Time now) const;

 private:
  struct Rules;
  std::shared_ptr<const Rules> rules_;
};

/// All windows, in memory. The same reports in the same order give the same warnings and the same state.
/// Threads: as a standard container. Cost: microseconds a report; a window holds as many reports as its highest level counts.
class PAVIOR_EXPORT RepeatWatch {
 public:
  explicit RepeatWatch(const Policy& policy);
  /// Goes on from a state. Windows of rules that are gone are left out.
  /// Errors: invalid (a window is there twice, or its reports are not in the order of their times).
  [[nodiscard]] static Result<RepeatWatch> restored(const Policy& policy, const v1::RepeatState& state);
  ~RepeatWatch();
  RepeatWatch(RepeatWatch&& other) noexcept;
  RepeatWatch& operator=(RepeatWatch&& other) noexcept;

  /// What is to be warned of because of this report.
  [[nodiscard]] std::vector<v1::RepeatWarning> observe(const RepeatReport& report);
  /// Lets go of windows that remember nothing at `now`: no report made at `now` or later could tell. Nothing else does.
  void forget(Time now);

  [[nodiscard]] v1::RepeatState state() const;
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  struct Impl;
  explicit RepeatWatch(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pavior::city::inline v0
