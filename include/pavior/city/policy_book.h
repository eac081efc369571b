/// \file
/// The versions of a city's policy that are known, and the calendars that all of them count by.
#pragma once

#include "pavior/city/policy.h"
#include "pavior/city/version_book.h"

namespace pavior::city::inline v0 {

using PolicyVersions = KnownVersions<Policy>;
/// Orders take the version in force when they are reported and keep it.
using PolicyBook = VersionBook<Policy>;

extern template class KnownVersions<Policy>;
extern template class VersionBook<Policy>;

}  // namespace pavior::city::inline v0
