/// \file
/// Organisations from files.
#pragma once

#include <string>

#include "pavior/city/calendars.h"
#include "pavior/city/organisation.h"

namespace pavior::cli {

/// Errors: invalid (the message begins with `FILE:LINE:COLUMN: ` where the file has them), not_found.
[[nodiscard]] Result<city::Organisation> open_organisation(const std::string& file, const city::Calendars& calendars);

}  // namespace pavior::cli
