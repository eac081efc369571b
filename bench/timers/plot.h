/// \file
/// The table as a drawing.
#pragma once

#include <string>

#include "timers/row.h"

namespace pavior::bench {

/// An SVG of four panels: setting and cancelling, lateness and firing by the number pending, and people's waits in a
/// storm. Panels of what was not measured stay empty.
std::string plot(const Rows& rows);

}  // namespace pavior::bench
