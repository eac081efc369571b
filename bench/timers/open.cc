// Filling, opening again, and memory.
#include <thread>

#include "fmt/core.h"
#include "support/load.h"
#include "support/memory.h"
#include "timers/alarms.h"
#include "timers/apart.h"
#include "timers/far.h"
#include "timers/flow.h"
#include "timers/parts.h"
#include "timers/shifted_runtime.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;

Rows fill(const std::filesystem::path& path, std::uint64_t pending) {
  const double before = resident_mib();
  ShiftedRuntime runtime(epoch);
  const auto engine = or_give_up(Engine::open(path, engine_options(Durability::process_crash), runtime));
  Flow flow{"filling a store", pending};
  flow.keeps_latencies = false;
  const Measured measured = drive(
      *engine, flow, [](std::uint64_t item, std::size_t) { return alarms::arm(far_stream(item), {far_due(item)}); });
  return {Row("fill", "pavior", "process_crash", pending, "in_flight=1024")
              .with(Figure::count, static_cast<double>(pending))
              .with(Figure::per_second, measured.per_second())
              .with(Figure::seconds, measured.seconds)
              .with(Figure::mib, resident_mib() - before)};
}

Rows reopen(const std::filesystem::path& path, std::uint64_t pending, std::size_t rounds) {
  std::vector<double> seconds;
  double mib = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    ShiftedRuntime runtime(epoch);
    const double before = resident_mib();
    const auto start = Clock::now();
    const auto engine = or_give_up(Engine::open(path, engine_options(Durability::power_loss), runtime));
    seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // the timers have been looked at
    if (round == 0) mib = resident_mib() - before;
  }
  return {Row("open", "pavior", "-", pending)
              .with(Figure::count, static_cast<double>(rounds))
              .with(Figure::seconds, median(seconds))
              .with(Figure::mib, mib)};
}

}  // namespace

Rows measure_open(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending) {
  Rows rows = apart([&] { return fill(path, pending); });
  if (settings.runs("open"))
    for (Row& row : apart([&] { return reopen(path, pending, settings.rounds); })) rows.push_back(std::move(row));
  return rows;
}

Rows measure_memory(const Settings& settings, const std::filesystem::path& path) {
  return apart([&] {
    const std::uint64_t count = settings.due;
    ShiftedRuntime runtime(epoch);
    Options options = engine_options(Durability::process_crash);
    options.write_buffer_bytes = options.block_cache_bytes = 1 << 20;  // their filling would hide the rest
    options.cache_streams_max = 1024;
    const auto engine = or_give_up(Engine::open(path, options, runtime));
    const auto arm_all = [&](std::string_view group, auto due) {
      Flow flow{"arming", count, 1, 1};  // a batch each: only a batch's earliest timer is told to the service
      flow.keeps_latencies = false;
      const double before = resident_mib();
      (void)drive(*engine, flow, [&](std::uint64_t item, std::size_t) {
        return alarms::arm(alarms::stream(group, item), {due(std::chrono::milliseconds(item))});
      });
      return resident_mib() - before;
    };
    const Time far = epoch + std::chrono::days(10);
    (void)arm_all("warm", [&](auto after) { return far + after; });  // the caches have their size now
    const auto row = [&](const char* order) {
      return Row("memory", "pavior", "process_crash", count, fmt::format("due={}", order))
          .with(Figure::count, static_cast<double>(count));
    };
    return Rows{row("ascending").with(Figure::mib, arm_all("up", [&](auto after) { return far + after; })),
                row("descending").with(Figure::mib, arm_all("down", [&](auto after) { return far - after; }))};
  });
}

}  // namespace pavior::bench
