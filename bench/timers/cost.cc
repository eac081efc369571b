// Setting and cancelling while many wait.
#include "fmt/core.h"
#include "timers/alarms.h"
#include "timers/apart.h"
#include "timers/far.h"
#include "timers/flow.h"
#include "timers/parts.h"
#include "timers/shifted_runtime.h"

namespace pavior::bench {
namespace {

constexpr Time later = epoch + std::chrono::days(60);

/// The runs of one kind.
struct Runs {
  std::vector<double> per_second, p50, p99;

  void add(const Measured& measured) {
    per_second.push_back(measured.per_second());
    p50.push_back(measured.percentile_us(0.5));
    p99.push_back(measured.percentile_us(0.99));
  }
  [[nodiscard]] Row row(const char* measure, Durability durability, std::uint64_t pending, std::uint64_t count) const {
    return Row(measure, "pavior", std::string(text_of(durability)), pending, "in_flight=1024")
        .with(Figure::count, static_cast<double>(count))
        .with(Figure::per_second, median(per_second))
        .with(Figure::p50_us, median(p50))
        .with(Figure::p99_us, median(p99));
  }
};

Rows measure(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending,
             Durability durability) {
  ShiftedRuntime runtime(epoch + std::chrono::hours(1));
  const auto engine = or_give_up(Engine::open(path, engine_options(durability), runtime));
  const std::uint64_t count = settings.quick ? 2'000 : 50'000;
  const auto run = [&](const char* what, std::size_t steps, const auto& make) {
    return drive(*engine, Flow{what, count, steps}, make);
  };
  Runs set, cancel, pairs, resets;
  for (std::size_t round = 0; round < settings.rounds; ++round) {
    const std::string group = fmt::format("cost{}-{}", static_cast<int>(durability), round);
    const auto due = [](std::uint64_t item) { return later + std::chrono::seconds(scattered(item) % 5'000'000); };
    set.add(run("setting", 1, [&](std::uint64_t item, std::size_t) {
      return alarms::arm(alarms::stream(group, item), {due(item)});
    }));
    cancel.add(run("cancelling", 1,
                   [&](std::uint64_t item, std::size_t) { return alarms::disarm(alarms::stream(group, item)); }));
    pairs.add(run("setting and cancelling", 2, [&](std::uint64_t item, std::size_t step) {
      auto stream = alarms::stream(group + "p", item);
      return step == 0 ? alarms::arm(std::move(stream), {due(item)}) : alarms::disarm(std::move(stream));
    }));
    const auto any = [&](std::uint64_t item) { return scattered(item + round * count) % pending; };
    resets.add(run("cancelling old ones and setting them again", 2, [&](std::uint64_t item, std::size_t step) {
      const std::uint64_t old = any(item);
      return step == 0 ? alarms::disarm(far_stream(old)) : alarms::arm(far_stream(old), {far_due(old)});
    }));
  }
  return {set.row("set", durability, pending, count), cancel.row("cancel", durability, pending, count),
          pairs.row("set_cancel", durability, pending, count), resets.row("reset_old", durability, pending, count)};
}

}  // namespace

Rows measure_cost(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending) {
  Rows rows;
  for (const Durability durability : {Durability::power_loss, Durability::process_crash})
    for (Row& row : apart([&] { return measure(settings, path, pending, durability); })) rows.push_back(std::move(row));
  return rows;
}

}  // namespace pavior::bench
