// What became of each round of each order, and how long units take: read once before anything is tried.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "city/whatif/passing.h"

namespace pavior::city::inline v0::whatif {

using Length = std::chrono::microseconds;

/// From a first dispatch to the first time the work was done.
struct Round {
  std::string last_lead;
  Time first_dispatch{};
  Time last_dispatch{};
  std::optional<Time> handled;  ///< None: it was not, or not yet.
};

class Rounds {
 public:
  [[nodiscard]] static Result<Rounds> read(const Engine& engine);

  /// The n-th of an order, from 0 on; it exists.
  [[nodiscard]] const Round& round(std::string_view order, std::size_t n) const;
  /// The median of what a unit takes, for the category if it had any of it; nothing if it handled nothing.
  [[nodiscard]] std::optional<Length> pace(const std::string& unit, const std::string& category) const;
  /// When the last event of an order happened.
  [[nodiscard]] Time end() const { return end_; }

 private:
  void visit(const Passing& passing);
  void reckon();

  std::unordered_map<std::string, std::vector<Round>> rounds_;
  std::map<std::pair<std::string, std::string>, std::vector<Length>> lengths_;  // By unit and category, or all of them.
  std::map<std::pair<std::string, std::string>, Length> paces_;
  Time end_ = Time::min();
};

/// The one in the middle; of two the lower one. `lengths` is not empty, and changes its order.
[[nodiscard]] Length quantile(std::vector<Length>& lengths, double share);

}  // namespace pavior::city::inline v0::whatif
