/// \file
/// A catalogue as a table of named values, to be compared.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pavior/city/v1/catalogue.pb.h"

namespace pavior::city::inline v0 {

/// `{"category 01.01", "condition a", "limit"}`: what it is part of comes first, so a part sorts right after its whole.
using FlatPath = std::vector<std::string>;

/// Elements of lists stand under their codes and names, with what they are called as the value. Mappings and dropped
/// codes are left out: they speak of the version before.
[[nodiscard]] std::map<FlatPath, std::string> flat_catalogue(const v1::Catalogue& data);

}  // namespace pavior::city::inline v0
