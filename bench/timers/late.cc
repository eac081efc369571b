// How late timers fire while people work.
#include <algorithm>
#include <atomic>
#include <thread>

#include "fmt/core.h"
#include "timers/alarms.h"
#include "timers/apart.h"
#include "timers/flow.h"
#include "timers/parts.h"
#include "timers/progress.h"
#include "timers/shifted_runtime.h"

namespace pavior::bench {
namespace {

constexpr std::uint64_t rings_per_second = 1'000;

/// Listens to the feed for rings, as a host would.
class Listener {
 public:
  Listener(Engine& engine, const Runtime& runtime, std::string name) : engine_(engine), name_(std::move(name)) {
    const auto hear = [this, &runtime](std::span<const Event> events) -> Result<void> {
      const Time now = runtime.now();
      for (const Event& event : events)
        if (event.type == alarms::rang_type)
          late_us_.push_back(static_cast<std::uint32_t>((now - alarms::parse_rang(event).due).count()));
      heard_ = late_us_.size();
      return {};
    };
    or_give_up(engine.subscribe(name_, hear, engine.last()));
  }

  /// Returns when `expected` rings were heard; sorted.
  std::vector<std::uint32_t> late_us(std::uint64_t expected) {
    for (Progress progress("alarms ringing", expected); heard_ < expected; progress.at(heard_))
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    engine_.unsubscribe(name_);
    std::ranges::sort(late_us_);
    return late_us_;
  }

 private:
  Engine& engine_;
  std::string name_;
  std::vector<std::uint32_t> late_us_;
  std::atomic<std::uint64_t> heard_ = 0;
};

Rows measure(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending,
             Durability durability) {
  ShiftedRuntime runtime(epoch + std::chrono::hours(2));
  const auto engine = or_give_up(Engine::open(path, engine_options(durability), runtime));
  const std::string group = fmt::format("late{}", static_cast<int>(durability));
  const auto count = static_cast<std::uint64_t>(settings.seconds * rings_per_second);
  const Position before = engine->last();
  const Orders orders;
  Listener listener(*engine, runtime, group);
  const Time first = runtime.now() + std::chrono::seconds(1);
  (void)drive(*engine, Flow{"arming", count}, [&](std::uint64_t item, std::size_t) {
    return alarms::arm(alarms::stream(group, item),
                       {first + std::chrono::microseconds(std::chrono::seconds(1)) * item / rings_per_second});
  });
  People people(*engine, orders);
  const auto heard = listener.late_us(count);
  people.stop();
  const auto row = [&](const char* measure) {
    return Row(measure, "pavior", std::string(text_of(durability)), pending,
               fmt::format("timers_per_s={} commands_per_s={}", rings_per_second, People::per_second))
        .with(Figure::count, static_cast<double>(count));
  };
  return {with_percentiles(row("late"), lateness_us(*engine, before, count)),
          with_percentiles(row("late_heard"), heard)};
}

}  // namespace

Rows measure_lateness(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending) {
  Rows rows;
  for (const Durability durability : {Durability::power_loss, Durability::process_crash})
    for (Row& row : apart([&] { return measure(settings, path, pending, durability); })) rows.push_back(std::move(row));
  return rows;
}

}  // namespace pavior::bench
