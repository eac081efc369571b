/// \file
/// The reports that others are compared with, as the log tells them: bounded, and the same whenever it is filled again.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pavior/city/duplicates.h"
#include "pavior/city/repeats.h"
#include "pavior/city/v1/work_order.pb.h"

namespace pavior::city::inline v0 {

/// What a report asks for when it is looked at.
struct ReportFindings {
  v1::DuplicateSuggestion suggestion;
  std::vector<v1::RepeatWarning> warnings;
};

struct ReportMemoryLimits {
  std::chrono::microseconds patience{};  ///< How long after it was made a report may get its category.
  std::size_t reports_max = 0;
};

/// Threads: as a standard container.
class ReportMemory {
 public:
  ReportMemory(const Policy& policy, ReportMemoryLimits limits);

  /// Takes in an event of the log; the events come in its order. Of a report that got its category with this event, what
  /// was found; of others and of other workflows nothing. What cannot be read says nothing.
  std::optional<ReportFindings> take(const Event& event);

  [[nodiscard]] bool is_of(const Policy& policy) const;
  /// How far back the log has to be taken in for the next findings to be right. 0: nothing is ever found.
  [[nodiscard]] std::chrono::microseconds span() const noexcept { return span_; }
  [[nodiscard]] std::size_t size() const noexcept { return reports_.size(); }

 private:
  /// As much of an order as the index compares.
  struct KnownReport {
    std::string category;
    std::string title;
    std::string description;
    std::string address;
    std::string reporter;
    std::string grid;
    std::optional<v1::Position> position;
    Time at{};
    v1::Stage stage{};
    bool is_by_person = true;  // Else a sensor's, which is not one of the people who report.
    bool looked_at = false;
  };

  enum class Change : std::uint8_t { nothing, category, compared };

  void begin(const Event& event);
  /// What the event changes of that which is compared.
  static Change change(KnownReport& report, const Event& event);
  static void set_location(KnownReport& report, const v1::Location& location);
  ReportFindings look_at(std::string_view key, const KnownReport& report);
  void put(std::string_view key, const KnownReport& report);
  void forget(Time now);
  void forget_oldest();

  v1::PolicyVersion policy_;
  ReportMemoryLimits limits_;
  DuplicateIndex index_;
  RepeatWatch repeats_;
  std::chrono::microseconds span_{};
  std::unordered_map<std::string, KnownReport> reports_;
  std::deque<std::pair<Time, std::string>> by_age_;  // In the order they came.
  Time next_sweep_{};
};

}  // namespace pavior::city::inline v0
