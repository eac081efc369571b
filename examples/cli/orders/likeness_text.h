/// \file
/// What was found of an order beside others, in the words people read.
#pragma once

#include <string>
#include <vector>

#include "pavior/city/v1/work_order.pb.h"
#include "text/city_clock.h"

namespace pavior::cli {

/// `may be about the same as A17  0.627  38 m away, 41 minutes earlier`: a line for each candidate, warning and reading.
[[nodiscard]] std::vector<std::string> likeness_lines(const city::v1::WorkOrder& order, const CityClock& clock);

}  // namespace pavior::cli
