// What people notice of a storm of timers.
#include <thread>

#include "fmt/core.h"
#include "timers/alarms.h"
#include "timers/apart.h"
#include "timers/far.h"
#include "timers/flow.h"
#include "timers/parts.h"
#include "timers/progress.h"
#include "timers/shifted_runtime.h"

namespace pavior::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Time start_of_storm = epoch + std::chrono::hours(1);
constexpr std::uint64_t burst_share = 5;  // of the storm's timers are due at one instant in a burst

struct Storm {
  const char* name;
  std::uint64_t timers;
  std::chrono::microseconds lasts;  ///< Zero: all are due at its start.
  Durability durability;
};

std::chrono::steady_clock::duration of_seconds(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

Rows arm(const Storm& storm, const std::filesystem::path& path) {
  ShiftedRuntime runtime(epoch);
  Options options = engine_options(Durability::process_crash);
  options.run_timers = false;
  const auto engine = or_give_up(Engine::open(path, options, runtime));
  Flow flow{fmt::format("arming a {}", storm.name), storm.timers};
  flow.keeps_latencies = false;
  (void)drive(*engine, flow, [&](std::uint64_t item, std::size_t) {
    const auto within = static_cast<std::uint64_t>(storm.lasts.count()) + 1;
    return alarms::arm(alarms::stream("storm", item),
                       {start_of_storm + std::chrono::microseconds(scattered(item) % within)});
  });
  return {};
}

/// A quiet time, then the storm; people work in both.
Rows run(const Storm& storm, const std::filesystem::path& path, double quiet_seconds) {
  const auto warming = of_seconds(quiet_seconds / 2);
  const auto quiet = of_seconds(quiet_seconds);
  const Orders orders;
  ShiftedRuntime runtime(start_of_storm - std::chrono::duration_cast<std::chrono::microseconds>(warming + quiet));
  const auto start = Clock::now() + warming + quiet;
  const auto engine = or_give_up(Engine::open(path, engine_options(storm.durability), runtime));
  const Position before = engine->last();
  People people(*engine, orders);
  Progress progress(fmt::format("a {} ({})", storm.name, text_of(storm.durability)), storm.timers);
  while (engine->metrics().timers_fired < storm.timers) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    progress.at(engine->metrics().timers_fired);
  }
  const auto end = Clock::now();
  people.stop();

  const double seconds = std::chrono::duration<double>(end - start).count();
  const auto row = [&](std::string measure, double count) {
    return Row(std::move(measure), "pavior", std::string(text_of(storm.durability)), storm.timers,
               fmt::format("commands_per_s={} storm_seconds={}", People::per_second,
                           std::chrono::duration<double>(storm.lasts).count()))
        .with(Figure::count, count);
  };
  const auto before_it = people.waits_us(start - quiet, start);
  const auto within_it = people.waits_us(start, end);
  return {with_percentiles(row(fmt::format("{}_fired", storm.name), static_cast<double>(storm.timers)),
                           lateness_us(*engine, before, storm.timers))
              .with(Figure::seconds, seconds)
              .with(Figure::per_second, static_cast<double>(storm.timers) / seconds),
          with_percentiles(row(fmt::format("{}_quiet", storm.name), static_cast<double>(before_it.size())), before_it),
          with_percentiles(row(fmt::format("{}_people", storm.name), static_cast<double>(within_it.size())), within_it)
              .with(Figure::ratio, static_cast<double>(percentile(within_it, 0.99)) /
                                       static_cast<double>(std::max(1U, percentile(before_it, 0.99))))};
}

}  // namespace

Rows measure_storm(const Settings& settings, const Scratch& scratch) {
  Rows rows;
  const std::chrono::microseconds minute(static_cast<std::int64_t>(settings.storm_seconds * 1e6));
  for (const Durability durability : {Durability::power_loss, Durability::process_crash}) {
    for (const Storm& storm : {Storm{"storm", settings.storm, minute, durability},
                               Storm{"burst", settings.storm / burst_share, {}, durability}}) {
      const auto path = scratch.fresh("storm");
      (void)apart([&] { return arm(storm, path); });
      for (Row& row : apart([&] { return run(storm, path, 2 * settings.seconds); })) rows.push_back(std::move(row));
    }
  }
  (void)scratch.fresh("storm");
  return rows;
}

}  // namespace pavior::bench
