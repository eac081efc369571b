/// \file
/// Tells a write that a crash cut short from a log that was damaged later.
#pragma once

#include <filesystem>
#include <optional>

#include "pavior/event.h"
#include "pavior/result.h"

namespace pavior::inline v0::store {

/// The first commit that lies beyond damage in a store's write-ahead log and was acknowledged; nothing if a crash
/// explains what cannot be read.
///
/// RocksDB can stop at the first record it cannot read and go on as if nothing had come after. That is right for the
/// batch that was being written when the power went: nobody was told it was there. It is wrong for one before it, since
/// it would drop in silence what was acknowledged. A batch is on disk before the next is written; so if two batches
/// lie beyond the damage, everything before the second was on disk once.
/// Errors: unavailable.
Result<std::optional<Position>> acknowledged_beyond_damage(const std::filesystem::path& store);

}  // namespace pavior::inline v0::store
