/// \file
/// A read model of work orders: who has them, since when, and whether their deadlines were met at any instant.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "pavior/event.h"
#include "pavior/export.h"
#include "pavior/projection.h"

namespace pavior::city::v1 {
class OrderRow;
}

namespace pavior::city::inline v0 {

/// The name of the projection.
inline constexpr std::string_view orders_view = "orders";

/// One `pavior.city.v1.OrderRow` for each work order, by its key.
[[nodiscard]] PAVIOR_EXPORT std::shared_ptr<Projection> make_orders_view();

/// An order at one instant, told by its row alone: whether a timer has fired yet makes no difference.
struct OrderStanding {
  bool created = false;   ///< Reported by then. If not, nothing else holds.
  bool open = false;      ///< Neither closed nor rejected, voided or merged.
  bool breached = false;  ///< A deadline had passed, and the order had not been closed or ended by it. Never undone.
  std::string_view unit;  ///< The lead department; empty before the first dispatch. Lifetime: that of the row.
};

/// Closing at the deadline is on time, and at the deadline itself nothing is breached yet.
[[nodiscard]] PAVIOR_EXPORT OrderStanding standing(const v1::OrderRow& row, Time as_of);

struct OrderCounts {
  std::uint64_t created = 0;
  std::uint64_t open = 0;
  std::uint64_t breached = 0;
  std::uint64_t breached_open = 0;

  void add(const OrderStanding& standing);
  friend bool operator==(const OrderCounts&, const OrderCounts&) = default;
};

/// Counts of all orders at one instant.
class PAVIOR_EXPORT OrderStatistics {
 public:
  explicit OrderStatistics(Time as_of) : as_of_(as_of) {}

  void add(const v1::OrderRow& row);

  [[nodiscard]] const OrderCounts& all() const noexcept { return all_; }
  [[nodiscard]] const std::map<std::string, OrderCounts, std::less<>>& by_unit() const noexcept { return by_unit_; }

 private:
  Time as_of_;
  OrderCounts all_;
  std::map<std::string, OrderCounts, std::less<>> by_unit_;
};

}  // namespace pavior::city::inline v0
