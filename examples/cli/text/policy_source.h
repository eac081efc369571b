/// \file
/// Catalogues from files, and the calendars they may name.
#pragma once

#include <string>
#include <string_view>

#include "pavior/city/calendars.h"
#include "pavior/city/policy.h"

namespace pavior::cli {

/// The text of the catalogue `district` or `boston` (examples/catalogues); empty for another name.
[[nodiscard]] std::string_view shipped_catalogue(std::string_view name) noexcept;

/// `own` and the shipped ones, save versions of which `own` has another content.
[[nodiscard]] city::Calendars with_shipped_calendars(city::Calendars own);

/// Without calendars, those that the catalogue does not bring are not looked for.
/// Errors: invalid (the message begins with `FILE:LINE:COLUMN: ` where the file has them), not_found.
[[nodiscard]] Result<city::v1::Catalogue> open_catalogue(const std::string& file, const city::Calendars* calendars);

}  // namespace pavior::cli
