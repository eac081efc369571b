/// \file
/// Units of both sides of a trial beside each other.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pavior/city/what_if.h"

namespace pavior::cli {

struct UnitBefore {
  std::string unit;
  city::UnitFigures recorded;
  city::UnitFigures proposed;
};

/// Those with the most orders on either side, `count_max` of them; none without orders.
[[nodiscard]] std::vector<UnitBefore> units_of(const city::WhatIf& answer, std::size_t count_max);

/// Percent; nothing measured is 0.
[[nodiscard]] double percent(std::uint64_t part, std::uint64_t whole);

}  // namespace pavior::cli
