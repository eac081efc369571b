/// \file
/// Refusals and reads that leave a trace. A host that has to account for them calls these in place of the engine.
#pragma once

#include <string>

#include "pavior/engine.h"
#include "pavior/export.h"

namespace pavior::city::inline v0 {

/// Submits a command to a work order; a refusal is recorded in the order's own trace before it is answered. What was
/// refused to an order that does not exist leaves none.
/// Blocks: until the command, and the record of its refusal, are written.
/// Errors: as `Engine::submit_and_wait`; those of the record if it fails.
[[nodiscard]] PAVIOR_EXPORT Result<Receipt> submit_audited(Engine& engine, Command command);

/// An order, shown to `reader` for a purpose, after that is recorded. Who may read is granted as for any command, by
/// `Read`; by default nobody but `system` may.
/// Blocks: until the record is written. Errors: refused by `role`, `scope`, `delegation` or `has_purpose`, which is
/// recorded, too; not_found.
[[nodiscard]] PAVIOR_EXPORT Result<Snapshot> read_audited(Engine& engine, const std::string& order, const Actor& reader,
                                                          const std::string& purpose);

}  // namespace pavior::city::inline v0
