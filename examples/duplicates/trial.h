/// \file
/// How often duplicate rules say what a city said: its reports are played in the order they came.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "labelled_reports.h"

namespace pavior::trial {

/// A report is suspected if an order that is still open is a candidate. It is labelled if the city closed it as a
/// duplicate, later and of an order that it does not name.
struct Counts {
  std::size_t reports = 0;
  std::size_t labelled = 0;
  std::size_t suspected = 0;
  std::size_t both = 0;
  /// Suspected reports that are labelled, or whose best candidate is: staff may close the older one of two.
  std::size_t either = 0;

  [[nodiscard]] double precision() const;  ///< Of the suspected, the labelled.
  [[nodiscard]] double recall() const;     ///< Of the labelled, the suspected.
  [[nodiscard]] double f1() const;
  [[nodiscard]] double pair_precision() const;  ///< Of the suspected, those of `either`.
  Counts& operator+=(const Counts& more);
};

struct Trial {
  Counts all;
  std::map<std::string, Counts> by_category;
};

/// Plays all reports, and counts those opened from `from` to just before `to`.
/// Errors: invalid (the rules).
[[nodiscard]] Result<Trial> try_rules(const LabelledReports& reports, const city::v1::DuplicateRules& rules, Time from,
                                      Time to);

/// One rule for all categories, besides what is known of the extract: a place that stands for "unknown".
[[nodiscard]] city::v1::DuplicateRules boston_rules(double metres, int hours);

/// Each category's own distance and window, of those given, by the best F1 of the time; categories without two
/// duplicates that are found are not looked at. Errors: as `try_rules`.
[[nodiscard]] Result<city::v1::DuplicateRules> rules_by_category(const LabelledReports& reports, Time from, Time to);

}  // namespace pavior::trial
