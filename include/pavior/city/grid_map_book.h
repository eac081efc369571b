/// \file
/// The versions of a city's grid map that are known.
#pragma once

#include "pavior/city/grid_map.h"
#include "pavior/city/version_book.h"

namespace pavior::city::inline v0 {

using GridMapVersions = KnownVersions<GridMap>;
/// Orders are located by the version in force when that is decided.
using GridMapBook = VersionBook<GridMap>;

extern template class KnownVersions<GridMap>;
extern template class VersionBook<GridMap>;

}  // namespace pavior::city::inline v0
