/// \file
/// What the clocks of an order ask people to do: reminders, escalations and supervisions, and who is told.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "city/rules.h"
#include "pavior/city/v1/commands.pb.h"

namespace pavior::city::inline v0::lifecycle {

/// What the clock says now. A calendar that is not loaded leaves the timer waiting: `unavailable`.
[[nodiscard]] Result<std::vector<v1::ClockChange>> ring(const v1::RingClock& command, const OrderView& view);

/// Who has any of the roles, each person once; nobody without a directory.
template <class Roles>
[[nodiscard]] std::vector<std::string> holders(const Roles& roles, const OrderView& view) {
  std::vector<std::string> people;
  if (view.policy.directory == nullptr) return people;
  for (const std::string& role : roles)
    for (std::string& person : view.policy.directory->holders(role, view.data))
      if (std::ranges::find(people, person) == people.end()) people.push_back(std::move(person));
  return people;
}

}  // namespace pavior::city::inline v0::lifecycle
