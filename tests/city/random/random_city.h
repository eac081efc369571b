/// \file
/// Cities in which orders live at random: their policies, and the words that commands are made of.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pavior/city/policy_book.h"
#include "pavior/workflow.h"

namespace pavior::city::tests {

/// A city that begins: its book is its own, so that it may get a new calendar.
struct RandomCity {
  std::string name;
  std::vector<Policy> policies;
  Calendars calendars;
  std::vector<std::string> categories;
  std::vector<std::string> profiles;  ///< That a report may ask for; one may be empty.
  std::vector<std::string> channels;
  std::vector<std::string> units;

  [[nodiscard]] PolicyBook book() const;
  /// Of the first version.
  [[nodiscard]] const v1::Catalogue& catalogue() const { return policies.front().data(); }
};

/// The library's defaults; a plan of clocks; the shipped district, in two versions; one where everything is asked of
/// somebody and every step is a person's; one where everything may happen once.
[[nodiscard]] const std::vector<RandomCity>& random_cities();

}  // namespace pavior::city::tests
