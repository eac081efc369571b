/// \file
/// Catalogues in the words people read.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "pavior/city/policy.h"
#include "text/json.h"

namespace pavior::cli {

/// How many there are of what, in the order of the catalogue: `{"majors", 20}, {"minors", 212}` ...
[[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> counts_of(const city::v1::Catalogue& data);

/// `20 majors, 212 minors`; what there is none of is left out.
[[nodiscard]] std::string counts_text(const city::v1::Catalogue& data);

[[nodiscard]] JsonObject counts_json(const city::v1::Catalogue& data);

/// `in effect from 2024-05-01T09:00 Asia/Shanghai`, or `in effect as soon as it is published`.
[[nodiscard]] std::string effect_text(const city::v1::Catalogue& data);

/// A catalogue at a glance.
[[nodiscard]] std::string catalogue_text(const city::v1::Catalogue& data);

/// All of one minor category. REQUIRES: the policy has it.
[[nodiscard]] std::string category_text(const city::Policy& policy, const std::string& code);

}  // namespace pavior::cli
