/// \file
/// What this process holds.
#pragma once

namespace pavior::bench {

/// Resident memory of this process. Units: MiB.
double resident_mib();

}  // namespace pavior::bench
