/// \file
/// A classifier's score as a page for people, and as JSON.
#pragma once

#include <string>

#include "classify/classify_score.h"
#include "text/json.h"

namespace pavior::cli {

[[nodiscard]] std::string score_text(const Score& score, const Score& baseline);
[[nodiscard]] JsonObject score_json(const Score& score, const Score& baseline);

/// A number with four decimals.
[[nodiscard]] std::string decimal(double number);

}  // namespace pavior::cli
