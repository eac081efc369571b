// Timers a second when many are due at one instant.
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

using Clock = std::chrono::steady_clock;

constexpr Time due = epoch + std::chrono::hours(10);

/// One round: armed by an engine that fires nothing, fired by a fresh one, then a command for each by another.
class Round {
 public:
  Round(const std::filesystem::path& path, Durability durability, std::size_t number, std::uint64_t count)
      : path_(path),
        durability_(durability),
        group_(fmt::format("due{}-{}", static_cast<int>(durability), number)),
        count_(count) {}

  Rows arm() const {
    ShiftedRuntime runtime(due - std::chrono::hours(1));
    Options options = engine_options(Durability::process_crash);
    options.run_timers = false;
    const auto engine = or_give_up(Engine::open(path_, options, runtime));
    (void)drive(*engine, Flow{"arming what will be due", count_},
                [&](std::uint64_t item, std::size_t) { return alarms::arm(stream(item), {due}); });
    return {};
  }

  Rows fire() const {
    ShiftedRuntime runtime(due);
    const Position before = last();
    const auto start = Clock::now();
    const auto engine = or_give_up(Engine::open(path_, engine_options(durability_), runtime));
    const double opening = seconds_since(start);
    Progress progress("firing", count_);
    while (engine->metrics().timers_fired < count_) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      progress.at(engine->metrics().timers_fired);
    }
    const double seconds = seconds_since(start) - opening;
    (void)lateness_us(*engine, before, count_);  // each once, none early
    return {row("fire", seconds)};
  }

  Rows command() const {
    ShiftedRuntime runtime(due);
    const auto engine = or_give_up(Engine::open(path_, engine_options(durability_), runtime));
    const Measured measured = drive(*engine, Flow{"ordinary commands", count_},
                                    [&](std::uint64_t item, std::size_t) { return alarms::note(stream(item)); });
    return {row("command", measured.seconds)};
  }

 private:
  Position last() const {
    ShiftedRuntime runtime(due);
    Options options = engine_options(Durability::process_crash);
    options.run_timers = false;
    return or_give_up(Engine::open(path_, options, runtime))->last();
  }
  static double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  }
  StreamId stream(std::uint64_t item) const { return alarms::stream(group_, item); }
  Row row(const char* measure, double seconds) const {
    return Row(measure, "pavior", std::string(text_of(durability_)), 0)
        .with(Figure::count, static_cast<double>(count_))
        .with(Figure::per_second, static_cast<double>(count_) / seconds);
  }

  const std::filesystem::path& path_;
  Durability durability_;
  std::string group_;
  std::uint64_t count_;
};

/// The medians of some rounds' rows.
Row median_of(const Rows& rounds, std::uint64_t pending, std::string settings) {
  std::vector<double> per_second;
  for (const Row& row : rounds) per_second.push_back(row.get(Figure::per_second));
  Row row = rounds.front();
  row.pending = pending;
  row.settings = std::move(settings);
  return row.with(Figure::per_second, median(per_second));
}

Rows measure(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending,
             Durability durability) {
  Rows fired, commands;
  for (std::size_t number = 0; number < settings.rounds; ++number) {
    const Round round(path, durability, number, settings.due);
    (void)apart([&] { return round.arm(); });
    fired.push_back(apart([&] { return round.fire(); }).front());
    commands.push_back(apart([&] { return round.command(); }).front());
  }
  Row fire = median_of(fired, pending, "due=at_once");
  Row command = median_of(commands, pending, "in_flight=1024");
  fire.with(Figure::ratio, fire.get(Figure::per_second) / command.get(Figure::per_second));
  return {fire, command};
}

}  // namespace

Rows measure_fire(const Settings& settings, const std::filesystem::path& path, std::uint64_t pending) {
  Rows rows;
  for (const Durability durability : {Durability::power_loss, Durability::process_crash})
    for (Row& row : measure(settings, path, pending, durability)) rows.push_back(std::move(row));
  return rows;
}

}  // namespace pavior::bench
