/// \file
/// Notices as they leave the city, in the words of a story.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pavior/outbox.h"

namespace pavior::scenario {

struct Notice {
  Position caused_by{};
  std::string head;  ///< `staff reminder to wang, chen`
  std::string rest;  ///< `A1, lead_department, works, HND, three_quarters`
  [[nodiscard]] std::string text() const { return rest.empty() ? head : head + ": " + rest; }
};

/// All that was delivered, in the order of what caused it. A notice that comes twice is there twice.
class Postbox {
 public:
  void put(const Delivery& delivery);
  [[nodiscard]] const std::vector<Notice>& notices() const noexcept { return notices_; }

 private:
  std::vector<Notice> notices_;
};

/// One for each topic of work orders.
[[nodiscard]] std::vector<std::shared_ptr<Courier>> couriers_to(std::shared_ptr<Postbox> box);

}  // namespace pavior::scenario
