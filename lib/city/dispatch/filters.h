/// \file
/// Conditions that a strategy has on units, as lists of those who fulfil them.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "city/dispatch/unit_index.h"

namespace pavior::city::inline v0 {

/// The units of any of some lists.
class Filter {
 public:
  explicit Filter(std::string miss) : miss_(std::move(miss)) {}

  void add(std::span<const Rank> list) {
    if (list.empty()) return;
    lists_.push_back(list);
    size_ += list.size();
  }
  /// Keeps the list itself.
  void add(Ranks list) {
    kept_.push_back(std::move(list));
    add(std::span<const Rank>(kept_.back()));
  }

  /// What is said of those who are in none.
  [[nodiscard]] const std::string& miss() const { return miss_; }
  /// At least as many as `united` has.
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Ranks united() const {
    Ranks all;
    all.reserve(size_);
    for (const auto list : lists_) all.insert(all.end(), list.begin(), list.end());
    if (lists_.size() > 1) {
      std::ranges::sort(all);
      all.erase(std::unique(all.begin(), all.end()), all.end());
    }
    return all;
  }
  /// REQUIRES: no smaller rank than the last time; so all questions together cost one walk through the lists.
  [[nodiscard]] bool has(Rank rank) {
    for (auto& list : lists_) {
      while (!list.empty() && list.front() < rank) list = list.subspan(1);
      if (!list.empty() && list.front() == rank) return true;
    }
    return false;
  }

 private:
  std::string miss_;
  std::vector<std::span<const Rank>> lists_;
  std::vector<Ranks> kept_;
  std::size_t size_ = 0;
};

}  // namespace pavior::city::inline v0
