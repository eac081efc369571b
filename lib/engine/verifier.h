/// \file
/// Derives everything again from the log and compares.
#pragma once

#include <functional>

#include "engine/registry.h"
#include "pavior/engine.h"
#include "store/database.h"

namespace pavior::inline v0 {

/// Reads one moment of the store; a running engine may go on. Errors: unavailable.
Result<Verification> verify_store(const store::Database& database, const Registry& registry,
                                  const std::function<void(Position)>& progress);

}  // namespace pavior::inline v0
