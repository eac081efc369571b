/// \file
/// The versions of a city's organisation that are known, and the calendars that their rosters count by.
#pragma once

#include "pavior/city/organisation.h"
#include "pavior/city/version_book.h"

namespace pavior::city::inline v0 {

using OrganisationVersions = KnownVersions<Organisation>;
using OrganisationBook = VersionBook<Organisation>;

extern template class KnownVersions<Organisation>;
extern template class VersionBook<Organisation>;

}  // namespace pavior::city::inline v0
