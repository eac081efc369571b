/// \file
/// What another policy would have done, as people read it.
#pragma once

#include <string>

#include "pavior/city/what_if.h"

namespace pavior::cli {

/// Tables: the two sides, the units with the greatest change, who would have got whose orders, and examples.
[[nodiscard]] std::string what_if_text(const city::WhatIf& answer);

/// All figures, on one line.
[[nodiscard]] std::string what_if_json(const city::WhatIf& answer);

/// An SVG of each unit's orders and on-time rate, as they were and as they would have been.
[[nodiscard]] std::string what_if_plot(const city::WhatIf& answer);

}  // namespace pavior::cli
