/// \file
/// The parts of the harness. All run in processes of their own; each returns what it measured.
#pragma once

#include "support/arguments.h"
#include "timers/row.h"
#include "timers/settings.h"

namespace pavior::bench {

/// Fills a store at `path` with `pending` waiting timers, and opens it again.
Rows measure_open(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending);
/// The memory that arming timers each due before the one before adds: the worst order for whoever keeps the nearest.
Rows measure_memory(const Settings& settings, const std::filesystem::path& path);
/// Setting and cancelling in a filled store.
Rows measure_cost(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending);
/// How late timers fire in a filled store while people work.
Rows measure_lateness(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending);
/// Timers a second when many are due at one instant in a filled store, and ordinary commands a second.
Rows measure_fire(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending);
/// The same as cost, lateness and fire, for timers that only live in memory.
Rows measure_baselines(const Settings& settings, std::uint64_t pending);
/// People's waits while timers rain.
Rows measure_storm(const Settings& settings, const Scratch& scratch);
/// A day in simulated time.
Rows measure_day(const Settings& settings, const Scratch& scratch);

}  // namespace pavior::bench
