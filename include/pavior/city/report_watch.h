/// \file
/// Looks at every new report beside the others, and says on the order what it found. docs/duplicates.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "pavior/city/policy_book.h"
#include "pavior/engine.h"
#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/result.h"

namespace pavior::city::inline v0 {

struct ReportWatchOptions {
  /// Of the subscription, and how its commands' ids begin. Two watches of one engine have two names.
  std::string name = "report_watch";
  /// Where a new watch begins; `Engine::last()` leaves alone what is there already.
  Position start = Position::none;
  /// A report is looked at once it has a category, if that is not later than so long after it was made.
  std::chrono::hours patience{24};
  /// Beyond it those reports are forgotten that came first. Units: orders, a few kilobytes each.
  std::size_t reports_max = 200'000;
};

/// Follows an engine's work orders and submits what the duplicate and repeat rules say of each new report, by the actor
/// `report_watch` with the role `system`: `WarnOfRepeat` for each warning, `SuggestDuplicates` if there are candidates, and
/// `Merge` with the best one where the rule wants it and its score is enough. What an order refuses is left at that: it has
/// ended, or its target has.
///
/// A report is looked at once: when it is made if it suggests a category, else with the first fact that gives it one. It is
/// compared with those before it in the log, by the policy that was in force then; no clock is read. So a command's id and
/// content follow from the log, and a restart neither loses one nor submits another. The exception: a repeat level whose
/// `until_below` is less than its `count` may warn once more, if the count has been between the two for more than its window
/// before the restart.
///
/// The memory holds the orders that may still be candidates. When it begins, and when another version of the policy comes
/// into force, it is filled from the log of the longest window of the rules and `patience`, silently.
/// Threads: `attach` and `detach` by one at a time. The work is done by a thread of the engine's runtime.
/// Blocks: that thread, for one durable write a command; hence the watch never runs ahead of the engine. Filling its memory
/// blocks it as long as reading that part of the log takes.
/// Errors: while the engine is full or fails, the events are handed over again, as `Engine::subscribe` says.
class PAVIOR_EXPORT ReportWatch {
 public:
  /// `policies` is the book that the orders are decided by.
  explicit ReportWatch(PolicyBook policies, ReportWatchOptions options = {});
  /// Detaches.
  ~ReportWatch();
  ReportWatch(const ReportWatch&) = delete;
  ReportWatch& operator=(const ReportWatch&) = delete;

  /// Goes on where a watch of this name left off. Lifetime: `engine` stays until `detach`.
  /// Errors: invalid (it is attached already; the name is empty, longer than 64 bytes, or the engine's own); as
  /// `Engine::subscribe`.
  [[nodiscard]] Result<void> attach(Engine& engine);
  /// Call it before the engine is destroyed. Returns once nothing is being submitted. Not from within a workflow.
  void detach();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pavior::city::inline v0
