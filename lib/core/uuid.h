/// \file
/// Fresh command ids: RFC 9562 UUIDs of version 7, which sort by time.
#pragma once

#include <cstdint>
#include <string>

#include "pavior/event.h"

namespace pavior::inline v0 {

/// The 36-character text of a version 7 UUID made of `now` (milliseconds) and 74 of the 128 random bits.
std::string uuid_v7(Time now, std::uint64_t random_high, std::uint64_t random_low);

}  // namespace pavior::inline v0
