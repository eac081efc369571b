/// \file
/// The duplicate rules of a policy, resolved for each category.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "city/duplicate/distance.h"
#include "pavior/city/policy.h"
#include "pavior/city/v1/duplicates.pb.h"

namespace pavior::city::inline v0 {

/// A rule with nothing left out.
struct DuplicateRule {
  v1::DuplicateRule::Action action{};
  v1::DuplicateRule::Match match{};
  v1::DuplicateRule::SameReporter same_reporter{};
  double metres = 0;
  std::chrono::microseconds window{};
  double text_min = 0;
  double address_min = 0;
  double score_min = 0;
  double merge_score_min = 0;
  v1::DuplicateWeights weights;
};

/// `window` of a sound rule.
[[nodiscard]] std::chrono::microseconds window_of(const v1::Limit& window);

/// Threads: immutable.
class DuplicateRulebook {
 public:
  explicit DuplicateRulebook(const Policy& policy);

  [[nodiscard]] const DuplicateRule& rule(std::string_view category) const;
  [[nodiscard]] bool is_open(v1::Stage stage) const {
    const auto number = static_cast<std::size_t>(stage);
    return number < stages && open_[number];
  }
  /// Nothing for what is no position, or is one that says nothing.
  [[nodiscard]] std::optional<Place> place(const std::optional<v1::Position>& position) const;
  /// Whether two categories are the same, or of the same major. A category that the catalogue does not have has no major.
  [[nodiscard]] bool same_major(std::string_view one, std::string_view other) const;

  [[nodiscard]] bool empty() const noexcept { return empty_; }
  [[nodiscard]] std::size_t candidates_max() const noexcept { return candidates_max_; }
  [[nodiscard]] std::chrono::microseconds window_max() const noexcept { return window_max_; }
  /// The name of the policy.
  [[nodiscard]] const v1::PolicyVersion& policy() const noexcept { return version_; }
  [[nodiscard]] std::string_view major(std::string_view category) const;

 private:
  static constexpr std::size_t stages = v1::Stage_ARRAYSIZE;

  Policy policy_;
  bool empty_ = true;
  v1::PolicyVersion version_;
  std::array<bool, stages> open_{};
  std::size_t candidates_max_ = 0;
  std::chrono::microseconds window_max_{};
  DuplicateRule standard_;
  std::map<std::string, DuplicateRule, std::less<>> by_category_;
};

}  // namespace pavior::city::inline v0
