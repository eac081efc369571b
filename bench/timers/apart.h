/// \file
/// A measurement in a process of its own.
#pragma once

#include <functional>

#include "timers/row.h"

namespace pavior::bench {

/// Runs `measure` in a child and returns its rows, so that its memory, caches and threads do not count elsewhere. Ends
/// the program if it fails. Only from a process that has not used RocksDB: a child would lack its threads.
Rows apart(const std::function<Rows()>& measure);

}  // namespace pavior::bench
